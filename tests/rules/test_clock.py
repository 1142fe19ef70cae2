"""A case's clock; the numbers are those of docs/explain/clock.md."""

from datetime import date, datetime, time

import pytest

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import ClockError, Event, Limit, due_moment, read, ruler
from shouwen.rules.workdays import OpeningHours

TABLE = shipped_table()
D = date.fromisoformat
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
HALL = TABLE.for_center(hours=[OpeningHours(D("2020-01-01"), SESSIONS)])


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


def clock(received, n, events, asked, unit="workday", local=False, table=TABLE):
    rows = [Event(kind, D(day), *more) for kind, day, *more in events]
    return read(table, D(received), Limit(n, unit), rows, D(asked), local=local)


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


def test_k2_what_comes_after_a_refused_pause_is_refused_with_it_whatever_lies_between():
    events = [("pause", "2026-11-20"), ("extend", "2026-11-23", 5), ("resume", "2026-11-24")]
    reading = clock("2026-11-13", 5, events, "2026-11-25")
    assert ([event.kind for event in reading.refused], said(reading)[2:4]) == (
        ["pause", "extend", "resume"],
        ("2026-11-20", "overdue"),
    )


def test_k2_pauses_told_out_of_order_on_one_day_resume_first():
    whole = clock("2026-11-13", 10, [("pause", "2026-11-16"), ("resume", "2026-11-20")], "2026-11-23")
    mixed = [("pause", "2026-11-18"), ("resume", "2026-11-20"), ("pause", "2026-11-16"), ("resume", "2026-11-18")]
    assert said(clock("2026-11-13", 10, mixed, "2026-11-23")) == said(whole)


def test_a_day_without_an_hour_comes_after_the_moments_of_that_day():
    events = [Event("resume", D("2026-11-16")), Event("pause", at("2026-11-16T10:00"))]
    reading = read(HALL, D("2026-11-13"), Limit(5), events, D("2026-11-17"))
    assert (reading.state, reading.used) == ("running", 2)


def test_k3_received_after_closing_day_1_is_the_next_working_day():
    evening = read(HALL, at("2026-11-13T19:30"), Limit(1), (), at("2026-11-16T09:00"))
    assert (evening.used, evening.due) == (1, D("2026-11-16"))


@pytest.mark.parametrize(
    ("asked", "state"),
    [("2026-11-16T17:30", "running"), ("2026-11-16T17:30:59", "running"), ("2026-11-16T17:31", "overdue")],
)
def test_k4_the_last_day_ends_when_the_hall_closes(asked, state):
    reading = read(HALL, at("2026-11-13T10:00"), Limit(1), (), at(asked))
    assert (reading.state, reading.due_at, reading.overdue_by) == (state, at("2026-11-16T17:30"), 0)


def test_k4_an_extension_asked_for_after_closing_of_the_last_day_is_refused():
    events = [Event("extend", at("2026-11-16T17:31"), 5)]
    reading = read(HALL, at("2026-11-13T10:00"), Limit(1), events, at("2026-11-17T09:00"))
    assert (reading.refused, reading.due) == (tuple(events), D("2026-11-16"))


@pytest.mark.parametrize(
    ("table", "local", "want"),
    [
        ("HALL", False, "2026-01-20T17:30"),
        ("HALL", True, "2026-01-21T00:00"),
        ("TABLE", False, "2026-01-21T00:00"),
    ],
)
def test_k4_due_moment_is_closing_time_or_midnight_where_the_hall_does_not_open(table, local, want):
    tables = {"HALL": HALL.for_center(closures={D("2026-01-20"): "大雪"}, hours=HALL.hours), "TABLE": TABLE}
    assert due_moment(tables[table], D("2026-01-20"), local=local) == at(want)


def test_calendar_days_of_the_ruler_count_days_of_rest_but_not_the_roll():
    reading = clock("2026-09-20", 5, [], "2026-09-21", unit="day")
    marks = [mark.kind for mark in ruler(TABLE, D("2026-09-20"), reading, D("2026-09-21"))]
    assert marks == ["start", "counted", *["ahead"] * 4, *["rest"] * 2, "due"]


def test_k9_the_ruler_names_the_reason_of_a_day_that_is_not_an_ordinary_one():
    snow = TABLE.for_center(closures={D("2026-01-20"): "大雪封路"})
    reading = clock("2026-01-19", 2, [], "2026-01-19", local=True, table=snow)
    notes = {mark.date.isoformat(): mark.note for mark in ruler(snow, D("2026-01-19"), reading, D("2026-01-19"))}
    assert notes == {"2026-01-19": "", "2026-01-20": "本地停办(大雪封路)", "2026-01-21": "", "2026-01-22": ""}
