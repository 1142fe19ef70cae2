"""Both clocks of a case from one ledger, its light, and what may be entered."""

from datetime import date, datetime, time

import pytest

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import (
    NOTICE,
    CaseClock,
    ClockError,
    Event,
    Limit,
    check_limits,
    deliver_by,
    light,
    notice_lapses_at,
    read,
    read_case,
    refusal,
    spoken,
)
from shouwen.rules.workdays import OpeningHours

D = date.fromisoformat
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
HALL = shipped_table().for_center(closures={D("2026-11-18"): "停电"}, hours=[OpeningHours(D("2004-01-01"), SESSIONS)])


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


def case(*events, promised=5, statutory=20, ended=None):
    rows = tuple(Event(kind, at(when), *more) for kind, when, *more in events)
    return CaseClock(at("2026-11-13T10:00"), Limit(promised), statutory and Limit(statutory), rows, ended and at(ended))


def dues(clock, asked):
    reading = read_case(HALL, clock, at(asked))
    return f"{reading.due_at:%m-%d %H:%M}", reading.statutory_due_at and f"{reading.statutory_due_at:%m-%d %H:%M}"


def test_3_3_promised_and_statutory_run_side_by_side_and_only_the_promise_skips_the_closed_day():
    assert dues(case(), "2026-11-13T10:00") == ("11-23 17:30", "12-11 17:30")


def test_one_pause_stops_both_clocks():
    reading = read_case(HALL, case(("pause", "2026-11-17T09:00")), at("2026-11-20T09:00"))
    assert (reading.promised.left, reading.statutory.left, reading.is_paused) == (3, 18, True)
    assert spoken(reading.promised) == "暂停中,剩 3 个工作日;若此时恢复,11-25到期"


def test_an_extension_lengthens_both_or_the_clock_it_names():
    both, law = (case(("extend", "2026-11-17T09:00", 10, clock)) for clock in ("both", "statutory"))
    assert dues(both, "2026-11-17T10:00") == ("12-07 17:30", "12-25 17:30")
    assert dues(law, "2026-11-17T10:00") == ("11-23 17:30", "12-25 17:30")


def test_an_extension_in_working_days_says_nothing_to_a_promise_in_hours():
    clock = CaseClock(at("2026-11-13T10:00"), Limit(4, "hour"), Limit(20), (Event("extend", at("2026-11-13T11:00"), 10),))
    assert dues(clock, "2026-11-13T11:00") == ("11-13 16:00", "12-25 17:30")


def test_an_extension_that_names_the_promise_counts_in_its_hours():
    events = (Event("extend", at("2026-11-13T11:00"), 2, "promised"),)
    clock = CaseClock(at("2026-11-13T10:00"), Limit(4, "hour"), Limit(20), events)
    assert dues(clock, "2026-11-13T11:00") == ("11-16 09:00", "12-11 17:30")


def test_3_4_expedite_shortens_the_promise_alone_and_the_original_stays_visible():
    """K11; clause "3.4": urgent matters are done at once."""
    reading = read_case(HALL, case(("expedite", "2026-11-16T09:00", 2)), at("2026-11-16T10:00"))
    assert (reading.promised.due, reading.original.due, reading.statutory.due) == (
        D("2026-11-17"),
        D("2026-11-23"),
        D("2026-12-11"),
    )
    assert read_case(HALL, case(), at("2026-11-16T10:00")).original is None


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        ("2026-11-13T10:00", ("green", "")),
        ("2026-11-19T10:00", ("green", "")),
        ("2026-11-20T10:00", ("yellow", "")),
        ("2026-11-23T17:30", ("yellow", "")),
        ("2026-11-23T17:31", ("red", "promised")),
        ("2026-12-11T17:31", ("red", "statutory")),
    ],
)
def test_the_light_and_the_two_levels_of_breach(asked, want):
    reading = read_case(HALL, case(), at(asked))
    assert (reading.light, reading.breach) == want


@pytest.mark.parametrize(
    ("n", "used", "thresholds", "want"),
    [
        (20, 15, {}, "green"),
        (20, 16, {}, "yellow"),
        (20, 15, {"percent": 75}, "yellow"),
        (4, 2, {}, "green"),
        (4, 2, {"days_left": 2}, "yellow"),
    ],
)
def test_the_thresholds_of_the_light_are_the_centres(n, used, thresholds, want):
    day = HALL.add(D("2026-08-03"), used).date
    assert light(read(HALL, D("2026-08-03"), Limit(n), (), day), **thresholds) == want


def test_a_limit_of_hours_is_yellow_by_its_share_alone():
    readings = [
        read(HALL, at("2026-11-13T08:30"), Limit(5, "hour"), (), at(f"2026-11-13T{clock}")) for clock in ("14:29", "14:30")
    ]
    assert [light(reading, days_left=300) for reading in readings] == ["green", "yellow"]


def test_k12_the_decision_stops_both_clocks_and_a_later_look_says_the_same():
    clock = case(ended="2026-11-23T17:30")
    asked = [read_case(HALL, clock, at(when)) for when in ("2026-11-23T17:30", "2027-03-01T09:00")]
    assert (asked[0], asked[0].ended, asked[0].breach) == (asked[1], True, "")
    assert read_case(HALL, case(ended="2026-11-23T17:31"), at("2027-03-01T09:00")).breach == "promised"


PAUSE = ("pause", "2026-11-17T09:00")


@pytest.mark.parametrize(
    ("clock", "event", "words"),
    [
        (case(), ("pause", "2026-11-16T09:00"), ""),
        (case(PAUSE), ("pause", "2026-11-18T09:00"), "2026-11-18 已在暂停中,不能再次暂停"),
        (case(PAUSE), ("resume", "2026-11-16T09:00"), "早于上一项记录(暂停 2026-11-17)"),
        (case(), ("resume", "2026-11-16T09:00"), "2026-11-16 没有在暂停,不能恢复"),
        (case(), ("pause", "2026-11-12T09:00"), "早于时限起点"),
        # The promise is broken, the law's limit is not: it may still be paused and extended.
        (case(), ("extend", "2026-11-24T09:00", 10), ""),
        (case(), ("extend", "2026-12-11T17:31", 10), "时限已于 2026-12-11 用完,不能再延期"),
        (case(statutory=None), ("pause", "2026-11-23T09:00"), "时限已于 2026-11-23 用完,不能再暂停"),
        (case(), ("expedite", "2026-11-16T09:00", 5), "急办只能缩短承诺时限"),
        (case(), ("expedite", "2026-11-19T09:00", 2), "急办的时限短于已用的时间"),
        (case(), ("expedite", "2026-11-24T09:00", 2), "时限已于 2026-11-23 用完,不能再急办"),
        (case(ended="2026-11-16T09:00"), ("pause", "2026-11-16T09:00"), "已经办结,时限不再变动"),
    ],
)
def test_what_may_be_entered_and_why_not(clock, event, words):
    kind, when, *more = event
    assert refusal(HALL, clock, Event(kind, at(when), *more)) == words


@pytest.mark.parametrize(
    ("promised", "statutory", "fine"),
    [
        (Limit(20), Limit(20), True),
        (Limit(21), Limit(20), False),
        (Limit(21), None, True),
        (Limit(60, "minute"), Limit(20), True),
    ],
)
def test_a_promise_is_never_longer_than_the_law_allows(promised, statutory, fine):
    told = []
    try:
        check_limits(promised, statutory)
    except ClockError as error:
        told.append(str(error))
    assert told == ([] if fine else ["承诺时限(21 个工作日)不得长于法定时限(20 个工作日)"])


def test_4_3_2_untold_for_five_working_days_the_matter_counts_as_accepted_from_receipt():
    """K6; clause "4.3.2": what is missing is told once and for all. A closure does not stretch it."""
    received = at("2026-11-13T18:20")
    assert notice_lapses_at(HALL, received) == at("2026-11-20T17:30")
    readings = [read(HALL, received, NOTICE, (), at(f"2026-11-20T{clock}")).state for clock in ("17:30", "17:31")]
    assert readings == ["running", "overdue"]


def test_delivery_has_ten_working_days_of_its_own_from_the_decision():
    assert deliver_by(HALL, at("2026-11-13T10:00")) == at("2026-11-27T17:30")
