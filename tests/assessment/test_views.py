"""Pages of the assessment: who sees what, one step a press, and the same number of queries for one row and for three."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.assessment import actions, queries
from shouwen.assessment.models import AgendaItem, Finding, Objection
from tests.assessment import scenes

MAX_QUERIES = 12


def names(response) -> list[str]:
    return [row.result.name for row in response.context["rows"].items]


def counted(client, url: str) -> int:
    """Queries of the page itself, the request's own (session, actor) included."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_month_provisional_shows_each_person_only_the_own_row(offend, october, li, client_for):
    offend(li, "games")
    month = october()
    page = client_for(li).get(reverse("assessment:of_month", args=[month.key]))
    assert names(page) == ["李明"]
    assert page.context["page"].whole is False


def test_month_posted_shows_everybody_to_everybody(october, li, client_for):
    month = october("posted")
    page = client_for(li).get(reverse("assessment:of_month", args=[month.key]))
    assert names(page) == ["周丽", "孙会", "张敏", "李明", "王主任", "陈监督"]


def test_month_of_another_centre_is_not_found(october, zhao, client_for):
    month = october("posted")
    client = client_for(zhao)
    assert client.get(reverse("assessment:of_month", args=[month.key])).status_code == 404
    assert client.get(reverse("assessment:month_export", args=[month.key])).status_code == 404


def test_step_freezes_and_says_so(october, sun, client_for):
    month = october()
    answer = client_for(sun).post(reverse("assessment:step", args=[month.key, "freeze"]), follow=True)
    month.refresh_from_db()
    assert month.state == "frozen"
    assert [str(message) for message in answer.context["messages"]] == ["2026年10月已冻结"]


def test_step_by_a_clerk_is_refused(october, li, client_for):
    month = october()
    assert client_for(li).post(reverse("assessment:step", args=[month.key, "freeze"])).status_code == 409
    month.refresh_from_db()
    assert month.state == "provisional"


def test_step_with_extra_fields_changes_nothing_else(october, sun, client_for):
    month = october()
    client_for(sun).post(
        reverse("assessment:step", args=[month.key, "freeze"]), {"state": "final", "edition": "9", "center": "x"}
    )
    month.refresh_from_db()
    assert (month.state, month.edition) == ("frozen", 1)


def test_person_explains_every_line_in_plain_words(offend, october, li, client_for):
    offend(li, "games", 5)
    month = october()
    page = client_for(li).get(reverse("assessment:person", args=[li.code, month.key]))
    last = page.context["page"].lines[-1].entry
    assert last.explanation == "上班时间玩游戏〔一(三)3〕:第5次,依据一(三)自第5次起双倍,扣2分"
    assert last.readings == {"R1": "month", "R2": "section", "R3": "yes", "R4": "no"}


def test_person_of_a_colleague_is_not_found_for_a_clerk(october, li, zhang, client_for):
    month = october()
    assert client_for(li).get(reverse("assessment:person", args=[zhang.code, month.key])).status_code == 404


def test_object_to_a_line_and_have_it_answered(offend, october, li, zhou, client_for):
    offend(li, "games")
    month = october("posted")
    entry = queries.live_entries(month)[0]
    client_for(li).post(reverse("assessment:object", args=[entry.code]), {"text": "当时在查资料"})
    objection = Objection.objects.of(li.center).get()
    client_for(zhou).post(
        reverse("assessment:objection", args=[objection.code]), {"upheld": "yes", "reply": "核对屏幕记录属实"}
    )
    assert scenes.total(month, "李明") == 10


def test_object_refuses_a_file_that_is_no_photo_and_keeps_the_words(offend, october, li, client_for):
    offend(li, "games")
    entry = queries.live_entries(october())[0]
    evidence = io.BytesIO(b"MZ not a photo")
    evidence.name = "photo.jpg"
    page = client_for(li).post(reverse("assessment:object", args=[entry.code]), {"text": "在岗", "evidence": evidence})
    assert page.context["form"].non_field_errors() == ["文件不是JPG、PNG、WebP 图片或 PDF,请换一个文件"]
    assert page.context["form"]["text"].value() == "在岗"


def test_confirm_by_the_director_lets_the_month_be_posted(october, wang, sun, client_for):
    month = october("frozen")
    client_for(wang).post(reverse("assessment:confirm", args=[month.key, sun.code]))
    assert queries.unconfirmed(month) == []


def test_export_is_the_table_without_formulas(offend, october, li, sun, client_for):
    offend(li, "games", 6)
    month = october("posted")
    answer = client_for(sun).get(reverse("assessment:month_export", args=[month.key]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    row = next(cells for cells in sheet.iter_rows(values_only=True) if cells[1] == "李明")
    assert row[:8] == (6, "李明", "民政所", "窗口工作人员", "上班时间玩游戏 6 次〔一(三)3,第5、6次双倍〕", 8, 0, 2)


def test_notice_criticism_and_agenda_become_numbered_papers(offend, october, li, sun, client_for):
    offend(li, "not_found", 5)
    month = october("posted")
    client = client_for(sun)
    client.post(reverse("assessment:notice", args=[month.key]))
    item = AgendaItem.objects.of(li.center).get(clause="1.5")
    client.post(reverse("assessment:criticism", args=[item.code]))
    client.post(reverse("assessment:agenda_paper"), {"meeting": "十一月全镇干部大会"})
    from shouwen.documents.models import Document

    kinds = [(row.kind, row.serial) for row in Document.objects.of(li.center).order_by("issued_at", "kind")]
    assert sorted(kinds) == [("agenda", 1), ("criticism", 1), ("notice", 1)]


def test_announce_records_the_meeting(offend, october, li, zhou, client_for):
    offend(li, "not_found", 5)
    october("posted")
    item = AgendaItem.objects.of(li.center).get(clause="1.5")
    client_for(zhou).post(reverse("assessment:announce", args=[item.code]), {"meeting": "11月16日全镇干部大会"})
    item.refresh_from_db()
    assert (item.state, item.closed_note) == ("announced", "11月16日全镇干部大会")


def test_new_finding_by_the_director(offend, october, li, sun, wang, client_for):
    offend(li, "games", 4)
    october("final")
    fields = {
        "executor": sun.code, "concerned": li.code, "kind": "games", "fact_date": "2026-10-30", "count": "1", "account": "抽走记录",
        "decided_date": "2026-11-20", "decided_by": "班子会",
    }  # fmt: skip
    client_for(wang).post(reverse("assessment:new_finding"), fields)
    assert Finding.objects.of(li.center).get().month.key == "2026-11"


def test_trial_compares_old_and_new(offend, october, li, wang, client_for, actor, at):
    from shouwen.rulebook import actions as rulebook
    from tests.rulebook.test_actions import changed

    offend(li, "games", 6)
    month = october("posted")
    draft = rulebook.start_draft(by=actor(wang), at=at)
    rulebook.change_draft(draft=draft, document=changed(draft, R3="no"), by=actor(wang), at=at)
    page = client_for(wang).get(reverse("assessment:trial", args=[draft.code]), {"months": month.key})
    rows = {row.name: (row.before, row.after) for row in page.context["tried"][0].rows if row.differs}
    assert rows == {"李明": (2, 3), "民政所": (2, 3)}
    assert [change.after for change in page.context["tried"][0].rows[0].changes] == [
        "10月13日 上班时间玩游戏〔一(三)3〕:第5次,扣1分",
        "10月14日 上班时间玩游戏〔一(三)3〕:第6次,依据一(三)自第6次起双倍,扣2分",
    ]


@pytest.mark.parametrize("name", ["month", "objections", "agenda", "findings", "adjustments", "year"])
def test_list_pages_take_the_same_queries_with_one_row_and_with_three(
    offend, october, cast, client_for, sun, actor, wang, at, name
):
    client, url = client_for(sun), reverse(f"assessment:{name}")
    _fill(offend, october, actor, cast, wang, at, cast.li, "2026-09")
    one = counted(client, url)
    _fill(offend, october, actor, cast, wang, at, cast.zhang, "2026-10")
    three = counted(client, url)
    assert one == three
    assert three <= MAX_QUERIES


def _fill(offend, october, actor, cast, wang, at, member, key) -> None:
    """A negative month with an objection, a finding and an adjustment more."""
    from datetime import date
    from decimal import Decimal

    offend(member, "not_found", 5, month=key)
    month = scenes.bring(date.fromisoformat(f"{key}-01"), "posted", by=actor(cast.sun), at=at)
    entry = next(one for one in queries.live_entries(month) if one.member_id == member.pk)
    objection = actions.object_to(entry=entry, text="在岗", by=actor(member), at=at)
    actions.answer_objection(objection=objection, upheld=False, reply="不属实", by=actor(cast.zhou), at=at)
    month = actions.finalise(month=month, by=actor(cast.sun), at=at)
    actions.adjust(member=member, about=month, points=Decimal(1), reason="更正", by=actor(cast.sun), at=at)
    actions.record_finding(
        executor=cast.sun, concerned=member, kind="games", fact_date=date(2026, 11, 2), account="隐瞒", decided_date=date(2026, 11, 20),
        decided_by="班子会", by=actor(wang), at=at,
    )  # fmt: skip
