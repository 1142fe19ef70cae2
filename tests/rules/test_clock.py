"""A case's clock; the numbers are those of docs/explain/clock.md."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import ClockError, Event, Limit, read, ruler

TABLE = shipped_table()
D = date.fromisoformat
ONE = timedelta(days=1)
DAYS = st.dates(D("2010-01-01"), D("2026-06-30"))
LIMITS = st.integers(1, 45)


def clock(received, n, events, at, unit="workday", local=False, table=TABLE):
    rows = [Event(kind, D(day), *more) for kind, day, *more in events]
    return read(table, D(received), Limit(n, unit), rows, D(at), local=local)


def said(reading):
    return reading.used, reading.left, reading.due.isoformat(), reading.state, reading.overdue_by


@pytest.mark.parametrize(
    ("received", "n", "events", "at", "want"),
    [
        ("2026-11-13", 10, [("pause", "2026-11-17")], "2026-11-23", (2, 8, "2026-12-03", "paused", 0)),
        ("2026-09-18", 1, [], "2026-09-18", (0, 1, "2026-09-20", "running", 0)),
        ("2026-09-18", 1, [], "2026-09-20", (1, 0, "2026-09-20", "running", 0)),
        ("2026-09-18", 1, [], "2026-09-21", (1, 0, "2026-09-20", "overdue", 1)),
        ("2026-11-13", 5, [("extend", "2026-11-20", 10)], "2026-11-20", (5, 10, "2026-12-04", "running", 0)),
        ("2026-11-13", 5, [("extend", "2026-11-23", 10)], "2026-11-24", (5, 0, "2026-11-20", "overdue", 2)),
        (
            "2026-11-13",
            1,
            [("pause", "2026-11-16"), ("resume", "2026-11-20")],
            "2026-11-23",
            (1, 0, "2026-11-16", "overdue", 5),
        ),
        (
            "2026-11-13",
            3,
            [("pause", "2026-11-16"), ("resume", "2026-11-16")],
            "2026-11-17",
            (2, 1, "2026-11-18", "running", 0),
        ),
    ],
)
def test_3_3_what_the_clock_says(received, n, events, at, want):
    assert said(clock(received, n, events, at)) == want


def test_k4_calendar_days_roll_from_a_day_of_rest_to_the_next_working_day():
    assert clock("2026-09-20", 7, [], "2026-09-21", unit="day").due == D("2026-09-28")


def test_k9_only_the_promised_clock_skips_a_closed_day():
    snow = TABLE.for_center(closures={D("2026-01-20"): "大雪封路"})
    dues = [clock("2026-01-19", 2, [], "2026-01-19", local=local, table=snow).due for local in (False, True)]
    assert dues == [D("2026-01-21"), D("2026-01-22")]


def test_k10_past_the_published_calendar_the_date_is_provisional():
    reading = clock("2026-12-18", 20, [], "2026-12-18")
    assert (reading.due, reading.provisional) == (D("2027-01-15"), True)


def test_the_ruler_says_what_each_day_was():
    reading = clock("2026-11-13", 10, [("pause", "2026-11-17")], "2026-11-23")
    words = [mark.kind for mark in ruler(TABLE, D("2026-11-13"), reading, D("2026-11-23"))]
    assert words == [
        "start",
        *["rest"] * 2,
        *["counted"] * 2,
        *["pause"] * 3,
        *["rest"] * 2,
        "pause",
        *["ahead"] * 4,
        *["rest"] * 2,
        *["ahead"] * 3,
        "due",
    ]


@pytest.mark.parametrize(
    ("events", "at"),
    [
        ([("resume", "2026-11-16")], "2026-11-17"),
        ([("pause", "2026-11-16"), ("pause", "2026-11-17")], "2026-11-18"),
        ([("pause", "2026-11-10")], "2026-11-18"),
        ([], "2026-11-12"),
    ],
)
def test_a_story_no_clock_can_have_is_refused(events, at):
    with pytest.raises(ClockError):
        clock("2026-11-13", 10, events, at)


def test_without_events_every_day_of_eight_years_agrees_with_a_walk_through_another_calendar():
    day, last = D("2019-01-01"), D("2026-11-30")
    working = [
        day + ONE * index for index in range(2950) if chinese_calendar.is_workday(min(day + ONE * index, D("2026-12-31")))
    ]
    wrong, position = [], 0
    while day <= last:
        while position < len(working) and working[position] <= day:
            position += 1
        if (due := TABLE.add(day, 20)) and not due.provisional and due.date != working[position + 19]:
            wrong.append(day)
        day += ONE
    assert wrong == []


@settings(max_examples=150)
@given(DAYS, LIMITS, st.integers(0, 30), st.integers(0, 40), st.integers(0, 60))
def test_while_paused_what_is_left_never_changes(received, n, before, gap, later):
    events = [Event("pause", received + ONE * before)]
    first = read(TABLE, received, Limit(n), events, received + ONE * (before + gap))
    after = read(TABLE, received, Limit(n), events, received + ONE * (before + gap + later))
    assert first.state != "paused" or (first.used, first.left) == (after.used, after.left)


@settings(max_examples=150)
@given(DAYS, LIMITS, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 90))
def test_one_pause_split_in_two_adjacent_ones_changes_nothing(received, n, before, first, second, later):
    start, middle = received + ONE * before, received + ONE * (before + first)
    end = middle + ONE * second
    at = end + ONE * later
    whole = [Event("pause", start), Event("resume", end)]
    halves = [Event("pause", start), Event("resume", middle), Event("pause", middle), Event("resume", end)]
    assert said(read(TABLE, received, Limit(n), whole, at)) == said(read(TABLE, received, Limit(n), halves, at))


@settings(max_examples=150)
@given(DAYS, LIMITS, st.integers(0, 120))
def test_used_and_left_make_up_the_limit_and_the_due_date_stands_still(received, n, later):
    reading = read(TABLE, received, Limit(n), [], received + ONE * later)
    assert (reading.used + reading.left, reading.due) == (n, TABLE.add(received, n).date)
    assert reading.used == min(n, TABLE.count(received, received + ONE * later))


@settings(max_examples=150)
@given(DAYS, LIMITS, st.integers(1, 20))
def test_a_pause_over_days_of_rest_only_changes_nothing(received, n, before):
    start = received + ONE * before
    rest = start
    while not TABLE.is_workday(rest + ONE):
        rest += ONE
    events = [Event("pause", start), Event("resume", rest)]
    assert said(read(TABLE, received, Limit(n), events, rest + ONE)) == said(read(TABLE, received, Limit(n), [], rest + ONE))
