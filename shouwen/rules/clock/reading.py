"""The story of one clock, told event by event, and what the clock says when asked.

K1 the start day is not counted; K2 the day of a pause still counts, the days after it up to the day of resuming do not, and
what is asked for after the limit ran out is refused; K3 received on a rest day, day 1 is the next working day; K4 the last
day ends when the hall closes, and a calendar limit rolls to a working day; K5 units; K9 `local` skips the days this centre
has declared closed; K10 provisional; K11 expedite. Clauses: "3.3" (each matter within its time), "3.4" (urgent matters).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from shouwen.rules.clock.counting import Days, Point, counting, day_of, is_before
from shouwen.rules.clock.story import (
    BOTH,
    CLOCKS,
    DAY_UNITS,
    KINDS,
    PROMISED,
    STATUTORY,
    ClockError,
    Event,
    Limit,
    Reading,
    When,
)
from shouwen.rules.workdays import DayTable


class Run:
    """The story so far: what is used up to `since`, from which point counting goes on, whether it is paused or over."""

    def __init__(self, count: Days, received: When, limit: Limit) -> None:
        self.count, self.used, self.renewed = count, 0, 0
        self.since, self.budget = count.start(received, limit.n)
        self.paused: When | None = None
        self.pauses: list[tuple[When, When | None]] = []
        self.refused: list[Event] = []
        self._refused_pauses = 0

    @property
    def due(self) -> Point:
        return self.count.after(self.since, self.budget - self.used)

    def used_by(self, point: date) -> int:
        """Counted up to that point; nothing is counted after the limit is used up."""
        if self.paused is not None:
            return self.used
        return min(self.budget, self.used + self.count.between(self.since, point))

    def is_over(self, when: When) -> bool:
        """Had the limit run out before that?"""
        return self.paused is None and self.count.is_past(self.due.point, when)

    def take(self, event: Event) -> None:
        if event.kind == "resume":
            self._resume(event)
        elif self.is_over(event.when):
            self._refuse(event)
        elif event.kind == "pause":
            self._pause(event)
        elif event.kind == "extend":
            self._renew(event, self.budget + self.count.amount(event.n))
        else:
            self._expedite(event)

    def _refuse(self, event: Event) -> None:
        self.refused.append(event)
        self._refused_pauses += event.kind == "pause"

    def _pause(self, event: Event) -> None:
        if self.paused is not None:
            raise ClockError(f"{day_of(event.when)} 已在暂停中,不能再次暂停")
        point = self.count.point(event.when)
        used = self.used_by(point)
        if used >= self.budget:
            # The day of a pause still counts, and with it the limit is used up: there is nothing left to pause.
            self._refuse(event)
            return
        self.used, self.paused, self.since = used, event.when, max(self.since, point)

    def _resume(self, event: Event) -> None:
        if self.paused is None:
            if not self._refused_pauses:
                raise ClockError(f"{day_of(event.when)} 没有在暂停,不能恢复")
            self._refused_pauses -= 1
            self.refused.append(event)
            return
        point = self.count.point(event.when)
        if point > self.since:
            self.pauses.append((self.paused, event.when))
            self.since = point
        self.paused = None

    def _expedite(self, event: Event) -> None:
        budget = self.count.amount(event.n)
        if not 0 < budget < self.budget:
            raise ClockError("急办只能缩短承诺时限")
        if budget < self.used_by(self.count.point(event.when)):
            raise ClockError("急办的时限短于已用的时间")
        self._renew(event, budget)

    def _renew(self, event: Event, budget: int) -> None:
        self.renewed, self.budget = self.used_by(self.count.point(event.when)), budget


def tell(count: Days, received: When, limit: Limit, events: Iterable[Event], at: When) -> Run:
    """The story up to `at`; later events have not happened yet. Raises ClockError for one no clock can have."""
    run = Run(count, received, limit)
    which = PROMISED if count.local else STATUTORY
    waiting = []
    for event in events:
        _check(event, received)
        touched = event.clock in (BOTH, which) and (event.kind != "expedite" or which == PROMISED)
        if touched and count.has_happened(event.when, at):
            waiting.append(event)
    if len(waiting) > 1:
        waiting.sort(key=lambda one: count.order(one.when))
    for event in _in_turn(run, waiting):
        run.take(event)
    return run


def _check(event: Event, received: When) -> None:
    if event.kind not in KINDS or event.clock not in CLOCKS or event.n < 0:
        raise ClockError(f"事件不合理:{event.kind} {day_of(event.when)}")
    if is_before(event.when, received):
        raise ClockError(f"{event.words}({day_of(event.when)})早于收件")


def _in_turn(run: Run, events: list[Event]) -> Iterator[Event]:
    """One after another; of two things done at the same time while paused, resuming comes before the next pause."""
    while events:
        first = events[0]
        index = 0
        if first.kind == "pause" and run.paused is not None:
            same = [n for n, one in enumerate(events) if one.when == first.when and one.kind == "resume"]
            index = same[0] if same else 0
        yield events.pop(index)


def read(table: DayTable, received: When, limit: Limit, events: Sequence[Event], at: When, *, local: bool = False) -> Reading:
    """What the clock of a matter received on `received` says at `at`; events after `at` have not happened yet.

    `received`, `at` and the events are days, or aware moments of any zone. `local` makes it the promised clock: it skips the
    centre's closed days (K9) and obeys `expedite` (K11). Raises ClockError for a story no clock can have and DayError for
    dates the table does not reach or opening hours it does not know.
    """
    count = counting(table, limit, local=local)
    if is_before(at, received):
        raise ClockError("查看的时间早于收件")
    run = tell(count, received, limit, events, at)
    now = count.point(at)
    if run.paused is not None:
        point, provisional = count.after(max(now, run.since), run.budget - run.used)
        pauses: list[tuple[When, When | None]] = [*run.pauses, (run.paused, None)]
        late, used = False, run.used
    else:
        point, provisional = run.due
        pauses, late, used = run.pauses, count.is_past(point, at), run.used_by(now)
    due = day_of(point)
    return Reading(
        limit=limit,
        budget=run.budget,
        used=used,
        left=run.budget - used,
        due=due,
        due_at=count.ends(point),
        state="overdue" if late else "paused" if run.paused is not None else "running",
        overdue_by=table.count(due, day_of(at), local=local) if late else 0,
        provisional=provisional,
        refused=tuple(run.refused),
        pauses=tuple(pauses),
        since=run.since,
        used_before=run.used,
        renewed=run.renewed,
        local=local,
        overdue_minutes=count.between(point, now) if late and limit.unit not in DAY_UNITS else 0,
    )
