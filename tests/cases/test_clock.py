"""Pauses, the one extension, urgency, what ran out ("3.3", "3.4", "2.5"; K2, K9–K12, L5–L18)."""

from __future__ import annotations

import pytest

from shouwen.cases import actions, queries
from shouwen.cases.models import Breach, Event, Pause, Warned
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from tests.cases.hall import fresh, when


def rungs(case):
    rows = Warned.objects.of(case.center_id).filter(case=case).order_by("at", "id")
    return [f"{row.clock}:{row.rung}" for row in rows]


def test_a_pause_stops_both_clocks_and_the_day_after_resuming_counts_k2_l10(hall):
    case = hall.accepted("11-12 09:00")
    hall.do("pause_case", case, "11-17 09:00", ground="expert_review", needed_days=5)
    said = queries.reading(fresh(case), when("11-23 09:00"))
    assert said.spoken == "暂停中,剩 7 个工作日;若此时恢复,12-02到期"  # L7
    hall.do("resume_case", case, "11-23 10:00", result="通过")
    assert (case.due_at, case.statutory_due_at) == (when("12-02 17:30"), when("12-16 17:30"))


def test_only_grounds_of_the_closed_list_the_item_names_l8(hall):
    case = hall.accepted("11-12 09:00")
    for ground in ("site_visit", "hearing"):
        with pytest.raises(Refused, match="第四十五条"):
            hall.do("pause_case", case, "11-13", ground=ground, needed_days=5)


def test_a_ground_the_centre_adds_holds_from_its_day_k6(hall):
    by, at = hall.actor(hall.cast.zhou), when("11-13 09:00")
    ground = actions.add_ground(label="公告", basis="《条例》第十条", active_from=when("11-16").date(), by=by, at=at)
    case = hall.accepted("11-12 09:00")
    with pytest.raises(Refused, match="第四十五条"):
        hall.do("pause_case", case, "11-13 10:00", ground=ground.code, needed_days=5)
    pause = hall.do("pause_case", case, "11-16 10:00", ground=ground.code, needed_days=5)
    assert (pause.ground_label, pause.basis) == ("公告", "《条例》第十条")


def test_back_dating_wants_a_superior_and_never_before_acceptance_l9(hall):
    case = hall.accepted("11-12 09:00")
    paused = {"ground": "test", "needed_days": 3}
    with pytest.raises(Refused, match="须先经"):
        hall.do("pause_case", case, "11-17", started_at=when("11-16 09:00"), **paused)
    with pytest.raises(Refused, match="不能早于受理"):
        hall.do("pause_case", case, "11-17", started_at=when("11-11 09:00"), approver=hall.cast.zhou, **paused)
    with pytest.raises(Refused, match="将来"):
        hall.do("pause_case", case, "11-17", started_at=when("11-18 09:00"), approver=hall.cast.zhou, **paused)
    hall.do("pause_case", case, "11-17 09:00", started_at=when("11-16 09:00"), approver=hall.cast.zhou, **paused)
    hall.do("resume_case", case, "11-19 09:00")
    with pytest.raises(Refused, match="早于上一项记录"):
        hall.do("pause_case", case, "11-20", started_at=when("11-18 09:00"), approver=hall.cast.zhou, **paused)


def test_what_has_run_out_can_be_neither_paused_nor_extended_k2_l12(hall):
    case = hall.accepted("11-02 09:00", version=hall.version("无法定时限", statutory_limit=None))
    with pytest.raises(Refused, match="用完"):
        hall.do("pause_case", case, "11-23", ground="test", needed_days=3)
    with pytest.raises(Refused, match="用完"):
        hall.do("extend_case", case, "11-23", n=5, reason="复杂", approver=hall.cast.wang)


def test_one_extension_before_expiry_by_the_right_head_within_the_bound_l12(hall):
    case = hall.accepted("11-23 09:00")
    with pytest.raises(Refused, match="周丽不是"):
        hall.do("extend_case", case, "11-24", n=5, reason="复杂", approver=hall.cast.zhou)
    with pytest.raises(Refused, match="最多延长 10"):
        hall.do("extend_case", case, "11-24", n=11, reason="复杂", approver=hall.cast.wang)
    hall.do("extend_case", case, "11-24", n=10, reason="案情复杂", approver=hall.cast.wang)
    dates = (case.due_at, case.statutory_due_at, case.is_provisional)
    assert dates == (when("12-21 17:30"), when("2027-01-04 17:30"), True)  # past the last published day: K10
    with pytest.raises(Refused, match="只能延期一次"):
        hall.do("extend_case", case, "11-25", n=1, reason="再延", approver=hall.cast.wang)


def test_an_item_without_an_extension_cannot_be_extended(hall):
    case = hall.accepted("11-23 09:00", version=hall.version("不得延期", extension_limit=0, extension_approver=""))
    with pytest.raises(Refused, match="没有可以延长"):
        hall.do("extend_case", case, "11-24", n=1, reason="复杂", approver=hall.cast.wang)


def test_urgency_shortens_the_promise_and_keeps_the_original_in_sight_k11_l14(hall):
    case = hall.accepted("11-23 09:00")
    with pytest.raises(Refused, match="缩短"):
        hall.do("expedite_case", case, "11-23", n=10, reason="急", requested_by="本人", approver=hall.cast.zhou)
    hall.do("expedite_case", case, "11-23 10:00", n=3, reason="病重", requested_by="王秀兰", approver=hall.cast.zhou)
    both = queries.reading(fresh(case), when("11-24 09:00")).both
    assert (case.due_at, case.is_expedited, both.original.due_at) == (when("11-26 17:30"), True, when("12-07 17:30"))
    assert case.statutory_due_at == when("12-21 17:30")


def test_running_out_is_a_breach_once_and_stays_l5(hall):
    case = hall.accepted("11-02 09:00")
    hall.sweep("11-16 17:30")
    assert Breach.objects.of(hall.center).count() == 0
    hall.sweep("11-16 17:31")
    hall.sweep("11-17 09:00")
    breach = Breach.objects.of(hall.center).get()
    assert (breach.kind, breach.member, breach.at, breach.clause) == ("promised", hall.cast.li, when("11-16 17:30"), "3.3")
    hall.do("decide_case", fresh(case), "11-30 17:31", decision="granted")
    kinds = Breach.objects.of(hall.center).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["promised", "statutory"]


def test_the_decision_ends_the_clock_and_delivery_has_its_own_k12(hall):
    case = hall.accepted("11-02 09:00")
    hall.do("decide_case", case, "11-16 17:30", decision="done")
    hall.sweep("11-30 17:31")
    breach = Breach.objects.of(hall.center).get()
    assert (breach.kind, breach.at) == ("delivery", when("11-30 17:30"))


def test_the_ladder_is_told_once_a_rung_and_skipped_ones_in_order_l15(hall):
    case = hall.accepted("11-02 09:00")
    hall.sweep("11-11 09:00")
    hall.sweep("11-11 09:01")
    assert rungs(case) == ["promised:half", "promised:left3"]
    assert hall.sweep("11-11 09:02") == 0
    told = Message.objects.of(hall.center).filter(to=hall.cast.li, key__startswith=f"case:{case.code}")
    assert (
        told.count() == len(set(told.values_list("key", flat=True))) == 2 * len(set(told.values_list("transport", flat=True)))
    )


def test_a_paused_case_is_not_warned_and_a_long_pause_is_l8_l18(hall):
    case = hall.accepted("11-02 09:00")
    hall.do("pause_case", case, "11-03 09:00", ground="test", needed_days=10)
    hall.sweep("11-16 18:00")
    assert rungs(case) == []
    hall.sweep("11-17 09:00")
    assert rungs(case) == ["pause.1:due"]


def test_the_head_hears_of_a_case_nobody_touched_l16(hall):
    case = hall.receive("11-23 09:00")
    hall.sweep("11-24 09:00")
    keys = Message.objects.of(hall.center).filter(key__contains="untouched").values_list("to__name", flat=True)
    assert (rungs(case), set(keys)) == (["notice:untouched"], {"周丽"})


def test_silence_grants_a_renewal_when_the_old_certificate_ends(hall):
    item = hall.version("延续", is_silence_approved=True)
    with pytest.raises(Refused, match="原证件有效期"):
        hall.receive("11-23 09:00", version=item)
    case = hall.accepted("11-23 09:00", version=item, renewal_date=when("11-27").date())
    hall.sweep("11-27 17:31")
    found = fresh(case)
    assert (found.status, found.decision, found.decided_at) == ("decided", "granted", when("11-27 17:30"))


def test_an_immediate_item_is_due_at_closing_of_the_same_day_k5(hall):
    item = hall.version("即办", official_kind="immediate", promised_limit=0, statutory_limit=None)
    case = hall.accepted("11-23 09:00", version=item)
    assert case.due_at == when("11-23 17:30")


@pytest.mark.parametrize(
    ("n", "unit", "due"),
    [(4, "hour", "11-23 15:00"), (90, "minute", "11-23 10:30"), (13, "day", "12-07 17:30"), (1, "workday", "11-24 17:30")],
)
def test_limits_in_hours_minutes_and_calendar_days_k4_k5(hall, n, unit, due):
    item = hall.version("各种单位", promised_limit=n, promised_unit=unit, statutory_limit=None)
    assert hall.accepted("11-23 09:00", version=item).due_at == when(due)


def test_immediate_items_are_done_on_the_spot_in_one_go(hall):
    item = hall.version("即办", official_kind="immediate", promised_limit=0, statutory_limit=None)
    at = when("11-23 09:00")
    case = actions.handle_on_the_spot(
        matter=hall.matter(at), version=item, person=hall.person, lines={1: "", 2: "", 3: ""}, by=hall.actor(), at=at
    )
    kinds = list(Event.objects.of(hall.center).filter(case=case).order_by("number").values_list("kind", flat=True))
    assert (fresh(case).status, kinds) == ("delivered", ["receive", "accept", "decide", "deliver"])


def test_two_clerks_who_saw_the_same_case_one_of_them_decides(hall):
    case = hall.accepted("11-23 09:00")
    first, second = fresh(case), fresh(case)
    hall.do("decide_case", first, "11-24 09:00", decision="granted")
    with pytest.raises(Refused, match="已被他人处理"):
        hall.do("decide_case", second, "11-24 09:00", by=hall.cast.zhang, decision="refused", opinion="不符合")
    assert fresh(case).decision == "granted"


def test_withdrawing_ends_an_open_pause(hall):
    case = hall.accepted("11-23 09:00")
    hall.do("pause_case", case, "11-24", ground="test", needed_days=3)
    hall.do("withdraw_case", case, "11-25 09:00", reason="申请人要求")
    pause = Pause.objects.of(hall.center).get()
    assert (fresh(case).status, fresh(case).paused_at, pause.ended_at) == ("withdrawn", None, when("11-25 09:00"))
