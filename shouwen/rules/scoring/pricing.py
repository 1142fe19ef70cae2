"""What an occurrence is worth: a price, a tier, a person's choice, and the part of a unit left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.plan import Amount, Item, Values, as_measure
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.values import ONE, ZERO, as_decimal, exact, number, plain

WORDS = {
    "count": "次数",
    "facts": "事实数",
    "minutes": "分钟数",
    "hours": "时长",
    "days": "天数",
    "value": "数值",
    "level": "级别",
    "score": "得分",
    "deducted": "扣分",
    "added": "加分",
    "counter": "累计次数",
}
FIGURES = ("score", "deducted", "added", "counter")
# Measures that facts add up to; a rate, a rating or an attribute does not add up.
COUNTED = ("count", "facts", "minutes", "hours", "days")


class Stop(Exception):
    """The rules do not say; a person must. Never turns into zero. `ask` is the key that would answer it."""

    def __init__(self, reason: str, ask: str | None = None) -> None:
        self.reason = reason
        self.ask = ask
        super().__init__(reason)


class NoTier(Stop):
    """No tier holds."""


class Undecided(Exception):
    """No decision on the value was in force: points only."""


@dataclass(slots=True)
class Occurrence:
    """A fact on its way to a ledger, after classification. Measures as the rules see them."""

    fact: Fact
    kind: str
    subject: Subject
    count: Decimal
    minutes: Decimal | Fraction | None
    days: Decimal | Fraction | None
    value: Decimal | Fraction | None
    level: str | None
    day: date
    book: date
    item: Item | None = None
    clause: str | None = None
    readings: tuple[str, ...] = ()
    stop: str | None = None
    source: str | None = None
    figures: Mapping[str, Any] | None = None
    facts: Decimal = ONE
    note: str = ""

    def get(self, name: str) -> object:
        """An attribute by the name a filter uses: a measure, "attr.x", "member.x" or a bare attribute."""
        if name in {"level", "count", "minutes", "days", "value"}:
            return getattr(self, name)
        if name == "kind":
            return self.kind
        if name.startswith("member."):
            return self.subject.get(name[7:])
        return self.fact.attrs.get(name.removeprefix("attr."))


def measure(name: str, occ: Occurrence) -> object:
    """A measure by name; None when the fact does not carry it."""
    if name == "facts" or name == "flat":
        return occ.facts if name == "facts" else ONE
    if name == "hours":
        return None if occ.minutes is None else exact(Fraction(occ.minutes) / 60)
    if name in FIGURES:
        return (occ.figures or {}).get(name)
    if name == "count":
        return occ.count
    return occ.get(name)


def quantity(name: str, occ: Occurrence) -> Decimal | Fraction:
    """A measure as a number. Stops when it is missing."""
    value = measure(name, occ)
    if isinstance(value, (Decimal, Fraction)):
        return value
    found = number(value)
    if found is None:
        raise Stop(f"缺少{WORDS.get(name, name)},无法计算")
    return found


@dataclass(slots=True)
class Worth:
    """A price worked out: the unit price, how many units, a further factor, and the amount before any counter."""

    price: Decimal
    units: Decimal
    amount: Decimal
    clause: str | None = None
    note: str = ""
    factor: Decimal | None = None


def worth(amount: Amount, occ: Occurrence, points: Decimal | None) -> Worth:
    """What an occurrence is worth on its own. `points` are the full marks "all" and "50%" refer to. Raises Stop."""
    if amount.fixed is not None:
        return Worth(amount.fixed, occ.count, amount.fixed * occ.count, None, amount.note)
    if amount.stop is not None:
        raise Stop(amount.stop)
    if amount.tiers:
        found = worth(_tier(amount, occ), occ, points)
        found.clause = found.clause or amount.clause
        return _limits(amount, found)
    try:
        price = _price(amount, occ, points)
    except Stop:
        if (amount.free is None and amount.short_of is None) or _units(amount, occ):
            raise
        # Nothing went beyond the allowance: whatever the price, there is nothing to charge.
        return Worth(ZERO, ZERO, ZERO, amount.clause, amount.note)
    units = _units(amount, occ)
    total = as_decimal(Fraction(price) * Fraction(units)) if isinstance(units, Fraction) else price * units
    factor: Decimal | Fraction | None = None
    if amount.times is not None:
        factor = amount.times if isinstance(amount.times, Decimal) else quantity(amount.times, occ)
        total = as_decimal(Fraction(total) * Fraction(factor)) if isinstance(factor, Fraction) else total * factor
    if amount.reason and not occ.fact.reason:
        raise Stop("须写明理由才能计分")
    note = amount.note or (f"理由:{occ.fact.reason}" if amount.reason else "")
    known = None if factor is None else as_decimal(factor)
    return _limits(amount, Worth(price, as_decimal(units), total, amount.clause, note, known))


def _limits(amount: Amount, found: Worth) -> Worth:
    if amount.least is not None and ZERO < found.amount < amount.least:
        found.amount, found.note = amount.least, found.note or f"单次最少{plain(amount.least)}"
    if amount.most is not None and found.amount > amount.most:
        found.amount, found.note = amount.most, found.note or f"单次最多{plain(amount.most)}"
    return found


def _tier(amount: Amount, occ: Occurrence) -> Amount:
    by = amount.by or "level"
    value = measure(by, occ)
    for bounds, inner in amount.tiers:
        if bounds.otherwise:
            return inner
        seen = as_measure(value, bounds)
        if seen is None and bounds.numeric:
            raise Stop(f"缺少{WORDS.get(by, by)},无法分档")
        if bounds.holds(seen):
            return inner
    shown = plain(value) if isinstance(value, (Decimal, Fraction)) else value
    raise NoTier(f"{WORDS.get(by, by)}“{shown}”没有适用的档次" if value is not None else f"缺少{WORDS.get(by, by)},无法分档")


def _price(amount: Amount, occ: Occurrence, points: Decimal | None) -> Decimal:
    if amount.between is not None:
        return _choice(amount.between, occ)
    if amount.each == "unpriced":
        raise Stop("制度没有规定分值,须先定值")
    if amount.percent is not None:
        base = points if amount.percent_of is None else number(occ.get(amount.percent_of))
        if base is None:
            raise Stop(f"缺少{amount.percent_of or '该项满分'},无法按比例计算")
        return base * amount.percent / 100
    if amount.each == "all":
        if points is None:
            raise Stop("该项没有满分,无法“全扣”")
        return points
    assert isinstance(amount.each, Decimal)
    return amount.each


def _choice(between: tuple[Decimal, Decimal], occ: Occurrence) -> Decimal:
    least, most = between
    chosen = occ.fact.points
    span = f"{plain(least)}~{plain(most)}分"
    if chosen is None:
        raise Stop(f"须由人在{span}之间裁量,尚未裁量")
    if not least <= chosen <= most:
        raise Stop(f"裁量的{plain(chosen)}分不在{span}之间")
    return chosen


def _units(amount: Amount, occ: Occurrence) -> Decimal | Fraction:
    found = quantity(amount.per, occ)
    if amount.free is not None:
        found = (
            max(ZERO, found - amount.free) if isinstance(found, Decimal) else max(Fraction(0), found - Fraction(amount.free))
        )
    if amount.short_of is not None:
        found = max(Fraction(0), Fraction(amount.short_of) - Fraction(found))
    units = Fraction(found) / Fraction(amount.unit)
    if units.denominator == 1:
        return Decimal(units.numerator)
    how = amount.partial
    if how == "ask":
        if amount.per in FIGURES:
            return units
        raise Stop(f"不足一个单位的部分({plain(units)}个单位)如何计算,制度没有规定", ask="partial")
    if how == "full":
        return Decimal(floor(units))
    if how == "started":
        return Decimal(ceil(units))
    if how == "half_up":
        return Decimal(floor(units + Fraction(1, 2)))
    return units


def with_value(values: Values, amount: Amount, day: date) -> Amount:
    """The amount with a decided value put in as it was in force on a day. Raises Undecided when there was none."""
    if not amount.decided:
        return amount
    if amount.tiers:
        return replace(amount, tiers=tuple((bounds, with_value(values, inner, day)) for bounds, inner in amount.tiers))
    if amount.value is None:
        return amount
    decided = value_on(values, amount.value, day)
    if decided is None:
        raise Undecided
    return replace(amount, each=decided, value=None)


def value_on(values: Values, name: str, day: date) -> Decimal | None:
    """A decided value on a day: the latest decision in force."""
    in_force = [row for row in values.get(name, ()) if row[1] <= day and (row[2] is None or day <= row[2])]
    return max(in_force, key=lambda row: row[1])[0] if in_force else None
