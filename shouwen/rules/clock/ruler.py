"""The ruler of a case page: what each calendar day was to the clock (L13: the arithmetic, shown)."""

from __future__ import annotations

from datetime import date

from shouwen.rules.clock.counting import ONE, counting, day_of
from shouwen.rules.clock.story import Mark, Reading, When
from shouwen.rules.workdays import DayTable


def ruler(table: DayTable, received: When, reading: Reading, at: When, *, local: bool | None = None) -> list[Mark]:
    """One mark a calendar day from the day received to the due date or `at`, whichever is later.

    `note` is the reason of a day that is not an ordinary one: the holiday, the make-up day, the closure (K9).
    """
    local = reading.local if local is None else local
    day, last = day_of(received), max(reading.due, day_of(at))
    first = "due" if day == reading.due and not reading.in_days else "start"
    marks, day = [Mark(day, first, _note(table, day, local))], day + ONE
    while day <= last:
        marks.append(Mark(day, _kind(table, day, reading, at, local), _note(table, day, local)))
        day += ONE
    return marks


def _note(table: DayTable, day: date, local: bool) -> str:
    info = table.kind(day)
    shown = info.reason and (info.kind != "closed" or local)
    return str(info) if shown else ""


def _kind(table: DayTable, day: date, reading: Reading, at: When, local: bool) -> str:
    if day == reading.due:
        return "due"
    if not table.is_workday(day, local=local) and not _counts_rest(reading, day, at):
        return "rest"
    if day > reading.due:
        return "late"
    if _is_paused(table, day, reading, at, local):
        return "pause"
    return "counted" if day <= day_of(at) else "ahead"


def _counts_rest(reading: Reading, day: date, at: When) -> bool:
    """A limit in calendar days counts days of rest too, up to its own last day; only the roll after that skips them (K4)."""
    since = day_of(at) if reading.is_paused else day_of(reading.since)
    return reading.limit.unit == "day" and day <= since + (reading.budget - reading.used_before) * ONE


def _is_paused(table: DayTable, day: date, reading: Reading, at: When, local: bool) -> bool:
    """Did a pause take the day, or for limits of opening time all its minutes?"""
    if reading.in_days:
        return any(day_of(start) < day <= day_of(end or at) for start, end in reading.pauses)
    count = counting(table, reading.limit, local=local)
    spans = [(count.point(start), count.point(end or at)) for start, end in reading.pauses]
    sessions = table.sessions_of(day, local=local)
    stopped = sum(count.between(max(a, start), min(b, end)) for a, b in spans for start, end in sessions)
    return bool(sessions) and stopped == sum(count.between(start, end) for start, end in sessions)
