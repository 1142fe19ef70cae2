"""Amounts of a document made ready: a number, "unpriced", "all", "50%", a range or a table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.plan import Amount
from shouwen.rules.scoring.pricing import COUNTED
from shouwen.rules.scoring.values import ONE, ZERO, Bounds, bounds_of, number, truth

BOUND_KEYS = frozenset({"at_least", "over", "at_most", "under", "is", "is_not", "else"})
# What a tier takes from the amount around it unless it says otherwise.
INHERITED = ("per", "unit", "free", "short_of", "partial", "times", "reason")


def compile_amount(value: Any) -> Amount:
    """An amount from its written form: a number, "unpriced", "all", "50%", [a, b] or a table."""
    if isinstance(value, list):
        value = {"between": value}
    if not isinstance(value, Mapping):
        value = {"each": value}
    value = {key: inner for key, inner in value.items() if not (key in {"once", "pool"} and inner == "none")}
    each, percent, percent_of, decided = _each(value)
    flat = each == "all"
    between = (number(value["between"][0]) or ZERO, number(value["between"][1]) or ZERO) if "between" in value else None
    made = _tiers(value)
    per = value.get("per", "flat" if flat else "count")
    return Amount(
        fixed=each if isinstance(each, Decimal) and set(value) <= {"each", "note"} else None,
        each=each,
        percent=percent,
        percent_of=percent_of,
        value=decided,
        between=between,
        per=per,
        unit=number(value.get("unit", 1)) or ONE,
        free=number(value.get("free")),
        short_of=number(value.get("short_of")),
        partial=value.get("partial", _usual_partial(value, per)),
        pool=_named(value.get("pool")),
        take=value.get("take", "sum"),
        once=_named(value.get("once")),
        by=value.get("by"),
        tiers=made,
        decided=decided is not None or any(inner.decided for _, inner in made),
        times=_times(value.get("times")),
        least=number(value.get("min")),
        most=number(value.get("max")),
        reason=truth(value.get("reason", between is not None)),
        stop=value.get("stop"),
        clause=value.get("clause"),
        note=value.get("note", ""),
        whole=flat or any(inner.whole for _, inner in made),
        joined=_joined(value, per),
    )


def _tiers(value: Mapping[str, Any]) -> tuple[tuple[Bounds, Amount], ...]:
    """The tiers with what they take from the amount around them."""
    tiers = value.get("tiers", [])
    inherited = {key: value[key] for key in INHERITED if key in value and tiers}
    return tuple((bounds_of(tier), compile_amount({**inherited, **_without_bounds(tier)})) for tier in tiers)


def _usual_partial(value: Mapping[str, Any], per: str) -> str:
    """A rate times a price is what it is; only counted units have a remainder to ask about."""
    return "ask" if per in COUNTED or {"unit", "free", "short_of"} & set(value) else "pro_rata"


def _joined(value: Mapping[str, Any], per: str) -> bool:
    """Whether the facts of a window are priced as one: a mean, a shortage, tiers of a sum."""
    if value.get("take", "sum") != "sum" or ("short_of" in value and per in COUNTED):
        return True
    return bool(value.get("tiers")) and _named(value.get("pool")) is not None


def _without_bounds(tier: Mapping[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in tier.items() if key not in BOUND_KEYS}


def _named(value: Any) -> str | None:
    return None if value in (None, "none") else str(value)


def _times(value: Any) -> Decimal | str | None:
    if value is None:
        return None
    found = number(value)
    return found if found is not None else str(value)


def _each(value: Mapping[str, Any]) -> tuple[Decimal | str | None, Decimal | None, str | None, str | None]:
    """The price, a percentage and what it is of, a decided value's name."""
    each = value.get("each", None)
    if isinstance(each, Mapping):
        return None, number(each.get("percent")), each.get("of"), each.get("value")
    if isinstance(each, str) and each.endswith("%"):
        return None, number(each[:-1]), None, None
    found = number(each)
    return (found if found is not None else each), None, None, None
