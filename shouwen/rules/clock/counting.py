"""Counting in the unit of a limit. A *point* is what the unit counts from: a day, or a minute of local time.

`Days` counts working days and calendar days, `Minutes` counts opening time. Both answer the same questions, so that the story
of a case is told once (`reading.Run`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, cast

from shouwen.rules.clock.story import DAY_UNITS, UNITS, ClockError, Limit, When
from shouwen.rules.workdays import ZONE, DayError, DayTable, local_time

ONE = timedelta(days=1)


class Point(NamedTuple):
    """When a count ends; `provisional` past the last published day (K10)."""

    point: When
    provisional: bool


def day_of(when: When) -> date:
    return local_time(when).date() if isinstance(when, datetime) else when


def minute_of(moment: datetime) -> datetime:
    """Local time without the seconds: 17:30:59 is still 17:30, as on a time card (R12)."""
    return local_time(moment).replace(second=0, microsecond=0)


def due_moment(table: DayTable, due: date, *, local: bool = False) -> datetime:
    """The local moment a limit whose last day is `due` ends: when the hall closes (K4, 民法典 203).

    A statutory limit (`local` false) runs through a local closure and ends at that day's ordinary closing time. A day of rest,
    and a centre that has not set its hours, has no closing time: then the day ends at midnight.
    """
    return table.closes_at(due, local=local) or datetime.combine(due + ONE, time(), ZONE)


def is_before(one: When, other: When) -> bool:
    """Moments are compared as minutes, a day with anything as days."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return minute_of(one) < minute_of(other)
    return day_of(one) < day_of(other)


class Days:
    """Working days or calendar days; a moment counts as its local day, whatever the hour (K3)."""

    def __init__(self, table: DayTable, unit: str, local: bool) -> None:
        self.table, self.unit, self.local = table, unit, local

    def point(self, when: When) -> date:
        return day_of(when)

    def start(self, when: When, n: int) -> tuple[date, int]:
        """Where counting begins, and how much there is."""
        return day_of(when), n

    def amount(self, n: int) -> int:
        """`n` of the limit's unit in what is counted."""
        return n

    def between(self, start: date, end: date) -> int:
        if end <= start:
            return 0
        return (end - start).days if self.unit == "day" else self.table.count(start, end, local=self.local)

    def after(self, start: date, n: int) -> Point:
        due = self.table.add(start, n, local=self.local) if self.unit == "workday" else self._rolled(start, n)
        return Point(*due)

    def _rolled(self, start: date, n: int) -> tuple[date, bool]:
        try:
            return self.table.roll(start + n * ONE, local=self.local)
        except OverflowError:
            raise DayError(f"算出的日期晚于 {self.table.last_day},超出可算范围") from None

    def ends(self, due: date) -> datetime:
        return due_moment(self.table, due, local=self.local)

    def is_past(self, due: date, when: When) -> bool:
        """Had a limit with this last day run out by then? A moment is late from closing on, a day from the next day on (K4)."""
        day = day_of(when)
        if day != due or not isinstance(when, datetime):
            return day > due
        return minute_of(when) > self.ends(due)

    def has_happened(self, when: When, at: When) -> bool:
        return not is_before(at, when)

    def order(self, when: When) -> tuple[date, int]:
        """Events of a day without an hour come after those with one, in the order they were told."""
        if isinstance(when, datetime):
            moment = minute_of(when)
            return moment.date(), moment.hour * 60 + moment.minute
        return when, 1440


class Minutes(Days):
    """Opening time, to the minute; a day without an hour stands for its closing time."""

    def point(self, when: When) -> datetime:
        return minute_of(when) if isinstance(when, datetime) else due_moment(self.table, when, local=self.local)

    def start(self, when: When, n: int) -> tuple[date, int]:
        if self.unit != "same_day":
            return self.point(when), self.amount(n)
        begin = minute_of(when) if isinstance(when, datetime) else datetime.combine(when, time(), ZONE)
        opens = self.table.moment_after(begin, 0, local=self.local)
        return begin, self.table.working_minutes(opens, self.ends(opens.date()), local=self.local)

    def amount(self, n: int) -> int:
        if self.unit == "same_day":
            raise ClockError("当日办结的事项没有可延长或缩短的时限")
        return n * 60 if self.unit == "hour" else n

    def between(self, start: date, end: date) -> int:
        if end <= start:
            return 0
        return self.table.working_minutes(cast(datetime, start), cast(datetime, end), local=self.local)

    def after(self, start: date, n: int) -> Point:
        moment = self.table.moment_after(cast(datetime, start), n, local=self.local)
        return Point(moment, self.table.is_provisional(moment.date()))

    def ends(self, due: date) -> datetime:
        return due if isinstance(due, datetime) else due_moment(self.table, due, local=self.local)

    def is_past(self, due: date, when: When) -> bool:
        return self.point(when) > due

    def has_happened(self, when: When, at: When) -> bool:
        if isinstance(at, datetime):
            return self.point(when) <= minute_of(at)
        return day_of(when) <= at


def counting(table: DayTable, limit: Limit, *, local: bool) -> Days:
    """The counter of a limit's unit. Raises ClockError for a limit that is none."""
    if limit.unit not in UNITS:
        raise ClockError(f"时限单位应为 {'、'.join(UNITS)}:{limit.unit}")
    if limit.n < 0:
        raise ClockError("时限不能为负")
    return (Days if limit.unit in DAY_UNITS else Minutes)(table, limit.unit, local)
