"""Late, early, absent: what each required punch comes to. Clauses "1.3.1", "1.3.2", "1.4.1"; readings R11 R12 R13 R20 R24."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.punches import Judgement, Leave, PersonDay, Punch, PunchRules, RuleError, Tier, facts, judge

DAY = date(2026, 9, 18)
AM, PM = (time(8, 30), time(12)), (time(14, 30), time(17, 30))
LATER = "2026-09-21 09:00"
ON_TIME = ("08:20", "12:05", "14:20", "17:40")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if "-" in text else f"{DAY} {text}")


def look(
    *clocks: str, rules: dict | None = None, leaves: tuple = (), now: str = LATER, seen: str | None = None, **owed
) -> Judgement:
    """Judge one Friday with two sessions, corrections until Wednesday."""
    day = PersonDay(DAY, owed.pop("sessions", (AM, PM)), correct_by=date(2026, 9, 23), **owed)
    made = PunchRules.from_document(rules or {})
    return judge([day], [Punch(at(clock)) for clock in clocks], leaves, made, at=at(now), seen_until=at(seen) if seen else None)


def states(found: Judgement) -> list[str]:
    return [slot.state for slot in found.days[0].slots]


def kinds(found: Judgement, rules: dict | None = None) -> list[str]:
    return [fact.kind for fact in facts(found.days, PunchRules.from_document(rules or {}), subject="RY")]


def test_four_punches_in_time_are_normal():
    found = look(*ON_TIME)
    assert (states(found), kinds(found), found.days[0].others) == (["normal"] * 4, [], ())


@pytest.mark.parametrize(
    ("clock", "state", "minutes"),
    [
        ("08:30:00", "normal", 0),
        ("08:30:59", "normal", 0),
        ("08:31:00", "late", 1),
        ("08:34:10", "late", 4),
        ("09:30", "late", 60),
    ],
)
def test_any_lateness_is_late_by_clause_1_3_1_with_seconds_dropped(clock: str, state: str, minutes: int):
    """Clause "1.3.1", reading R12: 08:30:59 is 08:30."""
    slot = look(clock, "12:00").days[0].slots[0]
    assert (slot.state, slot.minutes, slot.clause) == (state, minutes, "1.3.1" if state == "late" else "")


@pytest.mark.parametrize(
    ("clock", "state", "minutes"), [("12:00:00", "normal", 0), ("11:59:59", "left_early", 1), ("11:50", "left_early", 10)]
)
def test_leaving_before_the_end_is_early_by_clause_1_3_2(clock: str, state: str, minutes: int):
    """Clause "1.3.2"."""
    slot = look("08:20", clock).days[0].slots[1]
    assert (slot.state, slot.minutes, slot.clause) == (state, minutes, "1.3.2" if state == "left_early" else "")


def test_each_result_explains_itself():
    texts = [slot.text for slot in look("08:34", "11:50", "14:25").days[0].slots]
    assert texts == [
        "应 08:30 前签到,08:34 打卡,迟到 4 分钟",
        "应 12:00 后签退,11:50 打卡,早退 10 分钟",
        "应 14:30 前签到,14:25 打卡,正常",
        "应 17:30 后签退,未打卡,待补,2026-09-23 前可补卡",
    ]


def test_a_session_without_punch_or_leave_is_absent_by_clause_1_4_1():
    """Clause "1.4.1"; R11: each half-day session is one, or the day."""
    found = look()
    assert [(absence.session, absence.text) for absence in found.days[0].absences] == [
        (time(8, 30), "上午 08:30–12:00 未打卡、未请假,旷工"),
        (time(14, 30), "下午 14:30–17:30 未打卡、未请假,旷工"),
    ]
    assert (kinds(found), kinds(found, {"R11": "day"})) == (["absent", "absent"], ["absent"])
    assert [fact.attrs["clause"] for fact in facts(found.days, PunchRules(), subject="RY")] == ["1.4.1", "1.4.1"]


@pytest.mark.parametrize(
    ("clock", "state", "minutes"),
    [("08:00:00", "normal", 0), ("08:29", "late", 29), ("08:30", "absent", 30), ("10:00", "absent", 120)],
)
def test_sample_21_thirty_minutes_late_included_is_half_a_day_absent(clock: str, state: str, minutes: int):
    """Another centre's rule: late below 30 minutes, absent from 30 on; the conversion replaces the lateness."""
    sessions, rules = ((time(8), time(11, 30)), (time(14, 30), time(17, 30))), {"R12": {"absent_from": 30}}
    found = look(clock, "11:30", "14:20", "17:30", sessions=sessions, rules=rules)
    assert (found.days[0].slots[0].state, found.days[0].slots[0].minutes) == (state, minutes)
    assert kinds(found, rules) == ([] if state == "normal" else [state])


@pytest.mark.parametrize(("clock", "state"), [("17:01", "left_early"), ("17:00", "undecided")])
def test_sample_21_a_step_the_rule_leaves_out_waits_for_a_person(clock: str, state: str):
    rules = {"left_early": [{"kind": "left_early", "over": 0, "under": 30}]}
    assert states(look("08:20", "12:00", "14:20", clock, rules=rules))[3] == state
    assert states(look("08:20", "12:00", "14:20", clock, rules={"R12": {"absent_from": 30, "early_too": True}}))[3] == (
        "left_early" if clock == "17:01" else "absent"
    )


def test_bounds_say_for_themselves_whether_they_include_the_number():
    tiers = [Tier.from_document(row) for row in ({"kind": "late", "over": 5, "to": 30}, {"kind": "absent", "over": 30})]
    assert [[tier.holds(minutes) for minutes in (5, 6, 30, 31)] for tier in tiers] == [
        [False, True, True, False],
        [False, False, False, True],
    ]
    assert str(tiers[0]) == "5 分钟(不含)起至 30 分钟(含)算迟到"


def test_grace_forgives_up_to_its_last_minute():
    rules = {"R12": {"grace": 5}}
    assert [states(look(clock, "12:00", rules=rules))[0] for clock in ("08:35", "08:36")] == ["normal", "late"]
    assert look("08:36", "12:00", rules=rules).days[0].slots[0].minutes == 6


def test_the_heavier_offence_stands_alone_in_an_absent_session_unless_they_add():
    """R13: one event, several offences."""
    rules = {"R12": {"absent_from": 30}}
    found = look("09:10", "11:50", "14:20", "17:30", rules=rules)
    assert (kinds(found, rules), kinds(found, rules | {"R13": "add"})) == (["absent"], ["left_early", "absent"])


def test_late_and_early_in_one_session_are_two_events():
    assert kinds(look("08:40", "11:50", "14:20", "17:30")) == ["late", "left_early"]


@pytest.mark.parametrize(
    ("now", "rule", "state"),
    [
        ("2026-09-23 23:59", "decide", "missing"),
        ("2026-09-24 00:00", "decide", "undecided"),
        ("2026-09-24 00:00", "late", "late"),
        ("2026-09-24 00:00", "left_early", "left_early"),
        ("2026-09-24 00:00", "absent", "absent"),
    ],
)
def test_a_session_with_one_punch_waits_for_correction_then_follows_r20(now: str, rule: str, state: str):
    rules = {"R20": rule}
    found = look("12:03", "14:20", "17:30", now=now, rules=rules)
    assert states(found) == [state, "normal", "normal", "normal"]
    assert kinds(found, rules) == ([state] if state in ("late", "left_early", "absent") else [])


def test_a_correction_fills_the_slot():
    day = PersonDay(DAY, (AM,))
    found = judge([day], [Punch(at("08:25"), "correction"), Punch(at("12:01"))], at=at(LATER))
    assert [slot.text for slot in found.days[0].slots] == ["应 08:30 前签到,08:25 补卡,正常", "应 12:00 后签退,12:01 打卡,正常"]


def test_a_person_decides_and_the_decision_stands():
    found = look("12:03", "14:20", "17:30", now="2026-09-30 09:00", decided={(time(8, 30), "in"): "late"})
    assert (states(found)[0], found.days[0].slots[0].text) == ("late", "应 08:30 前签到,由人决定:按迟到处理")
    assert kinds(found) == ["late"]


def test_leave_excuses_whole_sessions_and_moves_slots_at_an_edge():
    """Clause "1.4.1": leave arranged beforehand is excepted."""
    whole = look("14:20", "17:30", leaves=(Leave(at("08:30"), at("12:00"), "事假"),))
    edge = look(
        "09:58",
        "12:00",
        "14:20",
        "16:00",
        leaves=(Leave(at("08:30"), at("10:00"), "事假"), Leave(at("16:00"), at("17:30"), "公差")),
    )
    assert (states(whole), whole.days[0].slots[0].text) == (["excused", "excused", "normal", "normal"], "事假,不需打卡")
    assert states(edge) == ["normal"] * 4
    assert edge.days[0].slots[0].text == "事假至 10:00,应 10:00 前签到,09:58 打卡,正常"
    assert edge.days[0].slots[3].text == "16:00 起公差,应 16:00 后签退,16:00 打卡,正常"


def test_leave_in_the_middle_of_a_session_moves_nothing_and_late_return_still_counts():
    middle = Leave(at("09:30"), at("10:30"), "临时外出")
    assert states(look("08:20", "12:00", "14:20", "17:30", leaves=(middle,))) == ["normal"] * 4
    assert states(look("10:10", "12:00", "14:20", "17:30", leaves=(Leave(at("08:30"), at("10:00")),)))[0] == "late"


def test_the_substitute_owes_the_slots_he_covers():
    """The leaver is excused; the substitute's absence is the substitute's."""
    leaver = look(leaves=(Leave(at("08:30"), at("17:30"), "病假(李明代班)"),))
    substitute = look("08:20", "12:00", covers="王兰")
    assert (states(leaver), kinds(leaver)) == (["excused"] * 4, [])
    assert kinds(substitute) == ["absent"]
    assert substitute.days[0].absences[0].text == "代 王兰:下午 14:30–17:30 未打卡、未请假,旷工"


def test_own_and_covered_sessions_at_the_same_hours_are_owed_once():
    assert states(look("08:20", "12:00", sessions=(AM, AM, (time(8, 30), time(11))))) == ["normal", "normal"]


def test_nothing_is_due_on_a_closed_day_and_punches_are_still_shown():
    """R24: on a day the hall was closed none are due."""
    found = look("08:20", not_due="本地停办(大雪封路)")
    assert (states(found), kinds(found), found.days[0].note) == ([], [], "本地停办(大雪封路)")
    assert [(other.why, other.text) for other in found.days[0].others] == [
        ("not_due", "08:20 打卡,当天本地停办(大雪封路),不考勤")
    ]


def test_two_punches_a_day_join_the_sessions():
    rules = {"per": "day"}
    assert states(look("08:25", "17:31", rules=rules)) == ["normal", "normal"]
    assert [slot.label for slot in look("08:25", rules=rules).days[0].slots] == ["当日签到", "当日签退"]
    half = look("14:29", "17:30", rules=rules, leaves=(Leave(at("08:30"), at("12:00"), "事假"),))
    assert half.days[0].slots[0].text == "事假至 14:30,应 14:30 前签到,14:29 打卡,正常"
    assert kinds(look(rules=rules), rules) == ["absent", "absent"]
    assert kinds(look("09:10", "17:30", rules=rules | {"R12": {"absent_from": 30}}), rules) == ["absent"]


def test_punches_within_a_minute_are_one_and_serve_the_person():
    face_then_finger = look("08:30:20", "08:31:10", "11:59:40", "12:00:20", "14:20", "17:30")
    assert (states(face_then_finger), face_then_finger.days[0].others) == (["normal"] * 4, ())
    assert states(look("08:30:20", "12:00", "14:20", "17:30", rules={"same_within": 0}))[0] == "normal"


def test_the_status_key_is_never_asked_only_the_place_in_the_session():
    going_home_twice = look("11:58", "12:03", "14:20", "17:30")
    long_late = look("11:00", "12:03", "14:20", "17:30")
    assert states(going_home_twice)[:2] == ["missing", "normal"]
    assert [(slot.state, slot.minutes) for slot in long_late.days[0].slots[:2]] == [("late", 150), ("normal", 0)]


def test_two_punches_in_the_break_are_a_going_and_a_coming():
    assert states(look("08:20", "12:02", "13:05", "17:30")) == ["normal"] * 4
    assert states(look("08:20", "13:20", "14:25", "17:30")) == ["normal"] * 4
    assert states(look("08:20", "12:02", "12:10", "14:40", "17:30")) == ["normal", "normal", "late", "normal"]


def test_a_punch_outside_every_window_is_kept_and_shown():
    found = look("05:00", *ON_TIME)
    assert [(other.why, other.text) for other in found.days[0].others] == [
        ("outside_window", "09-18 05:00 打卡,不在任何班次的打卡时段内,不计")
    ]


def test_extra_punches_in_a_session_are_shown():
    found = look("08:20", "10:00", "12:05", "14:20", "17:30")
    assert [(other.why, other.text) for other in found.days[0].others] == [("extra", "10:00 班次中另有打卡,不另计")]


def test_no_punch_yet_is_pending_until_the_terminals_have_reported():
    assert states(look("08:20", now="2026-09-18 10:00")) == ["normal", "pending", "pending", "pending"]
    assert states(look("08:20", "12:05", seen="2026-09-18 13:00", now=LATER)) == ["normal", "normal", "pending", "pending"]
    assert states(look(seen="2026-09-18 13:15", now=LATER)) == ["absent", "absent", "pending", "pending"]
    assert kinds(look("08:20", "11:00", now="2026-09-18 11:30")) == []


def test_lateness_seen_on_one_terminal_waits_for_the_slower_one():
    slot = look("08:34", "12:05", seen="2026-09-18 08:00", now="2026-09-18 12:10").days[0].slots[0]
    assert (slot.state, slot.minutes) == ("pending", 4)
    assert slot.text == "应 08:30 前签到,08:34 打卡,数据到 09-18 08:00,暂不判定"


@pytest.mark.parametrize(
    ("moment", "why"), [("2000-01-01 08:30", "clock_lost"), ("2063-12-31 08:30", "clock_lost"), ("2026-09-21 09:11", "future")]
)
def test_punches_of_a_lost_clock_are_set_apart(moment: str, why: str):
    found = look(*ON_TIME, moment)
    assert ([other.why for other in found.stray], states(found)) == ([why], ["normal"] * 4)


def test_a_night_session_runs_past_midnight():
    found = look("21:55", "2026-09-19 06:01", sessions=((time(22), time(6)),))
    assert [slot.text for slot in found.days[0].slots] == [
        "应 22:00 前签到,21:55 打卡,正常",
        "应 次日 06:00 后签退,次日 06:01 打卡,正常",
    ]


def test_aware_moments_are_taken_to_local_time():
    utc = [Punch(datetime(2026, 9, 18, 0, 34, tzinfo=UTC)), Punch(datetime(2026, 9, 18, 4, 1, tzinfo=UTC))]
    found = judge([PersonDay(DAY, (AM,))], utc, at=datetime(2026, 9, 21, tzinfo=UTC))
    assert [slot.state for slot in found.days[0].slots] == ["late", "normal"]


def test_facts_carry_stable_ids_minutes_and_reasons():
    made = facts(look("08:34", "12:00", "14:20", "17:30").days, PunchRules(), subject="RY-1")
    assert [(f.id, f.minutes, f.reason, f.date) for f in made] == [
        ("attendance:RY-1:2026-09-18:0830:in", 4, "应 08:30 前签到,08:34 打卡,迟到 4 分钟", DAY)
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 30 * 3600), max_size=10), st.integers(0, 72), st.randoms(use_true_random=False))
def test_every_punch_is_used_or_shown_and_order_does_not_matter(seconds: list[int], hours: int, random):
    punches = [Punch(at("00:00") + timedelta(seconds=second)) for second in seconds]
    shuffled = random.sample(punches, len(punches))
    owed, now = [PersonDay(DAY, (AM, PM))], at("00:00") + timedelta(hours=30 + hours)
    found = judge(owed, punches, at=now)
    assert found == judge(owed, shuffled, at=now)
    marks = len(judge([], punches, at=now).stray)
    used = sum(slot.punched_at is not None for slot in found.days[0].slots)
    assert used + len(found.days[0].others) + len(found.stray) == marks


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 209), st.integers(0, 209))
def test_coming_later_is_never_judged_milder(earlier: int, later: int):
    rules, weight = {"R12": {"grace": 5, "absent_over": 30}}, ["normal", "late", "absent"]
    found = [look(f"{8 + (30 + m) // 60:02}:{(30 + m) % 60:02}", "12:35", rules=rules) for m in sorted((earlier, later))]
    assert weight.index(states(found[0])[0]) <= weight.index(states(found[1])[0])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"R99": 1}, "不认识的规则:R99"),
        ({"R11": "week"}, "R11 应是 session、day 之一"),
        ({"R12": {"grace": -1}}, "grace 应是 0 至 1440 的整数"),
        ({"R12": 5}, "R12 只认 grace、absent_from、absent_over、early_too"),
        ({"late": [{"kind": "late", "over": 1, "from": 1}]}, "同一界限不能既含又不含"),
        ({"late": [{"kind": "sleepy"}]}, "档次的 kind 应是 late、left_early 或 absent"),
        ({"late": {}}, "late 应是一串档次"),
        ({"window_before": True}, "window_before 应是 0 至 1440 的整数"),
    ],
)
def test_settings_that_mean_nothing_are_refused(document: dict, message: str):
    with pytest.raises(RuleError) as refused:
        PunchRules.from_document(document)
    assert str(refused.value) == message


def test_the_same_date_twice_is_refused():
    with pytest.raises(RuleError, match="同一天只能给一次"):
        judge([PersonDay(DAY), PersonDay(DAY)], [], at=at(LATER))
