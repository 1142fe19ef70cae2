"""Yuan: per point, per occurrence, a part of an allowance or a daily wage; the point's value is a dated decision (1.1; R16)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shouwen.rules.scoring import outcomes
from shouwen.rules.scoring.answer import Line, Payment, Result
from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.periods import inside
from shouwen.rules.scoring.plan import Amount, Money
from shouwen.rules.scoring.pooling import nothing, together
from shouwen.rules.scoring.pricing import NoTier, Occurrence, Stop, Undecided, with_value, worth
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
                payment.amount = rounded(_bounded(money, result, amount), 2)
                result.money.append(payment)
            continue
        except Undecided:
            payment.note = UNDECIDED
        except outcomes.Unknown:
            payment.stop = "得分未定,金额不能定"
        except Stop as stop:
            payment.stop = stop.reason
        result.money.append(payment)


def _bounded(money: Money, result: Result, amount: Decimal) -> Decimal:
    for bound, choose in ((money.floor, max), (money.cap, min)):
        if bound is not None:
            known = bound if isinstance(bound, Decimal) else worth(bound, _stand_in(result), None).amount
            amount = choose(amount, known)
    return amount


def _amount(scoring: Scoring, money: Money, result: Result) -> Decimal:
    amount = with_value(scoring.plan.values, money.amount, result.period.last)
    if not money.items:
        if _needs_score(amount) and result.exact is None:
            raise outcomes.Unknown
        return worth(amount, _stand_in(result), None).amount
    lines = [line for line in result.lines if line.kind == "item" and line.item and {line.item, "*"} & money.items]
    for line in lines:
        if line.stop:
            raise Stop(line.stop)
    lines.sort(key=lambda line: line.date or result.period.last)
    pairs = [(line, _occurrence(scoring, result, line)) for line in lines]
    if amount.joined or amount.pool is not None:
        return _by_window(scoring, amount, result, [occ for _, occ in pairs])
    return _one_by_one(amount, pairs)


def _occurrence(scoring: Scoring, result: Result, line: Line) -> Occurrence:
    """The fact behind a line with its own measures, counted as the line counted it."""
    known = scoring.ledger.occurrences.get(result.subject.id, ())
    found = next((occ for occ in known if occ.fact.id == line.fact), None) or _stand_in(result)
    return replace(found, subject=result.subject, count=ONE if line.count is None else line.count)


def _one_by_one(amount: Amount, pairs: list[tuple[Line, Occurrence]]) -> Decimal:
    """Yuan for each occurrence; where the price depends on 第几次, each has its place in the counter or in the period."""
    whole, before = ZERO, ZERO
    ordinal = _uses(amount, ("counter",))
    for line, occ in pairs:
        if not ordinal or line.n is not None:
            whole += worth(amount, replace(occ, figures={"counter": line.n}), None).amount
            continue
        left = occ.count
        while left > 0:
            one = min(left, ONE)
            before, left = before + one, left - one
            whole += worth(amount, replace(occ, count=one, figures={"counter": before}), None).amount
    return whole


def _by_window(scoring: Scoring, amount: Amount, result: Result, found: list[Occurrence]) -> Decimal:
    """Yuan for what a window's facts come to together; a window without facts is a count of zero."""
    kind = result.period.kind if amount.pool in {None, "period"} else str(amount.pool)
    whole = ZERO
    for part in inside(result.period, kind):
        group = [occ for occ in found if part.holds(occ.day)]
        if not group and (amount.take != "sum" or not scoring.assessed(result.subject, part)):
            continue
        try:
            whole += worth(
                amount, together(group, amount.take) if group else nothing(result.subject, "", part.last), None
            ).amount
        except NoTier:
            if group:
                raise
    return whole


def _uses(amount: Amount, figures: tuple[str, ...]) -> bool:
    return amount.per in figures or amount.by in figures or any(_uses(inner, figures) for _, inner in amount.tiers)


def _needs_score(amount: Amount) -> bool:
    return _uses(amount, ("score", "deducted", "added"))


def _stand_in(result: Result) -> Occurrence:
    """An occurrence that carries the result's figures."""
    sums = result.sums.get(0)
    figures = {"score": result.exact, "deducted": sums.deducted if sums else ZERO, "added": sums.added if sums else ZERO}
    day = result.period.last
    fact = Fact("", "", result.subject.id, day, reason="-")
    return Occurrence(fact, "", result.subject, ONE, None, None, None, None, day, day, figures=figures)
