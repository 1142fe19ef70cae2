"""The warning ladder of a clock: which rungs, in which order, once, not while paused (L15, L17, L18; clause "3.3")."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import Event, Limit, read
from shouwen.rules.ladder import Rung, next_event_at, rungs_due
from shouwen.rules.workdays import OpeningHours

D = date.fromisoformat
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
HALL = shipped_table().for_center(hours=[OpeningHours(D("2004-01-01"), SESSIONS)])


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


def clock(limit, asked, *events, received="2026-11-13T10:00"):
    return read(HALL, at(received), limit, [Event(kind, at(when), *more) for kind, when, *more in events], at(asked))


def called(reading, asked, told=(), ladder=None):
    return [(call.key, f"{call.at:%m-%d %H:%M}", call.words) for call in rungs_due(HALL, reading, at(asked), told, ladder)]


def test_rungs_skipped_by_a_sweep_that_slept_come_in_order():
    asked = "2026-12-14T09:00"
    assert called(clock(Limit(10), asked), asked) == [
        ("half", "11-20 08:30", "时限过半"),
        ("left3", "11-24 08:30", "剩 3 个工作日"),
        ("left1", "11-26 08:30", "剩 1 个工作日"),
        ("due", "11-27 08:30", "今天到期"),
        ("over", "11-30 08:30", "已超期 1 个工作日"),
        ("late:5", "12-04 08:30", "已超期 5 个工作日"),
        ("late:10", "12-11 08:30", "已超期 10 个工作日"),
    ]


def test_each_rung_once():
    asked = "2026-11-24T09:00"
    assert called(clock(Limit(10), asked), asked, {"half"}) == [("left3", "11-24 08:30", "剩 3 个工作日")]
    assert called(clock(Limit(10), asked), asked, {"half", "left3"}) == []


@pytest.mark.parametrize(
    ("n", "keys"),
    [
        (1, ["due", "over"]),
        (2, ["half", "left1", "due", "over"]),
        (4, ["left3", "half", "left1", "due", "over"]),
    ],
)
def test_a_short_limit_has_only_the_rungs_that_fit_and_in_order_of_time(n, keys):
    over = HALL.add(D("2026-11-13"), n + 1).date
    asked = f"{over}T09:00"
    assert [key for key, _, _ in called(clock(Limit(n), asked), asked)] == keys


def test_nothing_is_told_while_paused_and_the_resume_finds_the_next_rung():
    pause, resume = ("pause", "2026-11-17T09:00"), ("resume", "2026-11-24T09:00")
    paused = clock(Limit(10), "2026-11-23T09:00", pause)
    assert (called(paused, "2026-11-23T09:00"), next_event_at(HALL, paused, ())) == ([], None)
    resumed = clock(Limit(10), "2026-11-24T09:00", pause, resume)
    assert next_event_at(HALL, resumed, ()) == at("2026-11-27T08:30")


def test_the_next_event_is_the_first_rung_not_told_even_when_it_has_passed():
    reading = clock(Limit(10), "2026-11-24T09:00")
    assert next_event_at(HALL, reading, {"half"}) == at("2026-11-24T08:30")
    assert next_event_at(HALL, reading, {"half", "left3"}) == at("2026-11-26T08:30")
    assert next_event_at(HALL, reading, {"half", "left3", "left1", "due", "over", "late:5"}) == at("2026-12-11T08:30")


def test_an_extension_gives_a_new_ladder_without_the_rungs_already_passed():
    reading = clock(Limit(10), "2026-12-04T09:00", ("extend", "2026-11-26T09:00", 5))
    assert [key for key, _, _ in called(reading, "2026-12-04T09:00", {"half", "left3"})] == ["left3@15", "left1@15", "due@15"]


def test_an_extension_granted_late_starts_below_the_rungs_it_has_room_for():
    reading = clock(Limit(10), "2026-12-01T09:00", ("extend", "2026-11-26T09:00", 2))
    assert [key for key, _, _ in called(reading, "2026-12-01T09:00")] == ["left1@12", "due@12"]


def test_half_of_an_odd_limit_is_reached_when_more_than_half_is_used():
    asked = "2026-11-18T09:00"
    assert called(clock(Limit(5), asked), asked, {"left3"}) == [("half", "11-18 08:30", "时限过半")]


def test_a_limit_of_hours_has_rungs_to_the_minute():
    asked = "2026-11-16T09:00"
    assert called(clock(Limit(4, "hour"), asked), asked) == [
        ("half", "11-13 12:00", "时限过半"),
        ("most", "11-13 15:12", "时限已用 80%"),
        ("out", "11-13 16:01", "时限已用完"),
        ("over", "11-16 08:30", "已超期 1 个工作日"),
    ]


def test_the_ladder_is_data():
    ladder = (Rung("x", "over", 2), Rung("each", "every", 1), Rung("share", "share", 90))
    asked = "2026-12-02T09:00"
    assert called(clock(Limit(10), asked), asked, (), ladder) == [
        ("share", "11-26 08:30", "时限已用 90%"),
        ("each:1", "11-30 08:30", "已超期 1 个工作日"),
        ("x", "12-01 08:30", "已超期 2 个工作日"),
        ("each:2", "12-01 08:30", "已超期 2 个工作日"),
        ("each:3", "12-02 08:30", "已超期 3 个工作日"),
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.dates(D("2020-01-01"), D("2026-06-30")),
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=2),
    st.lists(st.integers(1, 240), max_size=8),
)
def test_however_often_the_sweep_wakes_the_same_rungs_are_told_in_the_same_order(received, n, spans, hours):
    start = datetime.fromisoformat(f"{received}T10:00+08:00")
    events, moment = [], start
    for gap, length in spans:
        moment += timedelta(days=gap)
        events += [Event("pause", moment), Event("resume", moment + timedelta(days=length))]
        moment += timedelta(days=length)
    last = moment + timedelta(days=60)
    wakes = sorted({start + timedelta(hours=each) * 6 for each in hours})
    told = []
    for wake in (*(one for one in wakes if one < last), last):
        reading = read(HALL, start, Limit(n), events, wake)
        told += [call.key for call in rungs_due(HALL, reading, wake, set(told))]
    once = [call.key for call in rungs_due(HALL, read(HALL, start, Limit(n), events, last), last, ())]
    assert told == once
