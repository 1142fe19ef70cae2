"""The rulebook's pages: everybody reads, few draft, an edit changes one thing and says what."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.core.actors import system
from shouwen.rulebook import actions, queries
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring


@pytest.fixture
def founding(center, at):
    return actions.adopt_founding(center=center, active_from=date(2026, 1, 1), by=system(center), at=at)


@pytest.fixture
def draft(founding, wang, actor, at):
    return actions.start_draft(note="试改", by=actor(wang), at=at)


def test_version_shows_every_clause_and_every_reading_with_its_effect(founding, li, client_for):
    page = client_for(li).get(reverse("rulebook:version", args=[founding.code])).context["page"]
    texts = {clause.id: clause.text for clause in page.clauses}
    switches = {one.name: one for one in page.readings}
    assert texts["1.10"] == "本制度自公布之日起施行。"
    assert [clause.id for clause in page.clauses][:4] == ["1.0", "1.1", "1.2", "1.3"]
    assert [f"R{number}" for number in range(1, 25) if f"R{number}" not in switches] == []
    assert switches["R3"].effects[0] == "迟到6次:含(民法典第1259条) → 2分;不含,自第6次起 → 3分"
    assert (switches["R3"].is_default, switches["R3"].confirmed) == (True, False)


def test_version_names_what_has_no_price(founding, li, client_for):
    page = client_for(li).get(reverse("rulebook:version", args=[founding.code])).context["page"]
    assert page.unpriced == ["脱岗"]


def test_edit_readings_changes_the_one_switch(edit):
    document, answer = edit("readings", {"R3": "no"})
    assert document["readings"] == {"R3": "no"}
    assert answer.status_code == 302


def test_edit_readings_back_to_the_default_leaves_no_trace(edit):
    edit("readings", {"R3": "no"})
    document, _ = edit("readings", {"R3": "yes"})
    assert document["readings"] == {}


def test_a_free_reading_is_typed_in_its_own_words_or_as_a_number(edit):
    floors = [edit("readings", {"R5": typed})[0]["readings"] for typed in ("0", "不封底,负分如实计入全年")]
    assert floors == [{"R5": 0}, {}]


def test_edit_price_keeps_everything_else(edit, founding):
    document, _ = edit("items", {"items~late~deduct": "0.5"})
    before = scoring.load_toml(founding.text)
    assert queries.differences(before, document) == [("项目 · 迟到 · 扣分", "1", "0.5")]


def test_edit_price_that_is_no_price_is_refused_with_the_place(edit, founding):
    document, answer = edit("items", {"items~late~deduct": "很多"})
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors()[0].startswith("制度内容有误:“迟到”的“扣分”")
    assert document == scoring.load_toml(founding.text)


def test_edit_switching_an_item_off(edit):
    document, _ = edit("items", {"items~games~enabled": "no"})
    assert document["items"]["games"]["enabled"] is False


def test_edit_parameters(edit, draft):
    edit("parameters", {"correction_days": "5", "objection_days": "7"})
    version = queries.version_of(draft)
    assert [queries.parameter_of(version, key) for key in ("correction_days", "objection_days", "repeat_minutes")] == [5, 7, 15]


def test_new_item_without_a_price_is_unpriced(edit):
    document, _ = edit(
        "item",
        {"title": "不戴胸牌", "kind": "", "section": "ordinary", "way": "deduct", "price": "", "clause": "1.3.7"},
    )
    name = list(document["items"])[-1]
    assert document["items"][name] == {
        "clause": "1.3.7", "title": "不戴胸牌", "section": "ordinary", "facts": name, "deduct": "unpriced",
    }  # fmt: skip


def test_export_and_import_give_the_same_rulebook(founding, wang, client_for):
    client = client_for(wang)
    content = client.get(reverse("rulebook:export", args=[founding.code])).content
    client.post(reverse("rulebook:start", args=["file"]), {"file": io.BytesIO(content)})
    drafts = list(Rulebook.objects.of(founding.center_id).filter(state="draft"))
    assert [draft.text for draft in drafts] == [founding.text]


def test_import_of_a_broken_file_names_the_line(founding, wang, client_for):
    file = io.BytesIO(b"title = \n")
    page = client_for(wang).post(reverse("rulebook:start", args=["file"]), {"file": file})
    assert page.context["form"].non_field_errors()[0].startswith("制度内容有误:TOML 写法有误")


def test_a_clerk_reads_but_does_not_draft(founding, draft, li, client_for):
    client = client_for(li)
    assert client.get(reverse("rulebook:version", args=[draft.code])).status_code == 200
    assert client.post(reverse("rulebook:start", args=["copy"]), {"note": "x"}).status_code == 409
    assert client.get(reverse("rulebook:edit", args=[draft.code, "items"])).status_code == 409


def test_another_centre_finds_nothing(founding, draft, zhao, client_for):
    client = client_for(zhao)
    assert client.get(reverse("rulebook:version", args=[founding.code])).status_code == 404
    assert list(client.get(reverse("rulebook:list")).context["rows"].items) == []


def test_a_version_in_force_is_not_edited(founding, wang, client_for):
    assert client_for(wang).get(reverse("rulebook:edit", args=[founding.code, "items"])).status_code == 404


def test_list_takes_the_same_queries_with_one_row_and_with_three(founding, wang, client_for, actor, at):
    client, url = client_for(wang), reverse("rulebook:list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        actions.start_draft(note="x", by=actor(wang), at=at)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three)
    assert len(three) <= 12


def test_a_version_approved_for_a_later_day_leaves_the_old_one_in_force_until_then(
    founding, draft, li, wang, zhou, client_for, actor, at
):
    actions.note_trial(draft=draft, note="2026年10月", by=actor(wang), at=at)
    actions.put_in_force(draft=draft, active_from=date(2026, 12, 1), by=actor(zhou), at=at)
    founding.refresh_from_db()
    draft.refresh_from_db()
    days = [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1)]
    assert [(founding.standing(day), draft.standing(day)) for day in days] == [
        ("ending", "coming"), ("ending", "coming"), ("ended", "in_force"),
    ]  # fmt: skip
    client = client_for(li)
    shown = client.get(reverse("rulebook:list")).content.decode()
    assert ("施行中(至 11月30日)" in shown, "待施行" in shown, "已废止" in shown) == (True, True, False)
    pages = [client.get(reverse("rulebook:version", args=[one.code])).content.decode() for one in (founding, draft)]
    assert ["施行中(至 11月30日)" in pages[0], "待施行" in pages[1]] == [True, True]
