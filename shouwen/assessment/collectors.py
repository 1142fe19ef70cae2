"""Asks each area for the facts of a stretch of days. A new area is one line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from shouwen.attendance import queries as attendance
from shouwen.cases import queries as cases
from shouwen.duty import queries as duty
from shouwen.reception import queries as reception
from shouwen.rules.scoring import Fact

# Each gives the facts from one day to another, both inside; the same call gives the same facts with the same ids.
SOURCES: tuple[Callable[[Any, date, date], list[Fact]], ...] = (
    attendance.facts,
    duty.facts,
    reception.facts,
    cases.facts,
)


def gather(center: Any, start: date, end: date) -> list[Fact]:
    """Every fact the areas report from `start` to `end` inclusive ("1.3", "1.4"). Raises ValueError for one id twice."""
    found: dict[str, Fact] = {}
    for source in SOURCES:
        for fact in source(center, start, end):
            if fact.id in found:
                raise ValueError(f"two facts with the id {fact.id}")
            found[fact.id] = fact
    return list(found.values())
