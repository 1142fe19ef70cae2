"""What a change of the calendar does to open cases: which dates move, and why, one line each (L4, L35; "3.3").

A due date can only move when a day up to it changed, so for most cases of a hundred thousand one look-up in each table is all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from shouwen.rules.clock.counting import Days, counting, day_of
from shouwen.rules.clock.reading import tell
from shouwen.rules.clock.story import DAY_UNITS, ClockError, Event, Limit, When
from shouwen.rules.workdays import DayTable

SHOWN = 3
"""So many changed days are named in a reason; the rest are counted."""


@dataclass(frozen=True, slots=True)
class OpenClock:
    """One open clock; `key` is the caller's. `local` is true for the promised clock."""

    key: Any
    started: When
    limit: Limit
    events: Sequence[Event] = ()
    local: bool = False


class Moved(NamedTuple):
    """A clock whose due moment or provisional mark changed: the local moments before and after, and the line for the case."""

    key: Any
    old: datetime
    new: datetime
    provisional: bool
    reason: str


class _End(NamedTuple):
    day: date
    moment: datetime
    provisional: bool
    pauses: Sequence[tuple[When, When | None]] = ()  # an open one as if it ended now


class _Side:
    """One table, and what is asked of it again and again."""

    def __init__(self, table: DayTable, at: When) -> None:
        self.table, self.at = table, at
        self._counters: dict[tuple[str, bool], Days] = {}

    def end(self, row: OpenClock) -> _End:
        counter = self._counter(row)
        run = tell(counter, row.started, row.limit, row.events, self.at)
        if run.paused is None:
            point, provisional = run.due
        else:
            # While paused: the date if resumed now (L7).
            point, provisional = counter.after(max(counter.point(self.at), run.since), run.budget - run.used)
        pauses = run.pauses if run.paused is None else [*run.pauses, (run.paused, self.at)]
        return _End(day_of(point), counter.ends(point), provisional, pauses)

    def same_day(self, row: OpenClock, end: _End) -> _End:
        """The end when no day up to it changed: the same day, at this table's closing time."""
        moment = self._counter(row).ends(end.day) if row.limit.unit in DAY_UNITS else end.moment
        return end._replace(moment=moment, provisional=self.table.is_provisional(end.day))

    def _counter(self, row: OpenClock) -> Days:
        known = self._counters.get((row.limit.unit, row.local))
        if known is None:
            known = self._counters[row.limit.unit, row.local] = counting(self.table, row.limit, local=row.local)
        return known


class _Change:
    """What differs between two tables, for one kind of clock."""

    def __init__(self, old: DayTable, new: DayTable, *, local: bool) -> None:
        self.old, self.new, self.local = old, new, local
        self.hours = old.hours != new.hours
        named = {day.date for table in (old, new) for day in table.days} | set(old.closures) | set(new.closures)
        both = (day for day in named if old.covers(day) and new.covers(day))
        self.days = sorted(day for day in both if old.is_workday(day, local=local) != new.is_workday(day, local=local))

    def spares(self, row: OpenClock, end: _End) -> bool:
        """Did nothing change up to the due day that this row counts by?"""
        if self.hours and (row.events or row.limit.unit not in DAY_UNITS):
            return False
        return not self.between(row, end.day)

    def between(self, row: OpenClock, end: date) -> list[date]:
        """The changed days from the start to `end`; the day of receipt counts for limits of opening time only (K1)."""
        start = day_of(row.started)
        first = bisect_right(self.days, start) if row.limit.unit in DAY_UNITS else bisect_left(self.days, start)
        return self.days[first : bisect_right(self.days, end)]

    def reason(self, row: OpenClock, first: _End, second: _End) -> str:
        # Days of the year it was received in go without it; days a pause swallowed moved nothing.
        year = day_of(row.started).year
        days = [day for day in self.between(row, max(first.day, second.day)) if not _is_swallowed(day, second, row)]
        words = [f"{_day(day, year)} 由{self._kind(self.old, day)}改为{self._kind(self.new, day)}" for day in days[:SHOWN]]
        if len(days) > SHOWN:
            words.append(f"共 {len(days)} 天变动")
        if not days and self.hours and first.moment != second.moment:
            words.append("开放时间改变")
        return ",".join([*words, self._moved(row, first, second, year)])

    def _kind(self, table: DayTable, day: date) -> str:
        if not table.is_workday(day):
            return "休息日"
        if self.local and day in table.closures:
            return f"停办日({table.closures[day]})"
        return "工作日"

    def _moved(self, row: OpenClock, first: _End, second: _End, year: int) -> str:
        if first.moment == second.moment:
            was, now = ("确定", "暂定") if second.provisional else ("暂定", "确定")
            return f"应办结日 {_day(first.day, year)} 由{was}转为{now}"
        verb = "顺延到" if second.moment > first.moment else "提前到"
        if row.limit.unit in DAY_UNITS and first.day != second.day:
            return f"应办结日由 {_day(first.day, year)} {verb} {_day(second.day, year)}"
        return f"应办结时刻由 {_moment(first.moment, year)} {verb} {_moment(second.moment, year)}"


def recompute(old: DayTable, new: DayTable, rows: Iterable[OpenClock], at: When) -> list[Moved]:
    """The rows whose due moment or provisional mark differs between two tables at `at`, in the order given, each with its reason.

    Reads nothing and changes nothing; with `new` in place of `old` there is nothing left to move. Raises ClockError naming
    the row for a story no clock can have, and DayError like `read`.
    """
    before, after = _Side(old, at), _Side(new, at)
    changes = {local: _Change(old, new, local=local) for local in (False, True)}
    moved = []
    for row in rows:
        change = changes[row.local]
        try:
            first = before.end(row)
            second = after.same_day(row, first) if change.spares(row, first) else after.end(row)
        except ClockError as error:
            raise ClockError(f"{row.key}:{error}") from None
        if first[:3] != second[:3]:
            moved.append(Moved(row.key, first.moment, second.moment, second.provisional, change.reason(row, first, second)))
    return moved


def _is_swallowed(day: date, end: _End, row: OpenClock) -> bool:
    if row.limit.unit not in DAY_UNITS:
        return False
    return any(day_of(start) < day and (stop is None or day <= day_of(stop)) for start, stop in end.pauses)


def _day(day: date, year: int) -> str:
    return f"{day:%m-%d}" if day.year == year else f"{day:%Y-%m-%d}"


def _moment(moment: datetime, year: int) -> str:
    return f"{_day(moment.date(), year)} {moment:%H:%M}"
