"""What the duty person of the hall owes, and what counts as missed ("1.3.4", "1.3.5", "1.3.6")."""

from datetime import datetime, timedelta

import pytest

from shouwen.rules import hall_duty
from shouwen.rules.hall_duty import Done, DutyRules
from shouwen.rules.workdays import ZONE

RULES = DutyRules()
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=ZONE)


def hm(text: str, day: int = 23) -> datetime:
    hour, minute = map(int, text.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


SESSIONS = [(hm("8:30"), hm("12:00")), (hm("14:00"), hm("17:30"))]
FAULTLESS = Done(hm("8:17"), hm("17:35"), (hm("8:28"), hm("14:05"), hm("17:02")), hm("17:36"), hm("17:50"))


def texts(done: Done, at: datetime = NIGHT) -> list[tuple[str, str]]:
    return [(one.clause, one.text) for one in hall_duty.missed(SESSIONS, done, RULES, at)]


def test_a_day_done_in_time_misses_nothing():
    assert texts(FAULTLESS) == []


def test_a_day_without_records_misses_everything_once_its_limits_have_passed():
    assert texts(Done()) == [
        ("1.3.4", "应 08:20 前开门,没有开门记录"),
        ("1.3.6", "08:30 的保洁检查没有按时做"),
        ("1.3.6", "14:00 的保洁检查没有按时做"),
        ("1.3.6", "17:00 的保洁检查没有按时做"),
        ("1.3.5", "应 18:00 前交接,没有交接"),
        ("1.3.4", "应 18:30 前关门,没有关门记录"),
    ]


def test_nothing_is_missed_before_its_limit_has_passed():
    assert texts(Done(opened_at=hm("8:17")), hm("8:59")) == []
    assert texts(Done(opened_at=hm("8:17")), hm("9:01")) == [("1.3.6", "08:30 的保洁检查没有按时做")]


@pytest.mark.parametrize(
    ("opened", "closed", "want"),
    [
        ("8:20", "17:30", []),
        ("8:21", "17:30", [("1.3.4", "应 08:20 前开门,08:21 开门")]),
        ("8:17", "17:29", [("1.3.4", "应 17:30 后关门,17:29 提前关门")]),
        ("8:17", "18:31", [("1.3.4", "应 18:30 前关门,18:31 关门")]),
    ],
)
def test_1_3_4_doors_late_or_early_by_a_minute(opened, closed, want):
    done = Done(hm(opened), hm(closed), FAULTLESS.rounds, FAULTLESS.given_at, FAULTLESS.confirmed_at)
    assert texts(done) == want


def test_1_3_5_handing_over_late_is_the_givers():
    late = Done(FAULTLESS.opened_at, FAULTLESS.closed_at, FAULTLESS.rounds, hm("18:10"), hm("18:20"))
    assert texts(late) == [("1.3.5", "应 18:00 前交接,18:10 才交接")]


@pytest.mark.parametrize(
    ("confirmed", "at", "told"),
    [
        (None, hm("8:30", 30), []),
        (None, hm("8:31", 30), ["已移交,应 11月30日 08:30 前接班,接班人没有确认"]),
        (hm("8:30", 30), hm("23:00", 30), []),
        (hm("9:10", 30), hm("23:00", 30), ["已移交,应 11月30日 08:30 前接班,接班人过后才确认"]),
    ],
)
def test_1_3_5_the_successor_has_until_the_hall_opens_again_days_of_rest_do_not_count(confirmed, at, told):
    """Handed over on Friday the 27th, the hall opens again on Monday the 30th."""
    friday = Done(hm("8:17", 27), hm("17:35", 27), (), hm("17:40", 27), confirmed)
    sessions = [(hm("8:30", 27), hm("17:30", 27))]
    found = hall_duty.missed(sessions, friday, DutyRules(rounds=0), at, hm("8:30", 30))
    assert [(one.text, one.by_successor) for one in found] == [(text, True) for text in told]


def test_1_3_6_the_four_points_are_named_in_one_sentence():
    assert hall_duty.dirty({"spotless": True, "tidy": False, "spit_free": False, "clutter_free": True}) == "不整齐、有痰迹"
    assert hall_duty.dirty(dict.fromkeys(hall_duty.POINTS, True)) == ""


def test_rounds_are_at_opening_before_closing_and_after_noon_then_in_between():
    assert [f"{at:%H:%M}" for at in hall_duty.rounds(SESSIONS, 3)] == ["08:30", "14:00", "17:00"]
    assert [f"{at:%H:%M}" for at in hall_duty.rounds(SESSIONS, 1)] == ["08:30"]
    assert [f"{at:%H:%M}" for at in hall_duty.rounds(SESSIONS, 5)] == ["08:30", "10:15", "14:00", "15:45", "17:00"]


def test_what_is_owed_stays_owed_until_done():
    owed = hall_duty.dues(SESSIONS, RULES)
    assert [due.kind for due in owed] == ["open", "round", "round", "round", "handover", "close"]
    assert [hall_duty.is_done(due, FAULTLESS) for due in owed] == [True] * 6
    assert [hall_duty.is_done(due, Done(rounds=(hm("8:28"),))) for due in owed] == [False, True, False, False, False, False]
    assert owed[0].due_at - owed[0].from_at == timedelta(minutes=110)
