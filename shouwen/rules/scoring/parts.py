"""Small readers several parts of compiling share: switches decided, filters, standards, limits, nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.plan import NOTHING, Node, Readings, Standard, Where
from shouwen.rules.scoring.readings import resolve
from shouwen.rules.scoring.values import ZERO, bounds_of, number


class Resolver:
    """Reads one entry of the document with its switches decided, and remembers which readings decided it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def __call__(self, entry: Any) -> tuple[Any, Readings]:
        used: set[str] = set()
        value = resolve(entry, self.given, used)
        return value, tuple(sorted(used, key=reading_order))


def reading_order(name: str) -> list[tuple[int, str]]:
    """R2 before R10, R12 before R12_minutes."""
    return [(int(part) if part.isdigit() else -1, part) for part in re.split(r"(\d+)", name)]


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def where(value: Any) -> Where | None:
    """A filter table; a value or a list stands for { is = … }."""
    if not value:
        return None
    tests = []
    for name, test in value.items():
        tests.append((name, bounds_of(test if isinstance(test, Mapping) else {"is": test})))
    return Where(tuple(tests))


def standard(value: Any) -> Standard:
    """A number, an attribute of the subject, or a table by one."""
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):
        tiers = tuple((bounds_of(tier), number(tier["each"]) or ZERO) for tier in value.get("tiers", []))
        return Standard(None, (value.get("of") or value["by"]).removeprefix("member."), tiers)
    return Standard(number(value))


def limit(value: Any) -> Decimal | str | None:
    """A number, "ask" or "points"; "none" and nothing are None."""
    if value is None or value == "none":
        return None
    found = number(value)
    return found if found is not None else str(value)


def node(name: str, entry: Mapping[str, Any], readings: Readings, parent: int, points: Standard, kind: str) -> Node:
    floor = limit(entry.get("floor", None if kind == "item" else "unstated"))
    return Node(
        id=name,
        title=entry.get("title", name),
        parent=parent,
        points=points,
        floor=floor,
        cap=limit(entry.get("cap")),
        max_deduct=limit(entry.get("max_deduct")),
        max_add=limit(entry.get("max_add")),
        weight=number(entry.get("weight", 1)) or ZERO,
        round=None if entry.get("round", "none") == "none" else int(entry["round"]),
        clause=entry.get("clause"),
        readings=readings,
        kind=kind,
    )
