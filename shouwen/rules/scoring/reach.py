"""How far back facts matter: counters and conditions may look beyond the period they serve (R1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shouwen.rules.scoring.periods import Period, before, period_of, window
from shouwen.rules.scoring.plan import Amount, Plan, Sheet
from shouwen.rules.scoring.rulebook import Rulebook


def facts_from(rulebook: Rulebook, period: Period) -> date:
    """The first day whose facts can change a result inside the period; date.min when everything ever happened counts."""
    first = period.first
    for plan in rulebook.plans:
        # A condition over earlier periods rests on counters that look back themselves: two rounds settle it.
        for _ in range(2):
            first = min(
                [
                    first,
                    *(_reach(name, first) for name in _windows(plan)),
                    *(_earlier(sheet, first) for sheet in plan.sheets.values()),
                ]
            )
    return first


def _reach(name: str, day: date) -> date:
    if name.startswith("consecutive_"):
        return date.min
    if day == date.min or name in {"any", "period"}:
        return day
    return window(name, day)[0]


def _earlier(sheet: Sheet, day: date) -> date:
    """The first day of the periods a run of the sheet's outcomes needs."""
    runs = [
        outcome.consecutive - 1 + max((c.consecutive - 1 for c in (*outcome.when, *outcome.when_any)), default=0)
        for outcome in sheet.outcomes
    ]
    if day == date.min or not any(runs) or sheet.period == "any":
        return day
    return before(period_of(sheet.period, day), max(runs)).first


def _windows(plan: Plan) -> Iterator[str]:
    for item in plan.items.values():
        for counter in item.counters:
            yield counter.window
        if item.amount is not None:
            yield from _amount_windows(item.amount)
    asked = [(*outcome.when, *outcome.when_any) for outcome in plan.outcomes.values()]
    asked.extend(money.when for sheet in plan.sheets.values() for money in sheet.money)
    for condition in (one for conditions in asked for one in conditions):
        if condition.window is not None:
            yield condition.window


def _amount_windows(amount: Amount) -> Iterator[str]:
    for name in (amount.pool, amount.once):
        if name is not None:
            yield name
