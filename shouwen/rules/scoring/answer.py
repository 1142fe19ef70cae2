"""What an answer carries: ledger lines, subtotals, totals, consequences, money, and every reason to stop."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shouwen.rules.scoring.leave import Granted
from shouwen.rules.scoring.periods import Period
from shouwen.rules.scoring.plan import Item, Outcome, Readings, Sheet
from shouwen.rules.scoring.roster import Subject


@dataclass(slots=True)
class Line:
    """One entry of a ledger. `amount` is signed, null when it stops.

    `kind`: item (a fact priced), also (fan-out), retro (a counter reaching back), replaced (折算),
    term (another sheet), bound (a floor, cap or limit), weight, round, veto.
    `n` is the counter's value, `times` its multiplier. `readings` are the questions that decided the line.
    """

    kind: str
    subject: str
    sheet: str
    node: int
    title: str
    amount: Decimal | None
    date: datetime.date | None = None
    book: datetime.date | None = None
    fact: str | None = None
    item: str | None = None
    clause: str | None = None
    price: Decimal | None = None
    units: Decimal | None = None
    count: Decimal | None = None
    n: Decimal | None = None
    times: Decimal | None = None
    factor: Decimal | None = None
    counter: str | None = None
    step: str | None = None
    readings: Readings = ()
    note: str = ""
    stop: str | None = None
    source: str | None = None


@dataclass(slots=True)
class Skipped:
    """A fact that does not count, and why."""

    fact: str
    subject: str
    date: datetime.date
    why: str
    pending: bool = False


@dataclass(slots=True)
class Hit:
    """An outcome that follows. `tied` are those who tie with this one for the last place in the quota."""

    outcome: Outcome
    decides: str
    tied: tuple[str, ...] = ()
    place: int | None = None
    certain: bool = True


@dataclass(slots=True)
class Payment:
    """Yuan, two places; None with a `stop`, or with a `note` when no value has been decided yet."""

    id: str
    title: str
    clause: str | None
    amount: Decimal | None
    note: str = ""
    stop: str | None = None
    readings: Readings = ()


@dataclass(slots=True)
class Sums:
    """A node's subtotal: full marks, deductions, bonuses, score after its bounds."""

    points: Decimal
    deducted: Decimal
    added: Decimal
    score: Decimal | None


@dataclass(slots=True)
class Result:
    """One subject on one sheet in one period. `total` is None when it stops or is not assessed.

    `exact` is the unrounded total every comparison uses; `periods` counts the assessed sub-periods.
    """

    subject: Subject
    sheet: Sheet
    period: Period
    lines: list[Line]
    base: Decimal = Decimal(0)
    exact: Decimal | Fraction | None = None
    total: Decimal | None = None
    assessed: bool = True
    periods: int = 1
    sums: dict[int, Sums] = field(default_factory=dict)
    marks: list[Decimal] = field(default_factory=list)
    outcomes: list[Hit] = field(default_factory=list)
    money: list[Payment] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    parts: dict[str, Decimal | Fraction] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """Who, on which sheet, when."""
        return self.subject.id, self.sheet.id, self.period.key

    @property
    def blocked(self) -> bool:
        """Whether posting must wait."""
        return bool(self.stops) or any(payment.stop for payment in self.money)

    @property
    def deducted(self) -> Decimal:
        """Points lost after limits, unsigned."""
        return self.sums[0].deducted if 0 in self.sums else Decimal(0)


@dataclass(slots=True)
class Listing:
    """An outcome over all subjects, ties as a set. `choose` is how many of `tied` a person still picks."""

    outcome: Outcome
    period: Period
    group: str
    selected: list[str]
    tied: list[str]
    choose: int
    stops: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Answer:
    """The whole: results in the order of sheets, periods and roster; listings; stops that belong to nobody."""

    period: Period
    readings: Mapping[str, Any]
    results: list[Result]
    listings: list[Listing] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unconfirmed: tuple[str, ...] = ()
    leaves: list[Granted] = field(default_factory=list)

    def of(self, subject: str, sheet: str | None = None, period: str | None = None) -> Result:
        """The result of a subject; the first that fits. Raises KeyError when there is none."""
        for result in self.results:
            if result.subject.id == subject and sheet in (None, result.sheet.id) and period in (None, result.period.key):
                return result
        raise KeyError((subject, sheet, period))


def line_of(item: Item, subject: str, kind: str = "item") -> Line:
    """An empty line of an item."""
    return Line(
        kind=kind,
        subject=subject,
        sheet=item.sheet,
        node=item.node,
        title=item.title,
        amount=None,
        item=item.id,
        clause=item.clause,
        readings=item.all_readings,
    )
