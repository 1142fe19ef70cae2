"""Facts and subjects as they are kept: plain JSON with exact numbers as text, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shouwen.core.clock import local
from shouwen.rules.scoring import Fact, Subject
from shouwen.rules.scoring.values import plain

NUMBERS = ("count", "minutes", "days", "value", "points")
DATES = ("date", "booked")


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """Every field that says something; the same fact always gives the same dictionary."""
    row: dict[str, Any] = {"id": fact.id, "kind": fact.kind, "subject": fact.subject, "status": fact.status}
    for name in NUMBERS:
        if (number := getattr(fact, name)) is not None:
            row[name] = plain(Decimal(number))
    for name in DATES:
        if (day := getattr(fact, name)) is not None:
            row[name] = day.isoformat()
    if fact.at is not None:
        row["at"] = local(fact.at).isoformat()
    for name in ("level", "group", "reason"):
        if getattr(fact, name):
            row[name] = getattr(fact, name)
    if fact.attrs:
        row["attrs"] = {name: _plain(value) for name, value in sorted(fact.attrs.items())}
    return row


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def fact_from_json(row: Mapping[str, Any], **instead: Any) -> Fact:
    """The fact again; `instead` replaces fields (a withdrawn status, another booking day)."""
    fields: dict[str, Any] = {
        name: row[name] for name in ("id", "kind", "subject", "status", "level", "group", "reason", "attrs") if name in row
    }
    fields |= {name: Decimal(row[name]) for name in NUMBERS if name in row}
    fields |= {name: date.fromisoformat(row[name]) for name in DATES if name in row}
    if "at" in row:
        fields["at"] = datetime.fromisoformat(row["at"])
    return Fact(**(fields | instead))


def subject_to_json(subject: Subject) -> dict[str, Any]:
    """A row of the roster as the engine was told it."""
    return {
        "id": subject.id,
        "kind": subject.kind,
        "name": subject.name,
        "department": subject.department,
        "post": subject.post,
        "first": subject.first.isoformat() if subject.first else None,
        "last": subject.last.isoformat() if subject.last else None,
        "assessed": dict(subject.assessed),
        "attrs": dict(subject.attrs),
    }


def subject_from_json(row: Mapping[str, Any]) -> Subject:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("first", "last")}
    return Subject(**{**row, **days})


def exact_text(value: Decimal | Fraction | None) -> str:
    """An unrounded total as text: "9", "2/3", "" for none."""
    return "" if value is None else str(Fraction(value))


def exact_number(text: str) -> Decimal | Fraction | None:
    """The total again: a Decimal where its digits end, else the fraction."""
    if not text:
        return None
    found = Fraction(text)
    rest = found.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(found.numerator) / Decimal(found.denominator) if rest == 1 else found
