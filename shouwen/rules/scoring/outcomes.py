"""Consequences: thresholds, counts, vetoes, runs of periods, ranks with ties as a set (1.5, 1.6, 1.7, 1.8; R7, R9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from shouwen.rules.scoring.answer import Hit, Line, Result
from shouwen.rules.scoring.periods import Period, before, inside, period_of, window
from shouwen.rules.scoring.plan import Condition, Outcome, as_measure
from shouwen.rules.scoring.pricing import Occurrence, measure
from shouwen.rules.scoring.ranking import rank_all
from shouwen.rules.scoring.values import ONE, ZERO, Bounds, as_decimal, plain

if TYPE_CHECKING:
    from shouwen.rules.scoring.engine import Scoring

Number = Decimal | Fraction
# A run is counted back so many periods at most.
LOOK_BACK = 120
PRICED = ("item", "also", "retro", "replaced")
STRETCH = ("at_least", "over", "at_most", "under")


class Unknown(Exception):
    """The test needs a number that is stopped."""


def judge(scoring: Scoring, outcome: Outcome, period: Period) -> dict[str, Hit]:
    """Whom an outcome meets in a period, by subject. Worked out once; ranks over all who are eligible."""
    key = (outcome.id, period.key)
    if key in scoring.hits:
        return scoring.hits[key]  # type: ignore[return-value]
    found: dict[str, Hit] = {}
    scoring.hits[key] = found  # type: ignore[assignment]
    eligible: list[Result] = []
    unknown: list[Result] = []
    for code, result in scoring.results(outcome.sheet, period).items():
        if "posted" in result.flags:
            posted = scoring.posted[result.key]
            if outcome.id in posted.outcomes:
                found[code] = Hit(outcome, outcome.decides)
            continue
        if not result.assessed:
            continue
        try:
            if _meets(scoring, outcome, result):
                eligible.append(result)
        except Unknown:
            unknown.append(result)
    if outcome.rank is not None:
        rank_all(scoring, outcome, outcome.rank, period, eligible, unknown, found)
    else:
        found.update({r.subject.id: Hit(outcome, outcome.decides) for r in eligible})
    return found


def attach(scoring: Scoring, result: Result) -> None:
    """Put the outcomes of a result on it, in the order of the rulebook."""
    for outcome in result.sheet.outcomes:
        hit = judge(scoring, outcome, result.period).get(result.subject.id)
        if hit is not None:
            result.outcomes.append(hit)


def veto(scoring: Scoring, result: Result) -> None:
    """Outcomes that set or cap the score itself; each is a line, so that the sum still holds."""
    for outcome in result.sheet.vetoes:
        if result.exact is None or result.stops:
            return
        try:
            if not _meets(scoring, outcome, result):
                continue
        except Unknown:
            result.stops.append(f"“{outcome.title}”是否适用未定")
            return
        wanted: Number = (
            outcome.sets if outcome.sets is not None else min(Fraction(result.exact), Fraction(outcome.caps or ZERO))
        )
        change = Fraction(wanted) - Fraction(result.exact)
        if change:
            line = Line(
                "veto",
                result.subject.id,
                result.sheet.id,
                0,
                outcome.title,
                as_decimal(change),
                clause=outcome.clause,
                readings=outcome.readings,
            )
            line.note = f"得分定为{plain(wanted)}"
            result.lines.append(line)
            result.exact = as_decimal(wanted) if outcome.sets is None else outcome.sets
            result.total = as_decimal(result.exact)


def _meets(scoring: Scoring, outcome: Outcome, result: Result) -> bool:
    """All of `when` and one of `when_any`, in as many periods running as the outcome asks."""
    here: Result | None = result
    for step in range(outcome.consecutive):
        if step:
            here = _earlier(scoring, result, step)
        if here is None or not here.assessed or not _holds_all(scoring, outcome, here):
            return False
    return True


def _holds_all(scoring: Scoring, outcome: Outcome, result: Result) -> bool:
    unknown = False
    for condition in outcome.when:
        try:
            if not met(scoring, condition, result):
                return False
        except Unknown:
            unknown = True
    if outcome.when_any:
        alternatives = [_try(scoring, condition, result) for condition in outcome.when_any]
        if True not in alternatives:
            if None in alternatives:
                raise Unknown
            return False
    if unknown:
        raise Unknown
    return True


def _try(scoring: Scoring, condition: Condition, result: Result) -> bool | None:
    try:
        return met(scoring, condition, result)
    except Unknown:
        return None


def _earlier(scoring: Scoring, result: Result, steps: int) -> Result | None:
    return scoring.results(result.sheet.id, before(result.period, steps)).get(result.subject.id)


def met(scoring: Scoring, condition: Condition, result: Result) -> bool:
    """Whether one condition holds, in as many periods running as it asks. Raises Unknown where a stop hides the number."""
    for step in range(condition.consecutive):
        here = result if step == 0 else _earlier(scoring, result, step)
        if here is None or not here.assessed or not _once(scoring, condition, here):
            return False
    return True


def _once(scoring: Scoring, condition: Condition, result: Result) -> bool:
    of = condition.of
    if of.startswith("member."):
        return condition.bounds.holds(as_measure(result.subject.get(of[7:]), condition.bounds))
    if condition.sheet is not None and condition.sheet != result.sheet.id and of in {"score", "mean", "assessed", "section"}:
        other = scoring.results(condition.sheet, _same(scoring, condition.sheet, result.period)).get(result.subject.id)
        if other is None or not other.assessed:
            return False
        result = other
    value = _value(scoring, condition, result)
    if value is None:
        return False
    bounds = condition.bounds
    if condition.per_assessed:
        bounds = _stretched(condition, result.periods)
    return bounds.holds(value)


def _same(scoring: Scoring, sheet: str, period: Period) -> Period:
    """The period of another sheet that ends with this one."""
    kind = scoring.plan.sheets[sheet].period
    return period if kind in {"any", period.kind} else period_of(kind, period.last)


def _stretched(condition: Condition, periods: int) -> Bounds:
    """A line of so many points for each assessed period (R7)."""
    edges = {key: getattr(condition.bounds, key) for key in STRETCH}
    for key in condition.per_assessed:
        edges[key] = edges[key] * periods
    return Bounds(**edges, equal=condition.bounds.equal, unequal=condition.bounds.unequal)


def _value(scoring: Scoring, condition: Condition, result: Result) -> Number | None:
    """The number a condition tests."""
    of = condition.of
    if of in {"score", "mean"}:
        if result.exact is None:
            if result.sheet.scored:
                raise Unknown
            return None
        return result.exact if of == "score" or not result.periods else Fraction(result.exact) / result.periods
    if of == "assessed":
        return Decimal(result.periods)
    if of == "section":
        if result.stops:
            raise Unknown
        index = scoring.plan.section_node[condition.section or ""]
        return result.sums[index].score if index in result.sums else result.sheet.nodes[index].points.of(result.subject)
    if of == "outcome":
        if (condition.window or "").startswith("consecutive_"):
            return _outcome_run(scoring, condition, result)
        return Decimal(sum(1 for _ in _outcome_hits(scoring, condition, result)))
    if of in {"deducted", "added"}:
        return _points(scoring, condition, result)
    return _tally(scoring, condition, result)


def _outcome_hits(scoring: Scoring, condition: Condition, result: Result) -> Iterator[str]:
    """Periods of the window in which an outcome met this subject for certain."""
    outcome = scoring.plan.outcomes.get(condition.outcome or "")
    if outcome is None:
        return
    sheet = scoring.plan.sheets[outcome.sheet]
    for period in _window_periods(condition, result, sheet.period):
        hit = judge(scoring, outcome, period).get(result.subject.id)
        if hit is not None and hit.certain:
            yield period.key


def _outcome_run(scoring: Scoring, condition: Condition, result: Result) -> Number:
    """The longest run of periods with an outcome that touches the result's own period."""
    outcome = scoring.plan.outcomes.get(condition.outcome or "")
    if outcome is None:
        return ZERO

    def met_in(period: Period) -> bool:
        hit = judge(scoring, outcome, period).get(result.subject.id)
        return hit is not None and hit.certain

    kind = scoring.plan.sheets[outcome.sheet].period
    periods = inside(result.period, kind) or (period_of(kind, result.period.last),)
    run = longest = 0
    if met_in(periods[0]):
        while run < LOOK_BACK and met_in(before(periods[0], run + 1)):
            run += 1
    for period in periods:
        run = run + 1 if met_in(period) else 0
        longest = max(longest, run)
    return Decimal(longest)


def _window_periods(condition: Condition, result: Result, kind: str) -> tuple[Period, ...]:
    """The periods of a kind in the condition's window, up to the end of the result's own period."""
    if condition.window is None:
        span = result.period
    else:
        first, last = window(condition.window, result.period.last)
        if first.year < 1900:
            first = result.subject.first or period_of("year", result.period.last).first
        span = Period("any", f"{first}/{last}", first, min(last, result.period.last))
    return inside(span, kind) if span.kind != kind else (span,)


def _points(scoring: Scoring, condition: Condition, result: Result) -> Number:
    """Points lost or won: of the items a condition names by their lines, else of its sections or the sheet after their limits."""
    periods = _window_periods(condition, result, result.sheet.period) if condition.window else (result.period,)
    results = [one for p in periods if (one := scoring.results(result.sheet.id, p).get(result.subject.id)) is not None]
    if condition.items:
        return sum((_lines(condition, one) for one in results), ZERO)
    if any(one.stops for one in results):
        raise Unknown
    nodes = [scoring.plan.section_node[name] for name in condition.sections] or [0]
    sums = [one.sums[node] for one in results for node in nodes if node in one.sums]
    return sum((one.deducted if condition.of == "deducted" else one.added for one in sums), ZERO)


def _lines(condition: Condition, result: Result) -> Decimal:
    found = ZERO
    for line in result.lines:
        named = line.item or line.source
        if line.kind not in PRICED or not ("*" in condition.items or named in condition.items):
            continue
        if line.amount is None:
            raise Unknown
        if (condition.of == "deducted") == (line.amount < 0):
            found += abs(line.amount)
    return found


def _tally(scoring: Scoring, condition: Condition, result: Result) -> Number | None:
    """A sum of counts, days, minutes or values over the subject's verified facts in the window."""
    first, last = result.period.first, result.period.last
    running = condition.window is not None and condition.window.startswith("consecutive_")
    if running:
        first = date.min
    elif condition.window is not None:
        first, end = window(condition.window, last)
        last = min(end, last)
    chosen = [
        occ
        for occ in scoring.ledger.occurrences.get(result.subject.id, ())
        if first <= occ.day <= last and _names(condition, occ)
    ]
    if running:
        return _longest_run(scoring, condition.window or "", chosen, result.period.first)
    if condition.of == "value":
        values = [occ.value for occ in chosen if occ.value is not None]
        return values[-1] if values else None
    numbers = [measure(condition.of, occ) for occ in chosen]
    return sum((Fraction(one) for one in numbers if isinstance(one, (Decimal, Fraction))), Fraction(0))


def _names(condition: Condition, occ: Occurrence) -> bool:
    item = occ.item
    if condition.items and (item is None or not ("*" in condition.items or item.id in condition.items)):
        return False
    if condition.kinds and occ.kind not in condition.kinds and occ.fact.kind not in condition.kinds:
        return False
    if condition.sections and (item is None or item.section not in condition.sections):
        return False
    return condition.where is None or condition.where.holds(occ.get)


def _longest_run(scoring: Scoring, name: str, chosen: list[Occurrence], since: date) -> Decimal:
    """The longest run of days (or weeks, months …) with at least one of these facts; one that ended before a day is over."""
    kind = name.removeprefix("consecutive_").removesuffix("s")
    starts = sorted({period_of(kind, occ.day) for occ in chosen}, key=lambda p: p.first)
    longest = run = ZERO
    for index, one in enumerate(starts):
        previous = starts[index - 1] if index else None
        joined = previous is not None and (
            scoring.roster.adjoining(previous.first, one.first) if kind == "day" else (one.first - previous.last).days == 1
        )
        run = run + 1 if joined else ONE
        if one.last >= since:
            longest = max(longest, run)
    return longest
