"""The whole assessment: sheets in the order they need each other, outcomes, money, and questions left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shouwen.rules.scoring import money, outcomes, terms
from shouwen.rules.scoring.answer import Answer, Line, Listing, Result, Skipped
from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.fanout import fan_out
from shouwen.rules.scoring.leave import granted
from shouwen.rules.scoring.ledger import Ledger
from shouwen.rules.scoring.periods import Period, inside
from shouwen.rules.scoring.plan import Plan, Sheet
from shouwen.rules.scoring.roster import Roster, Subject
from shouwen.rules.scoring.sorting import Sorter
from shouwen.rules.scoring.totals import finish, full_marks, settle
from shouwen.rules.scoring.values import ZERO


@dataclass(frozen=True, slots=True)
class Posted:
    """A result that stands and is never worked out again: what was posted, with the outcomes it had.

    `total` None means the period was not assessed.
    """

    subject: str
    sheet: str
    period: str
    total: Decimal | None
    outcomes: frozenset[str] = frozenset()


@dataclass(slots=True)
class Scoring:
    """One plan at work on one roster. Results are worked out when asked for, each once."""

    plan: Plan
    roster: Roster
    period: Period
    facts: Iterable[Fact]
    posted: Mapping[tuple[str, str, str], Posted] = field(default_factory=dict)
    through: date | None = None
    memo: dict[tuple[str, str], dict[str, Result]] = field(default_factory=dict)
    hits: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    sorter: Sorter = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        horizon = self.period.last if self.through is None else min(self.period.last, self.through)
        self.sorter = Sorter(self.plan, self.roster, horizon)
        self.sorter.sort(self.facts)
        self.sorter.merge_events()
        self.sorter.spread()
        self.ledger = Ledger(self.plan, self.roster, self.sorter)
        self.ledger.post()
        fan_out(self.ledger)

    def answer(self) -> Answer:
        """Every sheet of every period inside the asked one, then outcomes, then money."""
        asked = [(sheet, period) for sheet in self.plan.sheets.values() for period in self.periods(sheet)]
        results = [result for sheet, period in asked for result in self.results(sheet.id, period).values()]
        for sheet, period in asked:
            for outcome in sheet.outcomes:
                outcomes.judge(self, outcome, period)
        for result in results:
            outcomes.attach(self, result)
            if result.sheet.money:
                money.pay(self, result)
        self.listings = [one for one in self.listings if (self.plan.sheets[one.outcome.sheet], one.period) in asked]
        if not results:
            names = "、".join(dict.fromkeys(f"{sheet.title}按{sheet.period}" for sheet in self.plan.sheets.values()))
            self.stops.append(f"期间 {self.period.key} 内没有可考核的对象或完整期间({names})")
        self._strays({(r.subject.id, r.sheet.id, r.period.key) for r in results})
        skipped = [one for rows in self.sorter.skipped.values() for one in rows]
        leaves = list(granted(self.plan, self.roster))
        self.stops.extend(f"{one.leave.subject} {one.leave.first}起{one.stop}" for one in leaves if one.stop)
        stops = [*self.sorter.stops, *self.stops]
        return Answer(self.period, self.plan.answers, results, self.listings, stops, skipped, leaves=leaves)

    def periods(self, sheet: Sheet) -> tuple[Period, ...]:
        """The periods of a sheet to work out: those inside the asked one that have begun."""
        if sheet.period == "any":
            return (self.period,)
        found = inside(self.period, sheet.period) if self.period.kind != sheet.period else (self.period,)
        return tuple(one for one in found if self.through is None or one.first <= self.through)

    def _strays(self, seen: set[tuple[str, str, str]]) -> None:
        """Lines that belong to a period or sheet nobody stands in must not vanish."""
        for (code, sheet, key), lines in self.ledger.lines.items():
            if (code, sheet, key) in seen or not any(line.book and self.period.holds(line.book) for line in lines):
                continue
            if not any(period.key == key for period in self.periods(self.plan.sheets[sheet])) and key != "any":
                continue
            subject = self.roster.any(code)
            if subject is not None and not self.plan.sheets[sheet].takes(subject):
                for line in lines:
                    if line.date and line.fact:
                        self.sorter.skipped.setdefault(code, []).append(
                            Skipped(line.fact, code, line.date, f"不参加“{self.plan.sheets[sheet].title}”")
                        )
            else:
                self.stops.append(f"{code} 在 {key} 不在岗,却有事实 {'、'.join(str(line.fact) for line in lines)}")

    def results(self, name: str, period: Period) -> dict[str, Result]:
        """All results of a sheet in a period, by subject."""
        key = (name, period.key)
        if key not in self.memo:
            sheet = self.plan.sheets[name]
            self.memo[key] = {}
            found = self.memo[key]
            for code in self.roster.rows:
                subject = self.roster.at(code, period)
                if subject is not None and sheet.takes(subject):
                    found[code] = self.result(sheet, subject, period)
        return self.memo[key]

    def result(self, sheet: Sheet, subject: Subject, period: Period) -> Result:
        """One subject, one sheet, one period."""
        key = period.key if sheet.period != "any" else "any"
        lines = self.ledger.lines.get((subject.id, sheet.id, key))
        result = Result(subject, sheet, period, lines[:] if lines else [])
        if (posted := self.posted.get((subject.id, sheet.id, period.key))) is not None:
            return self._as_posted(result, posted)
        try:
            marks = sheet.marks or full_marks(sheet, subject)
        except LookupError as missing:
            result.stops.append(str(missing))
            return result
        result.marks = marks
        if not sheet.terms and not self.assessed(subject, period):
            return self._away(result, marks[0])
        self._unfilled(result)
        result.stops.extend(f"{line.title}({line.fact or line.date}):{line.stop}" for line in result.lines if line.stop)
        self._required(result)
        settle(result, marks)
        added = terms.bring_in(self, result) if sheet.terms else []
        if not result.assessed:
            return result
        finish(result, added)
        if sheet.vetoes:
            outcomes.veto(self, result)
        if result.stops:
            result.total = result.exact = None
        return result

    def _as_posted(self, result: Result, posted: Posted) -> Result:
        result.exact = result.total = posted.total
        result.assessed = posted.total is not None or bool(posted.outcomes)
        result.periods = 1 if result.assessed else 0
        result.flags.append("posted")
        return result

    def _required(self, result: Result) -> None:
        """An item that must have a fact and has none is a missing value."""
        for item in result.sheet.required:
            if not any(line.item == item.id for line in result.lines):
                result.stops.append(f"缺少“{item.title}”的数据")

    def _unfilled(self, result: Result) -> None:
        """A count that must reach a number and has no fact at all in its window was zero."""
        for item in result.sheet.tallied:
            assert item.amount is not None
            pool = item.amount.pool
            for part in inside(result.period, result.period.kind if pool in {None, "period"} else str(pool)):
                day = part.last if self.through is None else min(part.last, self.through)
                filled = any(line.item == item.id and line.date and part.holds(line.date) for line in result.lines)
                if filled or day < part.first or not self.assessed(result.subject, part):
                    continue
                if (line := self.ledger.unfilled(item, result.subject, day)) is not None:
                    result.lines.append(line)

    def assessed(self, subject: Subject, period: Period) -> bool:
        """Whether the subject has at least one assessed working day in the period."""
        days = subject.assessed.get(period.key)
        if days is not None:
            return days > 0
        first, last = subject.first, subject.last
        if (first is None or first <= period.first) and (last is None or last >= period.last):
            return True
        day = max(period.first, first or period.first)
        end = min(period.last, last or period.last)
        while day <= end:
            if self.roster.worked(day):
                return True
            day = date.fromordinal(day.toordinal() + 1)
        return False

    def _away(self, result: Result, base: Decimal) -> Result:
        """A whole period away (R8): not assessed, full marks, or zero."""
        how = result.sheet.unassessed
        result.flags.append("away")
        if how == "skip":
            result.assessed, result.periods = False, 0
            if any(line.amount != 0 for line in result.lines):
                result.stops.append("整期不考核,却有应记的分,须由人决定")
            return result
        result.lines = []
        result.base = base
        result.exact = result.total = base if how == "full" else ZERO
        if how == "zero" and base:
            node = result.sheet.nodes[0]
            result.lines.append(
                Line(
                    "veto",
                    result.subject.id,
                    result.sheet.id,
                    0,
                    node.title,
                    -base,
                    readings=result.sheet.readings,
                    note="整期请假按零分计",
                )
            )
        return result


def posted_index(rows: Iterable[Posted]) -> dict[tuple[str, str, str], Posted]:
    """Posted results by (subject, sheet, period)."""
    return {(row.subject, row.sheet, row.period): row for row in rows}
