"""Outcomes and money of a document, made ready. The judging itself is in outcomes.py and money.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.amounts import compile_amount
from shouwen.rules.scoring.parts import texts, where
from shouwen.rules.scoring.plan import Amount, Condition, Money, Outcome, Plan, Rank, Readings
from shouwen.rules.scoring.values import bounds_of, number, truth

BOUND_KEYS = ("at_least", "over", "at_most", "under")


def compile_judgements(plan: Plan, document: Mapping[str, Any], read: Callable[[Any], tuple[Any, Readings]]) -> None:
    """Put outcomes, vetoes and money on their sheets."""
    first = next(iter(plan.sheets))
    for name, raw in (document.get("outcomes") or {}).items():
        entry, readings = read(raw)
        if not truth(entry.get("enabled", True)):
            continue
        outcome = _outcome(name, entry, readings, first)
        plan.outcomes[name] = outcome
        sheet = plan.sheets[outcome.sheet]
        if outcome.sets is not None or outcome.caps is not None:
            sheet.vetoes = (*sheet.vetoes, outcome)
        sheet.outcomes = (*sheet.outcomes, outcome)
    for name, raw in (document.get("money") or {}).items():
        entry, readings = read(raw)
        if truth(entry.get("enabled", True)):
            homes = {plan.items[item].sheet for item in texts(entry.get("items")) if item in plan.items}
            money = _money(name, entry, readings, homes.pop() if len(homes) == 1 else first)
            plan.sheets[money.sheet].money = (*plan.sheets[money.sheet].money, money)


def _conditions(value: Any) -> tuple[Condition, ...]:
    return tuple(_condition(entry) for entry in (value if isinstance(value, list) else [value] if value else []))


def _condition(entry: Mapping[str, Any]) -> Condition:
    flat, per_assessed = dict(entry), set()
    for key in BOUND_KEYS:
        if isinstance(flat.get(key), Mapping):
            flat[key] = flat[key]["each"]
            per_assessed.add(key)
    return Condition(
        of=entry.get("of") or _guess(entry),
        bounds=bounds_of(flat),
        per_assessed=frozenset(per_assessed),
        items=frozenset(texts(entry.get("items"))),
        kinds=frozenset(texts(entry.get("facts"))),
        sections=frozenset(texts(entry.get("sections"))),
        section=entry.get("section"),
        outcome=entry.get("outcome"),
        sheet=entry.get("sheet"),
        where=where(entry.get("where")),
        window=entry.get("window"),
        consecutive=int(entry.get("consecutive", 1)) or 1,
    )


def _guess(entry: Mapping[str, Any]) -> str:
    """What a condition tests when it does not say `of`."""
    if "outcome" in entry:
        return "outcome"
    if "section" in entry:
        return "section"
    return "count" if {"items", "facts", "sections"} & set(entry) else "score"


def _outcome(name: str, entry: Mapping[str, Any], readings: Readings, sheet: str) -> Outcome:
    return Outcome(
        id=name,
        title=entry["title"],
        clause=entry.get("clause"),
        sheet=entry.get("sheet", sheet),
        when=_conditions(entry.get("when")),
        when_any=_conditions(entry.get("when_any")),
        rank=_rank(entry["rank"]) if "rank" in entry else None,
        consecutive=int(entry.get("consecutive", 1)) or 1,
        decides=entry.get("decides", "person" if "choices" in entry else "rule"),
        choices=texts(entry.get("choices")),
        sets=number(entry.get("sets")),
        caps=number(entry.get("caps")),
        text=entry.get("text", ""),
        readings=readings,
    )


def _rank(entry: Mapping[str, Any]) -> Rank:
    quota = entry["quota"]
    percent = number(quota[:-1]) if isinstance(quota, str) and quota.endswith("%") else None
    return Rank(
        order=entry["order"],
        quota=None if percent is not None else int(quota),
        percent=percent,
        partial=entry.get("partial", "ask"),
        within=entry.get("within", "centre"),
        most=entry.get("most"),
        ties=texts(entry.get("ties")),
        by=entry.get("by", "score"),
        pool=entry.get("pool", "eligible"),
    )


def _money(name: str, entry: Mapping[str, Any], readings: Readings, sheet: str) -> Money:
    def bound(key: str) -> Decimal | Amount | None:
        value = entry.get(key)
        if isinstance(value, Mapping):
            return compile_amount({"each": value, "per": "flat"})
        return number(value) if value != "none" else None

    amount = entry["amount"]
    items = frozenset(texts(entry.get("items")))
    if isinstance(amount, list):
        amount = {"between": amount}
    if not isinstance(amount, Mapping):
        amount = {"each": amount, "per": "count" if items else "flat"}
    elif "per" not in amount:
        amount = {"per": "count" if items else "flat", **amount}
    return Money(
        id=name,
        title=entry.get("title", name),
        clause=entry.get("clause"),
        sheet=entry.get("sheet", sheet),
        items=items,
        amount=compile_amount(amount),
        when=_conditions(entry.get("when")),
        floor=bound("floor"),
        cap=bound("cap"),
        readings=readings,
    )
