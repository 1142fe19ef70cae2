"""Facts taken together: the sum, mean, largest or last of a window, and a window in which there were none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.pricing import Occurrence
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.totals import combined
from shouwen.rules.scoring.values import ONE, ZERO, exact

SUMMED = ("count", "facts", "minutes", "days", "value")


def added(one: Occurrence, other: Occurrence) -> Occurrence:
    """The second with the first's measures added; a measure only one of them has stays as it is."""
    after = replace(other)
    for name in SUMMED:
        mine, theirs = getattr(other, name), getattr(one, name)
        if theirs is not None:
            setattr(after, name, theirs if mine is None else mine + theirs)
    return after


def together(group: list[Occurrence], take: str) -> Occurrence:
    """Several facts as one, dated as the last. A mean weighs each fact with its count (a hundred papers that say 8)."""
    last = group[-1]
    if take == "sum":
        whole = group[0]
        for occ in group[1:]:
            whole = added(whole, occ)
        return whole
    merged = replace(last, count=ONE)
    for name in ("value", "minutes", "days"):
        numbers = [(getattr(occ, name), occ.count) for occ in group if getattr(occ, name) is not None and occ.count]
        if numbers and take != "last":
            setattr(merged, name, _taken(take, numbers))
    return merged


def _taken(take: str, numbers: list[tuple[Decimal, Decimal]]) -> Decimal | Fraction:
    if take == "mean":
        total = sum((Fraction(value) * Fraction(count) for value, count in numbers), Fraction(0))
        return exact(total / Fraction(sum(count for _, count in numbers)))
    values: list[Decimal | Fraction] = [value for value, count in numbers for _ in range(max(1, int(count)))]
    return exact(combined(take, values))


def nothing(subject: Subject, kind: str, day: date) -> Occurrence:
    """What a window without a fact comes to: a count of zero."""
    fact = Fact("", kind, subject.id, day, count=ZERO, reason="-")
    return Occurrence(fact, kind, subject, ZERO, ZERO, ZERO, None, None, day, day, facts=ZERO)
