"""What a case asks of people and tells assessment ("3.3", "4.2", "1.9", R19), and requests to superiors (L9, L12, L14)."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.cases import actions, queries
from shouwen.cases.models import Approval, Breach
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.rulebook import actions as rulebook
from tests.cases.hall import fresh, when

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def owed(hall, member, at="11-23 09:00"):
    return [(one.kind, one.title, one.clause) for one in queries.obligations(hall.actor(member), when(at))]


def late_case(hall):
    case = hall.accepted("11-02 09:00")
    hall.sweep("11-17 09:00")
    return fresh(case), Breach.objects.of(hall.center).select_related("member", "case").get()


def test_the_holder_owes_the_case_and_nobody_else_does(hall):
    hall.receive("11-20 09:00")
    assert (owed(hall, hall.cast.li), owed(hall, hall.cast.zhang)) == ([("待受理", "低保申请", "4.3.2")], [])


def test_a_request_is_owed_by_those_who_may_decide_and_not_by_the_asker(hall):
    case = hall.accepted("11-20 09:00")
    ask = {"case": case, "kind": "expedite", "data": {"n": 3, "requested_by": "本人"}, "reason": "住院"}
    actions.ask_approval(by=hall.actor(), at=when("11-20 10:00"), **ask)
    assert ("请您批准", "低保申请 急办", "3.4") in owed(hall, hall.cast.zhou)
    with pytest.raises(Refused, match="已经在请示中"):
        actions.ask_approval(by=hall.actor(), at=when("11-20 10:05"), **ask)


def test_agreeing_does_what_was_asked_in_the_askers_name(hall):
    case = hall.accepted("11-20 09:00")
    ask = {"kind": "extension", "data": {"n": 5}, "reason": "案情复杂"}
    asked = actions.ask_approval(case=case, by=hall.actor(), at=when("11-20 10:00"), **ask)
    extended = actions.approve(approval=asked, by=hall.actor(hall.cast.wang), at=when("11-23 09:00"))
    assert (extended.approver, extended.n, queries.story(case)[0].by) == (hall.cast.wang, 5, "李明")


def test_nobody_agrees_to_the_own_request_nor_after_the_limit_ran_out_k2(hall):
    case = hall.accepted("11-20 09:00", member=hall.cast.wang, version=hall.version("短", promised_limit=1, statutory_limit=1))
    ask = {"kind": "extension", "data": {"n": 5}, "reason": "案情复杂"}
    asked = actions.ask_approval(case=case, by=hall.actor(hall.cast.wang), at=when("11-20 10:00"), **ask)
    with pytest.raises(Refused, match="不能自己批准"):
        actions.approve(approval=asked, by=hall.actor(hall.cast.wang), at=when("11-20 10:30"))
    other = actions.ask_approval(
        case=case, by=hall.actor(), at=when("11-20 10:00"), kind="expedite", data={"n": 1, "requested_by": "x"}, reason="急"
    )
    with pytest.raises(Refused):
        actions.approve(approval=other, by=hall.actor(hall.cast.zhou), at=when("11-25 10:30"))
    assert set(Approval.objects.of(hall.center).values_list("state", flat=True)) == {"asked"}


def test_the_asker_may_take_a_request_back(hall):
    case = hall.accepted("11-20 09:00")
    ask = {"kind": "expedite", "data": {"n": 3, "requested_by": "本人"}, "reason": "住院"}
    asked = actions.ask_approval(case=case, by=hall.actor(), at=when("11-20 10:00"), **ask)
    actions.withdraw_approval(approval=asked, by=hall.actor(), at=when("11-20 10:10"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.approve(approval=asked, by=hall.actor(hall.cast.zhou), at=when("11-20 10:20"))


def test_a_cause_is_claimed_once_by_the_person_and_judged_by_another(hall):
    _, row = late_case(hall)
    claim = {"text": "停电两天", "at": when("11-17 10:00")}
    with pytest.raises(Refused, match="责任人本人"):
        actions.claim_cause(breach=row, by=hall.actor(hall.cast.zhang), **claim)
    actions.claim_cause(breach=row, by=hall.actor(), **claim)
    with pytest.raises(Refused, match="他人认定"):
        actions.rule_on_cause(breach=row, verdict="accepted", text="是", by=hall.actor(), at=when("11-18"))
    assert ("申述待认定", "低保申请 超承诺时限", "3.3") in owed(hall, hall.cast.zhou)
    actions.rule_on_cause(breach=row, verdict="accepted", text="属实", by=hall.actor(hall.cast.zhou), at=when("11-18"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.rule_on_cause(breach=row, verdict="rejected", text="再看", by=hall.actor(hall.cast.sun), at=when("11-18"))


def test_facts_follow_the_judgement_and_one_event_is_one_group_r13_r19(hall):
    rulebook.adopt_founding(center=hall.center, active_from=date(2026, 1, 1), by=system(hall.center), at=when("01-01"))
    hall.accepted("10-20 09:00")
    hall.receive("11-12 09:00", {1: ""})
    hall.sweep("11-20 09:00")
    row = Breach.objects.of(hall.center).select_related("case", "member").get(kind="promised")
    actions.claim_cause(breach=row, text="停电", by=hall.actor(), at=when("11-20 10:00"))
    actions.rule_on_cause(breach=row, verdict="accepted", text="属实", by=hall.actor(hall.cast.zhou), at=when("11-21"))
    found = queries.facts(hall.center, *NOVEMBER)
    assert [(one.kind, one.attrs["breach"], one.status) for one in found] == [
        ("overdue", "promised", "rejected"),
        ("overdue", "statutory", "verified"),
    ]
    assert len({one.group for one in found}) == 1
    assert [one.kind for one in queries.breaches(hall.center, *NOVEMBER)] == ["promised", "statutory", "notice"]


def test_the_first_asked_hears_when_it_slips(hall):
    late_case(hall)
    keys = Message.objects.of(hall.center).filter(key__contains=":over").values_list("to__name", flat=True)
    assert set(keys) == {"李明", "周丽"}


def test_delivery_by_another_by_post_and_refused(hall):
    case = hall.accepted("11-20 09:00")
    hall.do("decide_case", case, "11-20 10:00", decision="granted")
    for wrong, words in (
        ({"way": "post"}, "快递单号"),
        ({"way": "door", "refusal": "不在家"}, "见证人"),
        ({"way": "counter", "receiver": "王小明"}, "关系"),
    ):
        with pytest.raises(Refused, match=words):
            hall.do("deliver_result", case, "11-20 11:00", **wrong)
    row = hall.do("deliver_result", case, "11-20 11:00", way="door", refusal="不愿签", witness="村干部陈某", place="青山村三组")
    assert (row.get_way_display(), row.witness, fresh(case).status) == ("上门送达", "村干部陈某", "delivered")


def test_a_correction_keeps_what_was_there_before(hall):
    case = hall.receive("11-20 09:00")
    hall.do("correct_case", case, "11-20 10:00", field="person_name", value="王秀蘭", reason="身份证为蘭")
    entry = queries.story(case)[0]
    assert (entry.data["old"], entry.data["new"], entry.words) == (
        "王秀兰",
        "王秀蘭",
        "更正申请人姓名：王秀兰 → 王秀蘭，身份证为蘭",
    )
    with pytest.raises(Refused, match="不能更正"):
        hall.do("correct_case", case, "11-20 10:00", field="accepted_at", value="x", reason="x")


def test_a_refusal_without_a_reason_is_none(hall):
    case = hall.accepted("11-20 09:00")
    with pytest.raises(Refused, match="说明理由"):
        hall.do("decide_case", case, "11-20 10:00", decision="refused")
