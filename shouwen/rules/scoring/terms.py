"""What other sheets bring into one: means of members, sums of periods, shares of the whole, titles won (1.6, 1.8; R6, R10)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from shouwen.rules.scoring import outcomes
from shouwen.rules.scoring.answer import Line, Result
from shouwen.rules.scoring.periods import Period, inside
from shouwen.rules.scoring.plan import Term
from shouwen.rules.scoring.pooling import nothing
from shouwen.rules.scoring.pricing import Stop, Undecided, with_value, worth
from shouwen.rules.scoring.ranking import group_of
from shouwen.rules.scoring.totals import combined
from shouwen.rules.scoring.values import ONE, ZERO, as_decimal, exact, plain, rounded

if TYPE_CHECKING:
    from shouwen.rules.scoring.engine import Scoring

Number = Decimal | Fraction
WORDS = {"mean": "平均", "sum": "合计", "min": "最低", "max": "最高", "trimmed_mean": "去掉最高最低后平均"}
PEERS = {"mean": "平均", "sum": "合计", "min": "最低", "max": "最高"}


class Unknown(Exception):
    """A number the term needs is not known; the message says why."""


def bring_in(scoring: Scoring, result: Result) -> list[tuple[Line, Fraction]]:
    """The lines of a sheet's terms with their exact values. Without any, and with nothing else, there is nothing to assess."""
    found: list[tuple[Line, Fraction]] = []
    empty = []
    mine = [term for term in result.sheet.terms if term.applies(result.subject)]
    for term in mine:
        values, stops = _gather(scoring, term, result)
        if not stops and not values and term.when_empty == "zero":
            values = [ZERO]
        if stops:
            result.stops.extend(stops)
        elif values:
            try:
                found.append(_line(scoring, term, result, values))
            except Stop as stop:
                result.stops.append(f"{_title(scoring, term)}:{stop.reason}")
        elif term.when_empty != "skip":
            empty.append(f"{_title(scoring, term)}:没有可汇总的对象")
    if empty and (found or result.lines or result.sheet.base_given or any(t.when_empty == "stop" for t in mine)):
        result.stops.extend(empty)
    elif not result.stops and (empty or not (mine or result.lines or result.sheet.base_given)):
        result.assessed, result.periods, result.exact = False, 0, None
    return found


def _title(scoring: Scoring, term: Term) -> str:
    if term.title:
        return term.title
    outcome = scoring.plan.outcomes.get(term.outcome or "")
    return outcome.title if outcome is not None else scoring.plan.sheets[term.of].title


def _line(scoring: Scoring, term: Term, result: Result, values: list[Number]) -> tuple[Line, Fraction]:
    value = combined(term.take, values)
    if term.round is not None:
        value = Fraction(rounded(value, term.round))
    note = f"{len(values)}项{WORDS[term.take]}{plain(rounded(value, 4))}"
    if term.amount is not None:
        value = _priced(scoring, term, result, value)
        note += f",折算{plain(rounded(value, 4))}分"
    weight = term.weight.of(result.subject)
    if weight is None:
        raise Stop(f"没有适用于“{result.subject.name or result.subject.id}”的权重")
    amount = value * Fraction(weight)
    note += f"×{plain(weight)}" if weight != 1 else ""
    if term.relative_to is not None:
        note = f"占{PEERS[term.relative_to]}的比例,{note}"
    line = Line(
        "term",
        result.subject.id,
        result.sheet.id,
        0,
        _title(scoring, term),
        as_decimal(amount),
        clause=term.clause,
        readings=result.sheet.readings,
        note=note,
    )
    return line, amount


def _priced(scoring: Scoring, term: Term, result: Result, value: Fraction) -> Fraction:
    """The number priced as the value of an item would be: by tiers, per unit beyond or short of a line."""
    assert term.amount is not None
    day = result.period.last
    try:
        amount = with_value(scoring.plan.values, term.amount, day)
    except Undecided:
        raise Stop("分值尚未由班子会确定") from None
    occ = replace(nothing(result.subject, "", day), value=exact(value), count=ONE)
    return Fraction(worth(amount, occ, None).amount) * term.sign


def _gather(scoring: Scoring, term: Term, result: Result) -> tuple[list[Number], list[str]]:
    """The numbers a term speaks of, and the reasons why some are not known."""
    values: list[Number] = []
    stops: list[str] = []
    for label, source in _sources(scoring, term, result):
        if source.stops:
            stops.append(f"{label}未定:{source.stops[0]}")
        elif source.assessed:
            try:
                value = _value(scoring, term, source)
            except Unknown as why:
                stops.append(f"{label}未定:{why}")
                continue
            if value is not None:
                values.append(value)
                result.parts[label] = value
    if term.over == "periods":
        result.periods = len(values)
        whole = Period("any", result.period.key, result.period.first, result.period.last)
        if len(values) < len(inside(whole, scoring.plan.sheets[term.of].period)):
            result.flags.append("part")
    return values, stops


def _value(scoring: Scoring, term: Term, source: Result) -> Number | None:
    """One result as a number: its total or a section's, 1 or 0 for an outcome, or its part of what its peers have."""
    if term.outcome is not None:
        outcome = scoring.plan.outcomes.get(term.outcome)
        hit = None if outcome is None else outcomes.judge(scoring, outcome, source.period).get(source.subject.id)
        if hit is not None and not hit.certain:
            raise Unknown(f"“{hit.outcome.title}”并列,须由人决定")
        return ZERO if hit is None else ONE
    value = _part(scoring, source, term.section)
    return value if value is None or term.relative_to is None else _relative(scoring, term, source, Fraction(value))


def _relative(scoring: Scoring, term: Term, source: Result, value: Fraction) -> Fraction:
    """A value against the largest, mean or sum of the values of all in the same group and period."""
    group = group_of(term.within, source.subject)
    peers: list[Number] = []
    for other in scoring.results(term.of, source.period).values():
        if other.assessed and group_of(term.within, other.subject) == group:
            if other.stops:
                raise Unknown(f"{other.subject.id}的得分未定,无法比较")
            part = _part(scoring, other, term.section)
            peers.extend([] if part is None else [part])
    whole = combined(term.relative_to or "sum", peers)
    if whole == 0:
        raise Unknown(f"各对象{PEERS[term.relative_to or 'sum']}为0,无法折算比例")
    return value / whole


def _part(scoring: Scoring, source: Result, section: str | None) -> Number | None:
    if section is None:
        return source.exact
    index = scoring.plan.section_node[section]
    if index in source.sums:
        return source.sums[index].score
    return source.marks[index] if source.marks else None


def _sources(scoring: Scoring, term: Term, result: Result) -> list[tuple[str, Result]]:
    sheet, me, period = scoring.plan.sheets[term.of], result.subject, result.period
    if term.over == "periods":
        whole = Period("any", period.key, period.first, period.last) if sheet.period == period.kind else period
        found = [one for one in inside(whole, sheet.period) if scoring.through is None or one.first <= scoring.through]
        return [(one.key, r) for one in found if (r := scoring.results(term.of, one).get(me.id)) is not None]
    if sheet.period != period.kind and sheet.period != "any":
        return []
    everyone = scoring.results(term.of, period)
    if term.over == "self":
        return [(me.id, everyone[me.id])] if me.id in everyone else []
    if term.over == "unit":
        homes = {str(me.unit(kind)) for kind in sheet.kinds}
        return [(code, r) for code, r in everyone.items() if code in homes]
    return [
        (code, r)
        for code, r in everyone.items()
        if (me.kind == "centre" or r.subject.unit(me.kind) == me.id) and (term.where is None or term.where.holds(r.subject.get))
    ]
