"""The pages of a case: who opens them, and that each button does what its action does ("3.3", "4.2", "4.3.2")."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.models import Approval, Breach, Case, CorrectionNotice
from tests.cases.hall import fresh, when

PAGES = ("accept", "notice", "materials", "decline", "send_back", "pause", "resume", "extend", "expedite", "decide")
PAGES += ("deliver", "withdraw", "correct", "settle")


def page(name, case, *more):
    return reverse(f"cases:{name}", args=[case.code, *more])


@pytest.fixture
def desk(hall, client_for):
    """李明's browser at counter 3; the pages' clock stands at 2026-11-23 09:12."""
    return client_for(hall.cast.li)


def test_detail_shows_the_chain_the_clock_and_the_papers(hall, desk):
    case = hall.accepted("11-20 09:00")
    found = desk.get(page("detail", case))
    assert found.context["clock"].spoken == "剩 9 个工作日,12-04到期"
    assert [stage.title for stage in found.context["stages"]] == ["首问 · 李明"]
    assert [(stage.title, stage.state) for stage in found.context["steps"]] == [("受理", "done"), ("办理", "now"), ("送达", "")]
    assert [one.kind for one in found.context["papers"]] == ["receipt", "acceptance"]
    assert [way.page for way in found.context["ways"]][:2] == ["decide", "pause"]


def test_detail_asks_the_same_however_long_the_story(hall, desk):
    case = hall.accepted("11-20 09:00")
    hall.do("pause_case", case, "11-20 10:00", ground="test", needed_days=3)
    hall.do("resume_case", case, "11-20 11:00")
    desk.get(page("detail", case))
    with CaptureQueriesContext(connection) as asked:
        desk.get(page("detail", case))
    assert len(asked) <= 34


@pytest.mark.parametrize("name", ["detail", *PAGES])
def test_another_centre_finds_no_case(hall, client_for, name):
    case = hall.accepted("11-20 09:00")
    assert client_for(hall.cast.zhao).get(page(name, case)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_only_whoever_answers_for_it_may_act(hall, client_for, name):
    case = hall.accepted("11-20 09:00")
    refused = client_for(hall.cast.zhang).get(page(name, case))
    assert (refused.status_code, "现由李明负责" in refused.content.decode()) == (409, True)


def test_an_administrator_who_serves_nobody_sees_no_case(hall, client_for):
    assert client_for(hall.cast.sun).get(page("detail", hall.receive("11-20 09:00"))).status_code == 404


def test_receive_takes_what_is_ticked_and_gives_a_receipt(hall, desk):
    matter = hall.matter(when("11-23 09:00"))
    url = reverse("cases:receive", args=[matter.code])
    form = desk.get(url).context["form"]
    data = {
        "token": form["token"].value(),
        "item": hall.item.item.code,
        "delivery": "counter",
        "got_1": "on",
        "got_2": "on",
        "defect_2": "没有签名",
        "defect_3": "还没有开来",
    }
    answers = [desk.post(url, data) for _ in range(2)]
    case = Case.objects.of(hall.center).get()
    assert [one.url for one in answers] == [page("detail", case)] * 2
    assert [line.status for line in queries.lines(case)] == ["received", "defective", "missing", "missing"]
    assert [line.defect for line in queries.lines(case)] == ["", "没有签名", "还没有开来", ""]
    taken = queries.papers(case)[0].data["materials"]
    assert [(row["name"], row["remark"]) for row in taken] == [("身份证", ""), ("申请表", "须更换")]
    assert queries.story(case)[0].words == "收件：身份证、申请表（须更换）"


def test_receive_at_once_finishes_an_immediate_item(hall, desk):
    item = hall.version("即办", official_kind="immediate", promised_limit=0, statutory_limit=None)
    url = reverse("cases:receive", args=[hall.matter(when("11-23 09:00")).code])
    ticks = {f"got_{number}": "on" for number in (1, 2, 3)}
    desk.post(url, {"token": "t", "item": item.item.code, "delivery": "counter", "at_once": "1", **ticks})
    assert Case.objects.of(hall.center).get().status == "delivered"


def test_accept_asks_for_the_days_of_what_may_follow(hall, desk):
    case = hall.receive("11-23 09:00", {1: "", 2: ""})
    refused = desk.post(page("accept", case), {})
    assert (refused.status_code, fresh(case).status) == (409, "received")
    desk.post(page("accept", case), {"until_3": "2026-11-27"})
    assert (fresh(case).status, fresh(case).is_tolerated) == ("accepted", True)


def test_notice_comes_filled_in_and_names_every_open_line(hall, desk):
    case = hall.receive("11-23 09:00", {1: ""})
    form = desk.get(page("notice", case)).context["form"]
    desk.post(page("notice", case), {f"defect_{n}": form[f"defect_{n}"].value() or "" for n in (1, 2, 3, 4)})
    assert fresh(case).status == "correction"


def test_a_second_notice_goes_to_a_superior_who_agrees(hall, desk, client_for):
    case = hall.receive("11-20 09:00", {1: ""})
    hall.do("tell_missing", case, "11-20 09:30", defects={2: "缺", 3: "缺"})
    desk.post(page("notice", case), {"defect_2": "缺", "defect_3": "须盖章", "reason": "漏看公章", "new_name": "残疾证"})
    asked = Approval.objects.of(hall.center).get()
    assert (asked.state, Breach.objects.of(hall.center).count()) == ("asked", 0)
    client_for(hall.cast.zhou).post(reverse("cases:approval", args=[asked.code]), {"agree": "1"})
    assert (fresh(case).revision, Breach.objects.of(hall.center).get().kind) == (5, "second_notice")
    assert [line.is_added for line in queries.lines(case)] == [False, False, False, False, True]


def test_a_first_notice_sent_twice_is_one_notice(hall, desk):
    case = hall.receive("11-23 09:00", {1: ""})
    data = {"defect_2": "缺", "defect_3": "缺"}
    for _ in range(2):
        assert desk.post(page("notice", case), data).url == page("detail", case)
    assert "一次性告知书已出具" in desk.get(page("detail", case)).content.decode()
    assert CorrectionNotice.objects.of(hall.center).count() == 1
    assert hall.do("tell_missing", fresh(case), "11-23 09:13", defects={2: "缺", 3: "缺"}).number == 1
    other = desk.post(page("notice", case), data | {"defect_3": "缺公章"})
    assert (other.status_code, list(other.context["form"].errors)) == (200, ["reason"])
    assert "再次告知的原因</label>" in other.content.decode()
    desk.post(page("materials", case), {"got_2": "on"})
    assert desk.post(page("notice", case), data).status_code == 200


def test_words_about_what_was_not_ticked_certify_nothing(hall, desk):
    case = hall.receive("11-20 09:00", {1: ""})
    hall.do("tell_missing", case, "11-20 09:30", defects={2: "缺", 3: "缺"})
    assert desk.post(page("materials", case), {"defect_2": "还差签名"}).status_code == 409
    desk.post(page("materials", case), {"got_3": "on", "defect_2": "还差签名"})
    assert [line.status for line in queries.lines(case)] == ["received", "missing", "received", "missing"]
    assert queries.lines(case)[1].defect == "还差签名"
    assert [row["name"] for row in queries.papers(fresh(case))[-1].data["materials"]] == ["银行流水"]


WRONG = [
    ("decide", "办件已收件，不能作出决定", "〔三(三)〕", "received"),
    ("expedite", "办件已收件，不能急办", "〔三(四)〕", "received"),
    ("settle", "办件已收件，不能处理容缺材料", "〔四(三)2〕", "received"),
    ("accept", "办件办理中，不能受理", "〔四(三)2〕", "accepted"),
    ("deliver", "办件办理中，不能送达", "〔三(三)〕", "accepted"),
    ("resume", "没有在暂停计时", "〔三(三)〕", "accepted"),
    ("settle", "没有容缺待补的材料", "〔四(三)2〕", "accepted"),
    ("decide", "请先恢复计时再作决定", "〔三(三)〕", "paused"),
    ("pause", "正在暂停计时", "〔三(三)〕", "paused"),
]


@pytest.mark.parametrize(("name", "said", "clause", "state"), WRONG)
def test_a_page_that_can_do_nothing_now_says_so_at_once_and_what_can_be_done(hall, desk, name, said, clause, state):
    case = hall.receive("11-20 09:00") if state == "received" else hall.accepted("11-20 09:00")
    if state == "paused":
        hall.do("pause_case", case, "11-20 10:00", ground="test", needed_days=3)
    for found in (desk.get(page(name, case)), desk.post(page(name, case), {"reason": "x"})):
        text = found.content.decode()
        assert (found.status_code, said in text, clause in text) == (409, True, True)
        assert f'href="{page("detail", case)}">返回办件' in text
        assert {way.page for way in found.context["ways"]} >= {"resume" if state == "paused" else "withdraw"}
        assert "<textarea" not in text


def test_every_way_offered_opens_its_form(hall, desk):
    """What the case offers and what its pages refuse are one rule."""
    for case in (hall.receive("11-20 09:00", {1: ""}), hall.accepted("11-20 09:00")):
        offered = desk.get(page("detail", case)).context["ways"]
        assert {desk.get(page(way.page, case)).status_code for way in offered} == {200}


def test_materials_that_complete_the_list_lead_back_to_acceptance(hall, desk):
    case = hall.receive("11-20 09:00", {1: ""})
    hall.do("tell_missing", case, "11-20 09:30", defects={2: "缺", 3: "缺"})
    desk.post(page("materials", case), {"got_2": "on", "got_3": "on"})
    assert (fresh(case).status, fresh(case).completed_at) == ("received", when("11-23 09:12"))


def test_decline_and_send_back_end_the_case(hall, desk):
    one, other = hall.receive("11-23 09:00"), hall.receive("11-23 09:00")
    desk.post(page("decline", one), {"reason": "不属于", "basis": "第三十二条", "authority": "县民政局"})
    desk.post(page("send_back", other), {"reason": "不具备", "basis": "办法第五条"})
    assert (fresh(one).status, fresh(other).status) == ("declined", "returned")


def test_pause_and_resume_from_their_pages(hall, desk):
    case = hall.accepted("11-20 09:00")
    desk.post(page("pause", case), {"ground": "test", "needed_days": "5"})
    assert fresh(case).paused_at == when("11-23 09:12")
    desk.post(page("resume", case), {"result": "合格"})
    assert fresh(case).paused_at is None


def test_pause_with_an_earlier_day_is_asked_of_a_superior(hall, desk):
    case = hall.accepted("11-17 09:00")
    desk.post(page("pause", case), {"ground": "test", "needed_days": "5", "started": "2026-11-19", "reason": "当天送检"})
    assert (fresh(case).paused_at, Approval.objects.of(hall.center).get().kind) == (None, "pause")


def test_extend_waits_for_the_director(hall, desk, client_for):
    case = hall.accepted("11-20 09:00")
    desk.post(page("extend", case), {"n": "5", "reason": "案情复杂"})
    url = reverse("cases:approval", args=[Approval.objects.of(hall.center).get().code])
    assert client_for(hall.cast.zhou).post(url, {"agree": "1"}).status_code == 409
    client_for(hall.cast.wang).post(url, {"agree": "1"})
    assert fresh(case).due_at == when("12-11 17:30")


def test_expedite_refused_by_a_superior_changes_nothing(hall, desk, client_for):
    case = hall.accepted("11-20 09:00")
    desk.post(page("expedite", case), {"n": "3", "reason": "住院", "requested_by": "本人"})
    url = reverse("cases:approval", args=[Approval.objects.of(hall.center).get().code])
    client_for(hall.cast.zhou).post(url, {"refuse": "1", "remark": "材料不足"})
    assert (Approval.objects.of(hall.center).get().state, fresh(case).is_expedited) == ("refused", False)


def test_decide_and_deliver_from_their_pages(hall, desk):
    case = hall.accepted("11-20 09:00")
    desk.post(page("decide", case), {"decision": "granted", "result_number": "9号"})
    receiver = {"way": "counter", "receiver": "王小明", "relation": "本人"}
    assert desk.post(page("deliver", case), receiver).status_code == 409
    desk.post(page("deliver", case), receiver | {"relation": "儿子"})
    assert (fresh(case).status, fresh(case).deliveries.get().relation) == ("delivered", "儿子")


def test_withdraw_and_correct(hall, desk):
    case = hall.receive("11-20 09:00")
    desk.post(page("correct", case), {"field": "person_name", "value": "王秀蘭", "reason": "身份证为蘭"})
    desk.post(page("withdraw", case), {"reason": "申请人要求"})
    assert (fresh(case).person_name, fresh(case).status) == ("王秀蘭", "withdrawn")


def test_settle_is_the_leaders(hall, desk, client_for):
    case = hall.receive("11-20 09:00", {1: "", 2: ""})
    hall.do("accept_case", case, "11-20 09:10", promises={3: when("11-24").date()})
    assert desk.post(page("settle", case), {"position": "3", "reason": "免"}).status_code == 409
    client_for(hall.cast.zhou).post(page("settle", case), {"position": "3", "reason": "可以核验"})
    assert queries.lines(case)[2].status == "waived"


def test_a_paper_is_handed_out_to_whoever_may_see_the_case(hall, desk, client_for):
    case = hall.receive("11-20 09:00")
    code = queries.papers(case)[0].code
    assert desk.get(page("paper", case, code, "pdf")).content[:5] == b"%PDF-"
    assert client_for(hall.cast.zhao).get(page("paper", case, code, "pdf")).status_code == 404


def test_a_breach_is_explained_by_its_person_and_judged_by_another(hall, desk, client_for):
    hall.accepted("11-02 09:00")
    hall.sweep("11-17 09:00")
    row = Breach.objects.of(hall.center).get()
    url = reverse("cases:breach", args=[row.code])
    desk.post(url, {"text": "停电两天"})
    client_for(hall.cast.zhou).post(url, {"verdict": "accepted", "text": "属实"})
    row.refresh_from_db()
    assert (row.cause, row.ruled_by) == ("accepted", "周丽")


def test_the_assessor_judges_a_breach_without_a_door_into_the_case(hall, client_for):
    case = hall.accepted("11-02 09:00")
    hall.sweep("11-17 09:00")
    row = Breach.objects.of(hall.center).get()
    shown = {
        name: client_for(member).get(reverse("cases:breach", args=[row.code])).content.decode()
        for name, member in (("孙会", hall.cast.sun), ("周丽", hall.cast.zhou))
    }
    assert {name: page("detail", case) in text for name, text in shown.items()} == {"孙会": False, "周丽": True}


def test_grounds_are_added_by_the_head(hall, client_for):
    client_for(hall.cast.zhou).post(
        reverse("cases:grounds"), {"label": "公告", "basis": "《条例》第十条", "active_from": "2026-11-24"}
    )
    assert [one.label for one in queries.centre_grounds(hall.center)] == ["公告"]
