"""Counters: what is counted together, in which window, and the step the number reaches (1.3, 1.4; R1, R2, R3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shouwen.rules.scoring.answer import Line
from shouwen.rules.scoring.periods import ROLLING, period_of, window
from shouwen.rules.scoring.plan import Counter, Item, Step
from shouwen.rules.scoring.pricing import Occurrence, quantity
from shouwen.rules.scoring.roster import Roster
from shouwen.rules.scoring.values import ONE, ZERO, as_decimal


@dataclass(slots=True)
class Tally:
    """A counter's state in one window: its value, what it counted, and what it still may reach back to."""

    n: Decimal = ZERO
    days: list[tuple[date, Decimal]] = field(default_factory=list)
    history: list[tuple[Line, Decimal]] = field(default_factory=list)
    since: list[Line] = field(default_factory=list)


class Counting:
    """The tallies of one subject."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.tallies: dict[tuple[str, str | None, str | None], Tally] = {}

    def raise_to(self, counter: Counter, occ: Occurrence, item: Item, line: Line) -> Step | None:
        """Raise a counter by an occurrence, write its value on the line, and find the step it reaches."""
        tally = self.tally(counter, occ, item)
        before = tally.n
        step_up = ONE if counter.counts == "facts" else as_decimal(quantity(counter.counts, occ))
        tally.n = self._raised(counter, tally, occ.day, step_up)
        reached = None
        for step in counter.steps:
            if step.every is not None:
                if tally.n // step.every > before // step.every:
                    reached = step
            elif step.bounds.holds(tally.n):
                reached = step
        if line.n is None or reached is not None:
            line.n, line.counter = tally.n, counter.id
        return reached

    def tally(self, counter: Counter, occ: Occurrence, item: Item) -> Tally:
        """The state a counter keeps for this scope and window."""
        scope = item.id if counter.scope == "item" else (item.section or item.sheet) if counter.scope == "section" else None
        name = counter.window
        fixed = name == "lifetime" or name.startswith(("last_", "consecutive_"))
        key = (counter.id, scope, None if fixed else period_of(name, occ.day).key)
        if key not in self.tallies:
            self.tallies[key] = Tally()
        return self.tallies[key]

    def _raised(self, counter: Counter, tally: Tally, day: date, by: Decimal) -> Decimal:
        """The counter's new value: a sum in its window, or the length of a run of days or periods."""
        name = counter.window
        if name.startswith("consecutive_"):
            return self._run(name.removeprefix("consecutive_").removesuffix("s"), tally, day)
        if ROLLING.match(name):
            from_day = window(name, day)[0]
            tally.days = [(when, amount) for when, amount in tally.days if when >= from_day]
            tally.days.append((day, by))
            return sum((amount for _, amount in tally.days), ZERO)
        return tally.n + by

    def _run(self, kind: str, tally: Tally, day: date) -> Decimal:
        last = tally.days[-1][0] if tally.days else None
        here = period_of(kind, day)
        tally.days = [(day, ONE)]
        if last is None:
            return ONE
        there = period_of(kind, last)
        if here.key == there.key:
            return tally.n
        joined = self.roster.adjoining(last, day) if kind == "day" else (here.first - there.last).days == 1
        return tally.n + 1 if joined else ONE
