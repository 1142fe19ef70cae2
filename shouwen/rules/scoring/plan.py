"""A rulebook made ready for work: every switch decided, every number a Decimal, every name a direct reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.values import ONE, ZERO, Bounds, key_text, number

Readings = tuple[str, ...]
Values = dict[str, list[tuple[Decimal, date, date | None, Any]]]


@dataclass(frozen=True, slots=True)
class Where:
    """A filter on named attributes: each must hold."""

    tests: tuple[tuple[str, Bounds], ...]

    def holds(self, get: Any) -> bool:
        """Whether every test holds; `get` reads an attribute by name."""
        return all(bounds.holds(as_measure(get(name), bounds)) for name, bounds in self.tests)


def as_measure(value: object, bounds: Bounds) -> object:
    """A value as a number when the bounds need one. A number worked out (a mean, hours of minutes) is one however long."""
    return value if not bounds.numeric or isinstance(value, (Decimal, Fraction)) else number(value)


@dataclass(frozen=True, slots=True)
class Standard:
    """A number that may depend on the subject (a base of 100 for one post, 80 for another; an allowance of its own)."""

    fixed: Decimal | None
    by: str = ""
    tiers: tuple[tuple[Bounds, Decimal], ...] = ()

    def of(self, subject: Subject) -> Decimal | None:
        """The number for a subject; None when no tier fits."""
        if self.fixed is not None:
            return self.fixed
        value = subject.get(self.by)
        if not self.tiers:
            return number(value)
        for bounds, found in self.tiers:
            if bounds.holds(as_measure(value, bounds)):
                return found
        return None


NOTHING = Standard(ZERO)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one occurrence is worth. `fixed` is the short way: a price per count and nothing else.

    `whole`: it may take the full marks, and then never more. `joined`: the facts of a window are priced as one.
    """

    fixed: Decimal | None = None
    each: Decimal | str | None = None
    percent: Decimal | None = None
    percent_of: str | None = None
    value: str | None = None
    decided: bool = False
    between: tuple[Decimal, Decimal] | None = None
    per: str = "count"
    unit: Decimal = ONE
    free: Decimal | None = None
    short_of: Decimal | None = None
    partial: str = "ask"
    pool: str | None = None
    take: str = "sum"
    once: str | None = None
    by: str | None = None
    tiers: tuple[tuple[Bounds, Amount], ...] = ()
    times: Decimal | str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    reason: bool = False
    stop: str | None = None
    clause: str | None = None
    note: str = ""
    whole: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What happens when a counter reaches a tier."""

    bounds: Bounds
    every: Decimal | None = None
    times: Decimal | None = None
    each: Decimal | str | None = None
    then: str | None = None
    count: Decimal = ONE
    replaces: str = "ask"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """Occurrences counted together, and the steps their number reaches (1.3, 1.4)."""

    id: str
    title: str
    clause: str | None
    window: str
    scope: str
    counts: str
    steps: tuple[Step, ...]
    retroactive: bool
    readings: Readings


@dataclass(frozen=True, slots=True)
class Also:
    """A second ledger the same fact hits."""

    id: str
    title: str
    to: str
    needs: str | None
    where: Where | None
    sections: tuple[str, ...]
    factor: Decimal | None
    of: str
    fixed: Decimal | None
    kind: str | None
    clause: str | None
    readings: Readings


@dataclass(slots=True)
class Node:
    """A place in a sheet's tree: the sheet itself (index 0), a section, or an item with limits of its own."""

    id: str
    title: str
    parent: int
    points: Standard
    floor: Decimal | str | None
    cap: Decimal | str | None
    max_deduct: Decimal | str | None
    max_add: Decimal | str | None
    weight: Decimal
    round: int | None
    clause: str | None
    readings: Readings
    kind: str = "section"

    @property
    def bounded(self) -> bool:
        """Whether anything here can change a sum."""
        return not (self.floor is self.cap is self.max_deduct is self.max_add is self.round is None and self.weight == 1)


@dataclass(slots=True)
class Item:
    """One entry of the tariff."""

    id: str
    title: str
    clause: str | None
    sheet: str
    section: str | None
    node: int
    sign: int
    amount: Amount | None
    points: Standard
    kinds: tuple[str, ...]
    where: Where | None
    also: tuple[Also, ...]
    required: bool
    exempt: frozenset[str]
    readings: Readings
    counters: tuple[Counter, ...] = ()
    all_readings: Readings = ()
    simple: Decimal | None = None
    choosy: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """Where a classification sends a fact."""

    bounds: Bounds
    then: str | None
    stop: str | None
    count: Decimal | None
    days: Decimal | None
    level: str | None
    clause: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Classify:
    """A rule that replaces a fact's kind."""

    kinds: frozenset[str]
    subjects: frozenset[str] | None
    where: Where | None
    by: str
    tiers: tuple[Tier, ...]
    clause: str | None
    readings: Readings


@dataclass(frozen=True, slots=True)
class Term:
    """Another sheet's totals, or how often an outcome followed there, brought into this one."""

    title: str
    of: str
    section: str | None
    outcome: str | None
    over: str
    take: str
    relative_to: str | None
    within: str
    weight: Standard
    amount: Amount | None
    sign: int
    round: int | None
    where: Where | None
    only: Where | None
    exclude: Where | None
    when_empty: str | None
    clause: str | None

    def applies(self, subject: Subject) -> bool:
        """Whether the term enters the sheet of this subject."""
        return (self.only is None or self.only.holds(subject.get)) and (
            self.exclude is None or not self.exclude.holds(subject.get)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of an outcome."""

    of: str
    bounds: Bounds
    per_assessed: frozenset[str]
    items: frozenset[str]
    kinds: frozenset[str]
    sections: frozenset[str]
    section: str | None
    outcome: str | None
    sheet: str | None
    where: Where | None
    window: str | None
    consecutive: int


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in an order."""

    order: str
    quota: int | None
    percent: Decimal | None
    partial: str
    within: str
    most: int | None
    by: str
    ties: tuple[str, ...]
    pool: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A consequence."""

    id: str
    title: str
    clause: str | None
    sheet: str
    when: tuple[Condition, ...]
    when_any: tuple[Condition, ...]
    rank: Rank | None
    consecutive: int
    decides: str
    choices: tuple[str, ...]
    sets: Decimal | None
    caps: Decimal | None
    text: str
    readings: Readings


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan that follow from a score or from occurrences."""

    id: str
    title: str
    clause: str | None
    sheet: str
    items: frozenset[str]
    amount: Amount
    when: tuple[Condition, ...]
    floor: Decimal | Amount | None
    cap: Decimal | Amount | None
    readings: Readings


@dataclass(slots=True)
class Sheet:
    """One assessment of one kind of subject over one kind of period."""

    id: str
    title: str
    kinds: frozenset[str]
    period: str
    base_given: bool
    nodes: list[Node]
    terms: tuple[Term, ...]
    only: Where | None
    exclude: Where | None
    unassessed: str
    clause: str | None
    readings: Readings
    scored: bool = True
    required: tuple[Item, ...] = ()
    tallied: tuple[Item, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    vetoes: tuple[Outcome, ...] = ()
    money: tuple[Money, ...] = ()
    marks: list[Decimal] | None = None

    def takes(self, subject: Subject) -> bool:
        """Whether this sheet assesses a subject (kind, `only`, `exclude`)."""
        return (
            subject.kind in self.kinds
            and (self.only is None or self.only.holds(subject.get))
            and (self.exclude is None or not self.exclude.holds(subject.get))
        )


@dataclass(slots=True)
class Plan:
    """The rulebook under one set of answers."""

    answers: Mapping[str, Any]
    sheets: dict[str, Sheet] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    section_sheet: dict[str, str] = field(default_factory=dict)
    section_node: dict[str, int] = field(default_factory=dict)
    by_kind: dict[tuple[str, str], tuple[Item, ...]] = field(default_factory=dict)
    priced_for: dict[str, frozenset[str]] = field(default_factory=dict)
    classify: dict[str, tuple[Classify, ...]] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    same_event: str = "heaviest"
    event_readings: Readings = ()
    leaves: dict[str, frozenset[str]] = field(default_factory=dict)
    ladder: list[Any] = field(default_factory=list)
    fans_out: bool = False
    knows_leave: bool = False
    values: Values = field(default_factory=dict)

    def shown(self, names: Readings) -> dict[str, str]:
        """Readings with what they are answered with."""
        return {name: key_text(self.answers[name]) for name in names}
