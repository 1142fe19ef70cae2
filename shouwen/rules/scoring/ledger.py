"""Occurrences in order of time become ledger lines: counters, ladders, conversions, once-only and pooled amounts (1.3, 1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shouwen.rules.scoring.answer import Line, line_of
from shouwen.rules.scoring.periods import ROLLING, period_of, window
from shouwen.rules.scoring.plan import Counter, Item, Plan, Step
from shouwen.rules.scoring.pricing import Occurrence, Stop, Undecided, Worth, measure, quantity, with_value, worth
from shouwen.rules.scoring.roster import Roster
from shouwen.rules.scoring.sorting import Sorter
from shouwen.rules.scoring.values import ONE, ZERO, as_decimal, key_text, number, plain

Key = tuple[str, str, str]
POOLED = ("count", "minutes", "days", "value")


@dataclass(slots=True)
class Tally:
    """A counter's state in one window: its value, what it counted, and what it still may reach back to."""

    n: Decimal = ZERO
    days: list[tuple[date, Decimal]] = field(default_factory=list)
    history: list[tuple[Line, Decimal]] = field(default_factory=list)
    since: list[Line] = field(default_factory=list)


class Ledger:
    """All lines of all subjects, by (subject, sheet, period)."""

    def __init__(self, plan: Plan, roster: Roster, sorter: Sorter) -> None:
        self.plan = plan
        self.roster = roster
        self.sorter = sorter
        self.lines: dict[Key, list[Line]] = {}
        self.kind_sheets: dict[str, list[str]] = {}
        self.occurrences: dict[str, list[Occurrence]] = sorter.by_subject
        self.periods = {name: sheet.period for name, sheet in plan.sheets.items()}

    def write(self, line: Line) -> None:
        """Put a line into the period of its day."""
        kind = self.periods[line.sheet]
        assert line.book is not None
        key = (line.subject, line.sheet, kind if kind == "any" else period_of(kind, line.book).key)
        if key in self.lines:
            self.lines[key].append(line)
        else:
            self.lines[key] = [line]

    def post(self) -> None:
        """Price every subject's occurrences in order of time."""
        for code, found in self.occurrences.items():
            Timeline(self, code).run(found)

    def halt(self, occ: Occurrence, reason: str) -> None:
        """A line that stops: on the item's sheet, or on every sheet that could have priced it."""
        if occ.item is not None:
            line = line_of(occ.item, occ.subject.id)
            self.fill(line, occ)
            line.stop = reason
            self.write(line)
            return
        for sheet in self.sheets_of(occ.subject.kind):
            line = Line("item", occ.subject.id, sheet, 0, occ.kind, None, clause=occ.clause)
            self.fill(line, occ)
            line.stop = reason
            self.write(line)

    def fill(self, line: Line, occ: Occurrence) -> None:
        """What a line takes from its occurrence."""
        line.date, line.book, line.fact, line.count, line.source = occ.day, occ.book, occ.fact.id, occ.count, occ.source
        if occ.readings:
            line.readings = (*line.readings, *(name for name in occ.readings if name not in line.readings))

    def sheets_of(self, kind: str) -> list[str]:
        """Sheets that price facts of a kind of subject; all sheets of that kind when none has items."""
        if kind not in self.kind_sheets:
            having = {item.sheet for item in self.plan.items.values()}
            mine = [name for name, sheet in self.plan.sheets.items() if kind in sheet.kinds]
            self.kind_sheets[kind] = [name for name in mine if name in having] or mine
        return self.kind_sheets[kind]


class Timeline:
    """One subject's occurrences, with the state of every counter."""

    def __init__(self, ledger: Ledger, code: str) -> None:
        self.ledger = ledger
        self.plan = ledger.plan
        self.code = code
        self.tallies: dict[tuple[str, str | None, str | None], Tally] = {}
        self.pools: dict[tuple[str, str | None], Occurrence] = {}
        self.groups: dict[tuple[str, str | None], list[Occurrence]] = {}
        self.seen: set[tuple[str, str | None]] = set()
        self.extra: list[Occurrence] = []
        self.settled: dict[int, Decimal] = {}

    def run(self, found: list[Occurrence]) -> None:
        """Enter all, then the combined ones."""
        write = self.ledger.write
        for occ in found:
            item = occ.item
            if item is not None and item.simple is not None and occ.stop is None:
                line = Line(
                    "item",
                    self.code,
                    item.sheet,
                    item.node,
                    item.title,
                    item.simple * occ.count * item.sign,
                    occ.day,
                    occ.book,
                    occ.fact.id,
                    item.id,
                    occ.clause or item.clause,
                    item.simple,
                    occ.count,
                    occ.count,
                    readings=item.all_readings,
                )
                if occ.readings or occ.source:
                    self.ledger.fill(line, occ)
                write(line)
            elif occ.stop is not None:
                self.ledger.halt(occ, occ.stop)
            elif item is not None:
                self.enter(occ, item)
        for group in self.groups.values():
            self.combine(group)
        found.extend(self.extra)

    def enter(self, occ: Occurrence, item: Item) -> None:
        """One occurrence: once-only, combined and split ones are sorted out, the rest is priced."""
        amount = item.amount
        if amount is not None and amount.once is not None:
            key = (item.id, self.window(amount.once, item, occ.day))
            if key in self.seen:
                self.ledger.sorter.skip(occ.fact, f"“{item.title}”同一期间只计一次")
                return
            self.seen.add(key)
            occ = replace(occ, count=min(occ.count, ONE))
        if amount is not None and amount.take != "sum":
            self.groups.setdefault((item.id, self.window(amount.pool or "period", item, occ.day)), []).append(occ)
            return
        whole = amount is None or (amount.per == "count" and amount.pool is None)
        if occ.count > 1 and item.counters and whole and any(c.counts == "count" for c in item.counters):
            left = occ.count
            while left > 0:
                self.price(replace(occ, count=min(left, ONE)), item)
                left -= 1
            return
        self.price(occ, item)

    def combine(self, group: list[Occurrence]) -> None:
        """Several facts of one period taken as one: their mean, largest, smallest or last."""
        last = group[-1]
        assert last.item is not None
        assert last.item.amount is not None
        take = last.item.amount.take
        merged = replace(last, count=ONE)
        for name in ("value", "minutes", "days"):
            numbers = [(getattr(occ, name), occ.count) for occ in group if getattr(occ, name) is not None]
            if not numbers or take == "last":
                continue
            if take == "mean":
                total = sum(Fraction(value) * Fraction(count) for value, count in numbers)
                setattr(merged, name, as_decimal(total / Fraction(sum(count for _, count in numbers))))
            else:
                setattr(merged, name, (max if take == "max" else min)(value for value, _ in numbers))
        self.price(merged, last.item)

    def price(self, occ: Occurrence, item: Item) -> None:
        """Work out one line: its worth, its counters, its place."""
        line = line_of(item, self.code)
        self.ledger.fill(line, occ)
        line.clause = occ.clause or item.clause
        steps = []
        try:
            for counter in item.counters:
                if (step := self.count(counter, occ, item, line)) is not None:
                    steps.append((counter, step))
            if moved := next(((c, s) for c, s in steps if s.then is not None), None):
                if self.convert(moved[1], occ, line):
                    return
                steps = [(c, s) for c, s in steps if s.then is None]
            self.value(occ, item, line, [step for _, step in steps])
        except Stop as stop:
            line.amount, line.stop = None, stop.reason
        self.ledger.write(line)
        for counter in item.counters:
            self.remember(counter, item, line, occ)

    def value(self, occ: Occurrence, item: Item, line: Line, steps: list[Step]) -> None:
        """Price and amount of a line, after its steps."""
        if item.amount is None:
            line.amount = ZERO
            return
        fixed = next((step for step in reversed(steps) if step.each is not None), None)
        if fixed is not None:
            if not isinstance(fixed.each, Decimal):
                raise Stop(f"{fixed.words or '此档'},制度没有规定分值,须先定值")
            found = Worth(fixed.each, occ.count, fixed.each * occ.count)
        else:
            found = self.worth(occ, item)
        times = ONE
        for step in steps:
            times *= step.times if step.times is not None else ONE
            line.step = step.words if line.step is None else f"{line.step},{step.words}"
        line.price, line.units = found.price, found.units
        line.times = times if item.counters else None
        line.amount = found.amount * times * item.sign
        line.clause = found.clause or line.clause
        line.note = found.note or line.note

    def worth(self, occ: Occurrence, item: Item) -> Worth:
        """The worth of an occurrence; a pooled one is worth what it adds to the pool."""
        amount = item.amount
        assert amount is not None
        try:
            amount = with_value(self.plan.values, amount, occ.book)
        except Undecided:
            raise Stop("分值尚未由班子会确定") from None
        points = self.points(item, occ)
        if amount.pool is None:
            return worth(amount, occ, points)
        key = (item.id, self.window(amount.pool, item, occ.day))
        before = self.pools.get(key)
        after = replace(occ)
        if before is not None:
            for name in POOLED:
                mine, theirs = getattr(occ, name), getattr(before, name)
                if mine is not None and theirs is not None:
                    setattr(after, name, mine + theirs)
        self.pools[key] = after
        found = worth(amount, after, points)
        if before is not None:
            earlier = worth(amount, before, points)
            found.amount -= earlier.amount
            found.units = max(ZERO, found.units - earlier.units) if found.price == earlier.price else found.units
        measured = amount.per if amount.per not in {"flat", "facts"} else amount.by
        total = measure(measured, after) if measured else None
        if isinstance(total, Decimal):
            found.note = found.note or f"累计{plain(total)}"
        return found

    def points(self, item: Item, occ: Occurrence) -> Decimal | None:
        """The full marks an item's "all" refers to: its own, its section's, or the sheet's."""
        own = item.points.of(occ.subject)
        if own:
            return own
        nodes = self.plan.sheets[item.sheet].nodes
        index = item.node
        while index >= 0:
            found = nodes[index].points.of(occ.subject)
            if found:
                return found
            index = nodes[index].parent
        return None

    def window(self, name: str, item: Item, day: date) -> str | None:
        """The key of the window a day falls into."""
        kind = self.plan.sheets[item.sheet].period if name == "period" else name
        return None if kind in {"lifetime", "any"} else period_of(kind, day).key

    def count(self, counter: Counter, occ: Occurrence, item: Item, line: Line) -> Step | None:
        """Raise a counter and find the step it reaches."""
        tally = self.tally(counter, occ, item)
        before = tally.n
        step_up = ONE if counter.counts == "facts" else _decimal(quantity(counter.counts, occ))
        tally.n = self.raised(counter, tally, occ.day, step_up)
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

    def raised(self, counter: Counter, tally: Tally, day: date, by: Decimal) -> Decimal:
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
        joined = self.ledger.roster.adjoining(last, day) if kind == "day" else (here.first - there.last).days == 1
        return tally.n + 1 if joined else ONE

    def convert(self, step: Step, occ: Occurrence, line: Line) -> bool:
        """Another kind of offence takes over: instead of this one, of all that were counted, or besides. True when this line goes."""
        if step.replaces == "ask":
            raise Stop(f"{step.words}:折算后原来各次是否仍计,制度没有规定")
        target = replace(occ, kind=step.then or "", count=step.count, clause=None, item=None, source=line.item)
        items = self.plan.by_kind.get((target.kind, target.subject.kind))
        if items is None or not self.ledger.sorter.matched(target, items):
            raise Stop(f"折算成“{step.then}”,但本制度没有对应的项目,须先定值")
        assert target.item is not None
        self.extra.append(target)
        if step.replaces == "all" and step.every is not None:
            tally = self.tallies[self._key_of(line, occ)]
            for earlier in tally.since:
                self.undo(earlier, occ, step)
            tally.since = []
        self.enter(target, target.item)
        return step.replaces != "none"

    def _key_of(self, line: Line, occ: Occurrence) -> tuple[str, str | None, str | None]:
        assert occ.item is not None
        counter = next(c for c in occ.item.counters if c.id == line.counter)
        scope = (
            occ.item.id
            if counter.scope == "item"
            else (occ.item.section or occ.item.sheet)
            if counter.scope == "section"
            else None
        )
        fixed = counter.window == "lifetime" or counter.window.startswith(("last_", "consecutive_"))
        return counter.id, scope, None if fixed else period_of(counter.window, occ.day).key

    def undo(self, earlier: Line, occ: Occurrence, step: Step) -> None:
        """Take back a line that a conversion swallowed: in place in the same period, else by a line of its own."""
        if not earlier.amount:
            return
        self.adjust(earlier, ZERO, occ, f"{step.words},原扣分不再计", "replaced")

    def adjust(self, earlier: Line, amount: Decimal, occ: Occurrence, note: str, kind: str) -> None:
        """Change what an earlier line is worth. A period already past is never rewritten: the difference is a line now."""
        period = self.ledger.periods[earlier.sheet]
        assert earlier.book is not None
        assert earlier.amount is not None
        if period == "any" or period_of(period, earlier.book) == period_of(period, occ.book):
            earlier.amount, earlier.note = amount, note
            return
        line = replace(
            earlier, kind=kind, amount=amount - earlier.amount, book=occ.book, note=f"{earlier.date}一次:{note}", step=None
        )
        self.ledger.write(line)

    def remember(self, counter: Counter, item: Item, line: Line, occ: Occurrence) -> None:
        """Keep what a later step may reach back to, and reach back when the counter says so."""
        needs_since = any(step.every is not None for step in counter.steps)
        if line.amount is None or not (counter.retroactive or needs_since):
            return
        tally = self.tally(counter, occ, item)
        tally.since.append(line)
        if not counter.retroactive:
            return
        step = next((s for s in reversed(counter.steps) if s.every is None and s.bounds.holds(tally.n)), None)
        base = line.amount / line.times if line.times else line.amount
        for earlier, plain_amount in tally.history if step is not None else ():
            assert step is not None
            wanted = plain_amount * step.times if step.times is not None else plain_amount
            if isinstance(step.each, Decimal):
                wanted = step.each * (earlier.units or ONE) * item.sign
            if earlier.amount is not None and wanted != self.settled.get(id(earlier), earlier.amount):
                self.adjust(earlier, wanted, occ, f"累计第{plain(tally.n)}次,{step.words},追溯前次", "retro")
                self.settled[id(earlier)] = wanted
        tally.history.append((line, base))


def _decimal(value: object) -> Decimal:
    found = number(value) if not isinstance(value, Decimal) else value
    if found is None:
        raise Stop(f"计数用的数“{key_text(value)}”不是确切的数")
    return found
