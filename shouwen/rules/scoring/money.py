"""Yuan: per point, per occurrence, a part of an allowance or a daily wage; the point's value is a dated decision (1.1; R16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from shouwen.rules.scoring import outcomes
from shouwen.rules.scoring.answer import Line, Payment, Result
from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.plan import Amount, Money
from shouwen.rules.scoring.pricing import Occurrence, Stop, Undecided, with_value, worth
from shouwen.rules.scoring.values import ONE, ZERO, rounded

if TYPE_CHECKING:
    from shouwen.rules.scoring.engine import Scoring

UNDECIDED = "班子会尚未确定金额,只记分"


def pay(scoring: Scoring, result: Result) -> None:
    """Add each sum of money the sheet knows to the result."""
    if not result.assessed:
        return
    for money in result.sheet.money:
        payment = Payment(money.id, money.title, money.clause, None, readings=money.readings)
        try:
            if all(outcomes.met(scoring, condition, result) for condition in money.when):
                amount = _amount(scoring, money, result)
                payment.amount = rounded(_bounded(money, amount), 2)
                result.money.append(payment)
            continue
        except Undecided:
            payment.note = UNDECIDED
        except outcomes.Unknown:
            payment.stop = "得分未定,金额不能定"
        except Stop as stop:
            payment.stop = stop.reason
        result.money.append(payment)


def _bounded(money: Money, amount: Decimal) -> Decimal:
    if money.floor is not None:
        amount = max(amount, money.floor)
    return amount if money.cap is None else min(amount, money.cap)


def _counts(money: Money, line: Line) -> bool:
    return line.item in money.items and line.kind == "item"


def _line_worth(scoring: Scoring, amount: Amount, result: Result, line: Line) -> Decimal:
    """Yuan for one occurrence, with the measures of its own fact and its place in the counter."""
    if line.stop:
        raise Stop(line.stop)
    found = next((occ for occ in scoring.ledger.occurrences.get(result.subject.id, ()) if occ.fact.id == line.fact), None)
    base = found or _stand_in(result, ONE, line.date or result.period.last)
    return worth(
        amount, replace(base, subject=result.subject, count=line.count or ONE, figures={"counter": line.n}), None
    ).amount


def _amount(scoring: Scoring, money: Money, result: Result) -> Decimal:
    plan = scoring.plan
    amount = with_value(plan.values, money.amount, result.period.last)
    if money.items:
        return sum((_line_worth(scoring, amount, result, line) for line in result.lines if _counts(money, line)), ZERO)
    if _needs_score(amount) and result.exact is None:
        raise outcomes.Unknown
    return worth(amount, _stand_in(result, ONE, result.period.last), None).amount


def _needs_score(amount: Amount) -> bool:
    figures = ("score", "deducted", "added")
    return amount.per in figures or amount.by in figures or any(_needs_score(inner) for _, inner in amount.tiers)


def _stand_in(result: Result, count: Decimal, day: date) -> Occurrence:
    """An occurrence that carries the result's figures."""
    sums = result.sums.get(0)
    figures = {"score": result.exact, "deducted": sums.deducted if sums else ZERO, "added": sums.added if sums else ZERO}
    fact = Fact("", "", result.subject.id, day, reason="-")
    return Occurrence(fact, "", result.subject, count, None, None, None, None, day, day, figures=figures)
