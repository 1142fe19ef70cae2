"""Gaps and overlaps in ladders of tiers: found when the rule is entered, not when someone falls through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.shapes import Problem
from shouwen.rules.scoring.values import Bounds, bounds_of, key_text, number, plain

Edge = tuple[Decimal, int]
# An edge (n, -1) lies just below n, (n, 0) is n itself's lower side, (n, 1) just above it: bounds become half-open spans.
LOW: Edge = (Decimal("-Infinity"), 0)
HIGH: Edge = (Decimal("Infinity"), 0)


def _span(bounds: Bounds) -> tuple[Edge, Edge]:
    start: Edge = LOW
    if bounds.at_least is not None:
        start = (bounds.at_least, 0)
    if bounds.over is not None:
        start = max(start, (bounds.over, 1))
    end: Edge = HIGH
    if bounds.at_most is not None:
        end = (bounds.at_most, 1)
    if bounds.under is not None:
        end = min(end, (bounds.under, 0))
    return start, end


def _point(edge: Edge) -> str:
    return plain(edge[0])


def faults(bounds: Iterable[Bounds], start: Edge = (Decimal(0), 1)) -> Iterator[str]:
    """Gaps and overlaps of numeric tiers above a start, in Chinese; a catch-all closes every gap."""
    rows = [_exact(b) for b in bounds]
    if any(b.otherwise or not b.numeric for b in rows):
        return
    here = start
    for low, high in sorted(_span(b) for b in rows):
        if low >= high:
            yield f"{_point(low)} 到 {_point(high)} 的一档是空的"
        elif low > here:
            yield _gap(here, low)
        elif low < here and here != start:
            yield (
                f"{_point(low)} 到 {_point(min(here, high))} 之间重叠"
                if low[0] != min(here, high)[0]
                else f"恰好 {_point(low)} 时两档都适用"
            )
        here = max(here, high)
    if here < HIGH:
        yield f"{_point(here)} {'以上(不含)' if here[1] else '以上(含)'}没有规定"


def _exact(bounds: Bounds) -> Bounds:
    """A tier that "is" one number as the span of that number."""
    if bounds.equal is None or len(bounds.equal) != 1 or (point := number(bounds.equal[0])) is None:
        return bounds
    return Bounds(at_least=point, at_most=point)


def _gap(here: Edge, low: Edge) -> str:
    if here[0] == low[0]:
        return f"恰好 {_point(low)} 时没有规定"
    left, right = ("不含" if here[1] else "含"), ("含" if low[1] else "不含")
    return f"{_point(here)}({left})到 {_point(low)}({right})之间没有规定"


def _switched(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping) and "switch" in value:
        for key, inner in value.items():
            if key != "switch":
                yield from _switched(inner)
    else:
        yield value


def _plain_tiers(tiers: Any) -> list[Mapping[str, Any]] | None:
    """The tiers when each bound is a plain value; None when a bound hangs on an answer."""
    if not isinstance(tiers, list) or not all(isinstance(t, Mapping) and "switch" not in t for t in tiers):
        return None
    if any(
        isinstance(t.get(k), (str, Mapping)) and str(t.get(k)).startswith(("@", "{"))
        for t in tiers
        for k in ("at_least", "over", "at_most", "under")
    ):
        return None
    return tiers


def tier_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Overlapping tiers in classifications and amounts: an order decides them, so they are questions, not errors."""
    places: list[tuple[str, Any]] = [
        (f"classify[{i}].tiers", rule.get("tiers")) for i, rule in enumerate(document.get("classify") or [])
    ]
    for name, item in (document.get("items") or {}).items():
        for key in ("deduct", "add"):
            if isinstance(item.get(key), Mapping) and "tiers" in item[key]:
                places.append((f"items.{name}.{key}.tiers", item[key]["tiers"]))
    for path, value in places:
        for tiers in _switched(value):
            plain_tiers = _plain_tiers(tiers)
            if plain_tiers is None:
                continue
            for fault in faults(map(bounds_of, plain_tiers), LOW):
                if "重叠" in fault or "两档" in fault or "空的" in fault:
                    yield Problem(path, fault, "question")


def ladder_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Gaps and overlaps in the leave ladder, for each kind of leave and each post it names."""
    seen: set[str] = set()
    for ladder in _switched(document.get("leave_ladder") or []):
        for message in _ladder_faults(ladder):
            if message not in seen:
                seen.add(message)
                yield Problem("leave_ladder", message, "question")


def _ladder_faults(ladder: list[Any]) -> Iterator[str]:
    kinds = {key_text(k) for rung in ladder for k in _texts(rung.get("kinds"))} or {"*"}
    posts = {key_text(p) for rung in ladder for p in _texts(rung.get("posts"))} or {"*"}
    for kind in sorted(kinds):
        for post in sorted(posts):
            # A rung for special circumstances stands beside the others, it closes no gap.
            rungs = _plain_tiers(
                [r for r in ladder if "where" not in r and _meant(r, "kinds", kind) and _meant(r, "posts", post)]
            )
            about = "、".join(word for word in (kind, post) if word != "*")
            for fault in faults(map(bounds_of, rungs or ())) if rungs else ():
                yield f"请假天数{fault}" + (f"({about})" if about else "")


def _texts(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _meant(rung: Mapping[str, Any], key: str, name: str) -> bool:
    names = _texts(rung.get(key))
    return not names or name in names
