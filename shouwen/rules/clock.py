"""A case's clock: a limit, its pauses and extensions → what is used, what is left, when it is due, and why.

Pure and told everything: the day table, the events and the day asked about. Days are local `date`s; limits in working
hours and minutes are counted by `DayTable.moment_after` and are not read here. Decisions served (docs/explain/clock.md):
K1 the start day is not counted; K2 the day of a pause still counts, the days after it up to the day of resuming do not;
K3 received on a rest day, day 1 is the next working day; K4 the last day of a calendar limit rolls to a working day;
K6 only what the caller lets through pauses; K9 `local` skips the days this centre has declared closed; K10 provisional.
Clauses: "3.3" (each matter within its prescribed time).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shouwen.rules.workdays import DayTable, Due

CLAUSE = "3.3"
UNITS = ("workday", "day")
KINDS = ("pause", "resume", "extend")
ONE = timedelta(days=1)


class ClockError(ValueError):
    """A story no clock can have (resumed without a pause, before it was received); the message is Chinese, ready to show."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`n` working days, or calendar days where a law says so (K5)."""

    n: int
    unit: str = "workday"


@dataclass(frozen=True, slots=True)
class Event:
    """pause or resume on a day, or an extension by `n` units asked for on a day."""

    kind: str
    date: date
    n: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One calendar day of the ruler on the case page: start, counted, pause, rest, ahead, due or late."""

    date: date
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says on a day.

    `used` counts up to the day asked about or the due date; `left` is limit plus extensions minus used; `due` while paused is
    the date if resumed that day; `overdue_by` are the working days after the due date, pauses then ignored; `refused` are
    the events that came after the limit had run out and changed nothing (K2).
    """

    used: int
    left: int
    due: date
    state: str
    overdue_by: int
    provisional: bool
    refused: tuple[Event, ...]
    pauses: tuple[tuple[date, date | None], ...]


class _Count:
    """Counting in the unit of the limit: days between, and the day after so many."""

    def __init__(self, table: DayTable, unit: str, local: bool) -> None:
        self.table, self.unit, self.local = table, unit, local

    def between(self, start: date, end: date) -> int:
        if end <= start:
            return 0
        return (end - start).days if self.unit == "day" else self.table.count(start, end, local=self.local)

    def after(self, start: date, n: int) -> Due:
        if self.unit == "day":
            return self.table.roll(start + n * ONE, local=self.local)
        return self.table.add(start, n, local=self.local)


class _Run:
    """The story so far: what is used up to `since`, from which day counting goes on, whether it is paused or over."""

    def __init__(self, count: _Count, received: date, n: int) -> None:
        self.count, self.budget, self.used, self.since = count, n, 0, received
        self.paused: date | None = None
        self.pauses: list[tuple[date, date | None]] = []
        self.refused: list[Event] = []

    @property
    def due(self) -> Due:
        return self.count.after(self.since, self.budget - self.used)

    def is_over(self, day: date) -> bool:
        """Had the limit run out before that day?"""
        return self.paused is None and self.due.date < day

    def take(self, event: Event) -> None:
        if self.is_over(event.date):
            self.refused.append(event)
        elif event.kind == "extend":
            self.budget += event.n
        elif event.kind == "pause":
            self._pause(event)
        else:
            self._resume(event)

    def _pause(self, event: Event) -> None:
        if self.paused is not None:
            raise ClockError(f"{event.date} 已在暂停中,不能再次暂停")
        used = self.used + self.count.between(self.since, event.date)
        if used >= self.budget:
            # The pause day itself still counts, and with it the limit is used up: there is nothing left to pause.
            self.refused.append(event)
            return
        self.used, self.paused = used, event.date
        self.since = max(self.since, event.date)

    def _resume(self, event: Event) -> None:
        if self.paused is None:
            if self.refused and self.refused[-1].kind == "pause":
                self.refused.append(event)
                return
            raise ClockError(f"{event.date} 没有在暂停,不能恢复")
        if event.date > self.paused:
            self.pauses.append((self.paused, event.date))
            self.since = max(self.since, event.date)
        self.paused = None


def read(table: DayTable, received: date, limit: Limit, events: Sequence[Event], at: date, *, local: bool = False) -> Reading:
    """What the clock of a matter received on `received` says on the day `at`; events after `at` have not happened yet.

    Raises ClockError for a story no clock can have and DayError for dates the table does not reach.
    """
    if limit.unit not in UNITS:
        raise ClockError(f"时限单位应为 {'、'.join(UNITS)}:{limit.unit}")
    if limit.n < 0:
        raise ClockError("时限不能为负")
    if at < received:
        raise ClockError("查看的日期早于收件日期")
    count = _Count(table, limit.unit, local)
    run = _Run(count, received, limit.n)
    for event in sorted(events, key=lambda one: one.date):
        if event.date < received or event.kind not in KINDS or event.n < 0:
            raise ClockError(f"事件不合理:{event.kind} {event.date}")
        if event.date <= at:
            run.take(event)
    if run.paused is not None:
        due = count.after(at, run.budget - run.used)
        pauses = (*run.pauses, (run.paused, None))
        return Reading(run.used, run.budget - run.used, due.date, "paused", 0, due.provisional, tuple(run.refused), pauses)
    due = run.due
    used = min(run.budget, run.used + count.between(run.since, at))
    late = at > due.date
    return Reading(
        used=used,
        left=run.budget - used,
        due=due.date,
        state="overdue" if late else "running",
        overdue_by=table.count(due.date, at, local=local) if late else 0,
        provisional=due.provisional,
        refused=tuple(run.refused),
        pauses=tuple(run.pauses),
    )


def ruler(table: DayTable, received: date, reading: Reading, at: date, *, local: bool = False) -> list[Mark]:
    """One mark a calendar day from the day received to the due date or `at`, whichever is later (L13: the arithmetic, shown)."""
    marks, day, last = [Mark(received, "start")], received + ONE, max(reading.due, at)
    while day <= last:
        marks.append(Mark(day, _kind(table, day, reading, at, local)))
        day += ONE
    return marks


def _kind(table: DayTable, day: date, reading: Reading, at: date, local: bool) -> str:
    if day == reading.due:
        return "due"
    if not table.is_workday(day, local=local):
        return "rest"
    if day > reading.due:
        return "late"
    if any(start < day <= (end or at) for start, end in reading.pauses):
        return "pause"
    return "counted" if day <= at else "ahead"
