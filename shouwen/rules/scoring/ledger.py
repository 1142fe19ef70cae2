"""Occurrences in order of time become ledger lines: counters, ladders, conversions, once-only and pooled amounts (1.3, 1.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shouwen.rules.scoring.answer import Line, line_of
from shouwen.rules.scoring.counting import Counting
from shouwen.rules.scoring.periods import period_of
from shouwen.rules.scoring.plan import Amount, Counter, Item, Plan, Step
from shouwen.rules.scoring.pooling import added, nothing, together
from shouwen.rules.scoring.pricing import NoTier, Occurrence, Stop, Undecided, Worth, measure, with_value, worth
from shouwen.rules.scoring.roster import Roster, Subject
from shouwen.rules.scoring.sorting import Sorter
from shouwen.rules.scoring.values import ONE, ZERO, plain
from shouwen.rules.scoring.wording import asked

Key = tuple[str, str, str]


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

    def unfilled(self, item: Item, subject: Subject, day: date) -> Line | None:
        """The line of a window in which nobody filled a count that falls short of a number; None when it costs nothing."""
        occ = nothing(subject, item.kinds[0], day)
        if item.amount is None or (item.where is not None and not item.where.holds(occ.get)):
            return None
        line = line_of(item, subject.id)
        line.date = line.book = day
        line.count = ZERO
        try:
            found = worth(with_value(self.plan.values, item.amount, day), occ, full_points(self.plan, item, subject))
        except (NoTier, Undecided):
            return None
        except Stop as stop:
            line.stop = stop.reason
            return line
        line.price, line.units, line.amount = found.price, found.units, found.amount * item.sign
        line.clause, line.note = found.clause or line.clause, "没有记录,按0计"
        return line if line.amount else None

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
        self.counting = Counting(ledger.roster)
        self.pools: dict[tuple[str, str | None], Occurrence] = {}
        self.groups: dict[tuple[str, str | None], list[Occurrence]] = {}
        self.seen: set[tuple[str, str | None]] = set()
        self.gone: dict[tuple[str, str | None], Decimal] = {}
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
        if amount is not None and amount.joined:
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
        """The facts of one window priced as one: their sum, mean, largest, smallest or last."""
        item = group[-1].item
        assert item is not None
        assert item.amount is not None
        self.price(together(group, item.amount.take), item)

    def price(self, occ: Occurrence, item: Item) -> None:
        """Work out one line: its worth, its counters, its place."""
        line = line_of(item, self.code)
        self.ledger.fill(line, occ)
        line.clause = occ.clause or item.clause
        steps = []
        try:
            for counter in item.counters:
                if (step := self.counting.raise_to(counter, occ, item, line)) is not None:
                    steps.append((counter, step))
            if moved := next(((c, s) for c, s in steps if s.then is not None), None):
                if self.convert(*moved, occ, item, line):
                    return
                steps = [(c, s) for c, s in steps if s.then is None]
            self.value(occ, item, line, [step for _, step in steps])
        except Stop as stop:
            line.amount, line.stop = None, stop.reason
            if stop.ask is not None:
                line.stop += asked(f"items.{item.id}.{'add' if item.sign > 0 else 'deduct'}.{stop.ask}")
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
        line.note = ",".join(part for part in (occ.note, found.note or line.note) if part)
        line.factor = found.factor
        if item.amount.whole:
            self.within_marks(item, occ, line)

    def within_marks(self, item: Item, occ: Occurrence, line: Line) -> None:
        """What takes the full marks can take them once: an item of 10 points never loses 20 in one period."""
        marks = full_points(self.plan, item, occ.subject)
        assert line.amount is not None
        if marks is None:
            return
        key = (item.id, self.window("period", item, occ.book))
        gone = self.gone.get(key, ZERO)
        left = max(ZERO, marks - gone)
        self.gone[key] = gone + min(abs(line.amount), left)
        if abs(line.amount) > left:
            line.amount = left * item.sign
            line.note = f"该项满分{plain(marks)}分,{'只剩' + plain(left) + '分' if left else '此前已尽'}"

    def worth(self, occ: Occurrence, item: Item) -> Worth:
        """The worth of an occurrence; a pooled one is worth what it adds to the pool."""
        amount = item.amount
        assert amount is not None
        try:
            amount = with_value(self.plan.values, amount, occ.book)
        except Undecided:
            raise Stop("分值尚未由班子会确定") from None
        points = full_points(self.plan, item, occ.subject)
        if amount.pool is None:
            found = worth(amount, occ, points)
            return _summed(amount, occ, found) if amount.joined and amount.take == "sum" else found
        key = (item.id, self.window(amount.pool, item, occ.day))
        before = self.pools.get(key)
        after = occ if before is None else added(before, occ)
        self.pools[key] = after
        found = worth(amount, after, points)
        if before is not None:
            earlier = worth(amount, before, points)
            found.amount -= earlier.amount
            found.units = max(ZERO, found.units - earlier.units) if found.price == earlier.price else found.units
        return _summed(amount, after, found)

    def window(self, name: str, item: Item, day: date) -> str | None:
        """The key of the window a day falls into."""
        kind = self.plan.sheets[item.sheet].period if name == "period" else name
        return None if kind in {"lifetime", "any"} else period_of(kind, day).key

    def convert(self, counter: Counter, step: Step, occ: Occurrence, item: Item, line: Line) -> bool:
        """Another kind of offence takes over: instead of this one, of all that were counted, or besides. True when this line goes."""
        if step.replaces == "ask":
            where = f"counters.{counter.id}.steps[{counter.steps.index(step)}].replaces"
            raise Stop(f"{step.words}:折算后原来各次是否仍计,制度没有规定{asked(where)}")
        target = replace(occ, kind=step.then or "", count=step.count, clause=None, item=None, source=line.item, note=step.words)
        items = self.plan.by_kind.get((target.kind, target.subject.kind))
        if items is None or not self.ledger.sorter.matched(target, items):
            raise Stop(f"折算成“{step.then}”,但本制度没有对应的项目,须先定值")
        assert target.item is not None
        self.extra.append(target)
        if step.replaces == "all" and step.every is not None:
            tally = self.counting.tally(counter, occ, item)
            for earlier in tally.since:
                self.undo(earlier, occ, step)
            tally.since = []
        self.enter(target, target.item)
        return step.replaces != "none"

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
        tally = self.counting.tally(counter, occ, item)
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


def full_points(plan: Plan, item: Item, subject: Subject) -> Decimal | None:
    """The full marks an item's "all" and "50%" refer to: its own, its section's, or the sheet's."""
    own = item.points.of(subject)
    if own:
        return own
    nodes = plan.sheets[item.sheet].nodes
    index = item.node
    while index >= 0:
        found = nodes[index].points.of(subject)
        if found:
            return found
        index = nodes[index].parent
    return None


def _summed(amount: Amount, occ: Occurrence, found: Worth) -> Worth:
    """The worth of a sum, saying what it came to."""
    measured = amount.per if amount.per != "flat" else amount.by
    total = measure(measured, occ) if measured else None
    if isinstance(total, Decimal):
        found.note = found.note or f"累计{plain(total)}"
    return found
