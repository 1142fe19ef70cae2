"""Limits in opening time (K5), by hand; the numbers are those of docs/explain/clock.md."""

from datetime import UTC, date, datetime, time

import pytest

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import ClockError, Event, Limit, read, ruler, spoken
from shouwen.rules.workdays import DayError, OpeningHours

D = date.fromisoformat
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
HALL = shipped_table().for_center(hours=[OpeningHours(D("2004-01-01"), SESSIONS)])
SNOW = HALL.for_center(closures={D("2026-11-16"): "大雪"}, hours=HALL.hours)
SAME_DAY = Limit(0, "same_day")


def at(text):
    return datetime.fromisoformat(f"{text}+08:00") if "T" in text else D(text)


def clock(received, limit, events, asked, local=False, table=HALL):
    rows = [Event(kind, at(when), *more) for kind, when, *more in events]
    return read(table, at(received), limit, rows, at(asked), local=local)


def said(reading):
    return reading.used, reading.left, f"{reading.due_at:%m-%dT%H:%M}", reading.state


@pytest.mark.parametrize(
    ("received", "minutes", "asked", "want"),
    [
        # Fri 16:30: one hour that day, three on Monday.
        ("2026-11-13T16:30", 240, "2026-11-13T17:00", (30, 210, "11-16T11:30", "running")),
        ("2026-11-13T16:30", 240, "2026-11-16T09:15", (105, 135, "11-16T11:30", "running")),
        # Across the noon break, and the last minute ends at closing.
        ("2026-11-13T11:30", 60, "2026-11-13T13:00", (30, 30, "11-13T14:30", "running")),
        ("2026-11-13T15:30", 120, "2026-11-13T17:30", (120, 0, "11-13T17:30", "running")),
        ("2026-11-13T15:30", 120, "2026-11-16T08:30", (120, 0, "11-13T17:30", "overdue")),
        # Received when closed: it starts at the next opening.
        ("2026-11-13T12:40", 60, "2026-11-13T14:10", (10, 50, "11-13T15:00", "running")),
        ("2026-11-13T18:00", 60, "2026-11-15T18:00", (0, 60, "11-16T09:30", "running")),
        ("2026-11-14T10:00", 60, "2026-11-16T08:31", (1, 59, "11-16T09:30", "running")),
        ("2026-09-19T10:00", 60, "2026-09-20T09:00", (30, 30, "09-20T09:30", "running")),
    ],
)
def test_k5_minutes_of_opening_time(received, minutes, asked, want):
    assert said(clock(received, Limit(minutes, "minute"), [], asked)) == want


def test_k5_an_hour_is_sixty_minutes_of_opening_time():
    reading = clock("2026-11-13T16:30", Limit(4, "hour"), [], "2026-11-16T09:15")
    assert (said(reading), reading.in_unit(reading.used), reading.in_unit(reading.left)) == (
        (105, 135, "11-16T11:30", "running"),
        1.75,
        2.25,
    )


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        ("2026-11-16T09:00", (90, 150, "11-16T11:30", "paused")),
        ("2026-11-16T15:00", (90, 150, "11-16T17:30", "paused")),
        ("2026-11-17T15:00", (90, 150, "11-17T17:30", "running")),
        ("2026-11-17T16:00:59", (150, 90, "11-17T17:30", "running")),
    ],
)
def test_k5_a_pause_of_opening_time_stops_and_goes_on_to_the_minute(asked, want):
    events = [("pause", "2026-11-16T09:00:40"), ("resume", "2026-11-17T15:00")]
    assert said(clock("2026-11-13T16:30", Limit(4, "hour"), events, asked)) == want


def test_k2_a_pause_at_the_very_last_minute_has_nothing_left_to_stop():
    events = [("pause", "2026-11-16T11:30"), ("resume", "2026-11-17T09:00")]
    reading = clock("2026-11-13T16:30", Limit(4, "hour"), events, "2026-11-17T10:00")
    assert (len(reading.refused), reading.state, reading.overdue_by, reading.overdue_minutes) == (2, "overdue", 1, 330)


def test_an_extension_of_a_limit_in_hours_counts_in_hours():
    reading = clock("2026-11-13T16:30", Limit(4, "hour"), [("extend", "2026-11-16T11:30", 2)], "2026-11-16T11:31")
    assert said(reading) == (241, 119, "11-16T15:30", "running")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-13T08:00", "2026-11-13T17:30"),
        ("2026-11-13T17:29", "2026-11-13T17:30"),
        ("2026-11-13T17:30", "2026-11-16T17:30"),
        ("2026-11-14T10:00", "2026-11-16T17:30"),
        ("2026-11-13", "2026-11-13T17:30"),
        ("2026-11-15", "2026-11-16T17:30"),
        ("2026-09-19T10:00", "2026-09-20T17:30"),
    ],
)
def test_k5_an_immediate_matter_is_due_at_closing_of_the_day_or_of_the_next_working_day(received, due):
    """即办件; clause "3.3"."""
    assert clock(received, SAME_DAY, [], received).due_at == at(due)


def test_an_immediate_matter_can_pause_but_has_no_limit_to_lengthen():
    events = [("pause", "2026-11-13T15:30"), ("resume", "2026-11-16T09:00")]
    paused = clock("2026-11-13T15:00", SAME_DAY, events, "2026-11-16T09:30")
    assert said(paused) == (60, 90, "11-16T11:00", "running")
    with pytest.raises(ClockError, match=r"^当日办结的事项没有可延长或缩短的时限$"):
        clock("2026-11-13T15:00", SAME_DAY, [("extend", "2026-11-13T16:00", 1)], "2026-11-13T16:00")


def test_a_day_without_an_hour_stands_for_its_closing_time():
    """Seven hours a day: 70 hours say what ten working days say."""
    events = [("pause", "2026-11-17"), ("resume", "2026-11-19")]
    hours = clock("2026-11-13", Limit(70, "hour"), events, "2026-11-23")
    days = clock("2026-11-13", Limit(10), events, "2026-11-23")
    assert (hours.used, hours.left, hours.due_at, hours.state) == (days.used * 420, days.left * 420, days.due_at, days.state)
    marks = [[(one.date, one.kind) for one in ruler(HALL, D("2026-11-13"), it, D("2026-11-23"))] for it in (hours, days)]
    assert marks[0] == marks[1]


def test_k9_only_the_promised_hours_skip_a_closed_day():
    dues = [clock("2026-11-13T17:00", Limit(1, "hour"), [], "2026-11-13T17:00", local, SNOW).due_at for local in (False, True)]
    assert dues == [at("2026-11-16T09:00"), at("2026-11-17T09:00")]


def test_moments_of_any_zone_mean_the_same():
    received = datetime(2026, 11, 13, 8, 30, tzinfo=UTC)
    reading = read(HALL, received, Limit(4, "hour"), (), datetime(2026, 11, 16, 1, 15, tzinfo=UTC))
    assert said(reading) == (105, 135, "11-16T11:30", "running")


def test_the_ruler_of_a_limit_in_hours_has_one_mark_a_day():
    events = [("pause", "2026-11-16T12:10"), ("resume", "2026-11-18T08:30")]
    reading = clock("2026-11-13T16:30", Limit(12, "hour"), events, "2026-11-18T09:00")
    marks = [mark.kind for mark in ruler(HALL, D("2026-11-13"), reading, at("2026-11-18T09:00"))]
    assert marks == ["start", "rest", "rest", "counted", "pause", "counted", "due"]


@pytest.mark.parametrize(
    ("limit", "asked", "words"),
    [
        (Limit(4, "hour"), "2026-11-16T09:15", "剩 2 小时 15 分钟,11-16 11:30 到期"),
        (Limit(4, "hour"), "2026-11-16T11:50", "已超期 20 分钟"),
        (Limit(4, "hour"), "2026-11-18T11:50", "已超期 2 个工作日"),
        (Limit(10), "2026-11-16T11:50", "剩 9 个工作日,11-27到期"),
        (Limit(10, "day"), "2026-11-16T11:50", "剩 7 个自然日,11-23到期"),
        (Limit(1), "2026-11-16T18:00", "已超期"),
        (Limit(1), "2026-11-17", "已超期 1 个工作日"),
    ],
)
def test_the_reading_in_words(limit, asked, words):
    assert spoken(clock("2026-11-13T16:30", limit, [], asked)) == words


def test_without_opening_hours_on_record_hours_cannot_be_counted():
    with pytest.raises(DayError, match=r"^登记的开放时间不够算到这个时刻,请先补上开放时间$"):
        clock("2026-11-13T16:30", Limit(4, "hour"), [], "2026-11-16T09:15", table=shipped_table())
