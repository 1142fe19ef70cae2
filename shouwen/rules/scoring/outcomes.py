"""Consequences: thresholds, counts, vetoes, runs of periods, ranks with ties as a set (1.5, 1.6, 1.7, 1.8; R7, R9)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from shouwen.rules.scoring.answer import Hit, Line, Listing, Result
from shouwen.rules.scoring.periods import Period, before, inside, period_of, window
from shouwen.rules.scoring.plan import Condition, Outcome, Rank, as_measure
from shouwen.rules.scoring.pricing import Occurrence, measure
from shouwen.rules.scoring.values import ONE, ZERO, Bounds, as_decimal, number, plain
from shouwen.rules.scoring.wording import asked

if TYPE_CHECKING:
    from shouwen.rules.scoring.engine import Scoring

Number = Decimal | Fraction
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
        _ranked(scoring, outcome, outcome.rank, period, eligible, unknown, found)
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
    """Points lost or won by the lines a condition names."""
    sections = {scoring.plan.section_node[name] for name in condition.sections}
    found = ZERO
    periods = _window_periods(condition, result, result.sheet.period) if condition.window else ()
    results = [scoring.results(result.sheet.id, period).get(result.subject.id) for period in periods] or [result]
    for line in (line for one in results if one is not None for line in one.lines):
        if condition.items and (line.item or line.source) not in condition.items:
            continue
        if sections and line.node not in sections:
            continue
        if line.amount is None:
            raise Unknown
        if (condition.of == "deducted") == (line.amount < 0):
            found += abs(line.amount)
    return found


def _tally(scoring: Scoring, condition: Condition, result: Result) -> Number | None:
    """A sum of counts, days, minutes or values over the subject's verified facts in the window."""
    first, last = result.period.first, result.period.last
    if condition.window is not None and not condition.window.startswith("consecutive_"):
        first, end = window(condition.window, last)
        last = min(end, last)
    chosen = [
        occ
        for occ in scoring.ledger.occurrences.get(result.subject.id, ())
        if first <= occ.day <= last and _names(condition, occ)
    ]
    if condition.window is not None and condition.window.startswith("consecutive_"):
        return _longest_run(scoring, condition.window, chosen)
    if condition.of == "value":
        values = [occ.value for occ in chosen if occ.value is not None]
        return values[-1] if values else None
    numbers = [number(measure(condition.of, occ)) or ZERO for occ in chosen]
    return sum(numbers, ZERO)


def _names(condition: Condition, occ: Occurrence) -> bool:
    item = occ.item
    if condition.items and (item is None or not ("*" in condition.items or item.id in condition.items)):
        return False
    if condition.kinds and occ.kind not in condition.kinds and occ.fact.kind not in condition.kinds:
        return False
    if condition.sections and (item is None or item.section not in condition.sections):
        return False
    return condition.where is None or condition.where.holds(occ.get)


def _longest_run(scoring: Scoring, name: str, chosen: list[Occurrence]) -> Decimal:
    """The longest run of days (or weeks, months …) with at least one of these facts."""
    kind = name.removeprefix("consecutive_").removesuffix("s")
    starts = sorted({period_of(kind, occ.day) for occ in chosen}, key=lambda p: p.first)
    longest = run = ZERO
    for index, one in enumerate(starts):
        previous = starts[index - 1] if index else None
        joined = previous is not None and (
            scoring.roster.adjoining(previous.first, one.first) if kind == "day" else (one.first - previous.last).days == 1
        )
        run = run + 1 if joined else ONE
        longest = max(longest, run)
    return longest


def _ranked(
    scoring: Scoring,
    outcome: Outcome,
    rank: Rank,
    period: Period,
    eligible: list[Result],
    unknown: list[Result],
    found: dict[str, Hit],
) -> None:
    """Order each group, cut at the quota, and name everyone who ties at the cut."""
    everyone = [r for r in scoring.results(outcome.sheet, period).values() if r.assessed and r.sheet.scored]
    groups: dict[str, list[Result]] = {}
    for result in everyone:
        groups.setdefault(_group(rank, result), []).append(result)
    for name, members in groups.items():
        pool = members if rank.pool == "all" else [r for r in members if r in eligible]
        listing = Listing(outcome, period, name, [], [], 0)
        doubtful = [r for r in (members if rank.pool == "all" else [*pool, *unknown]) if r.exact is None]
        quota = _quota(rank, len(pool))
        if doubtful or any(r in unknown for r in members):
            listing.stops.append(
                f"“{outcome.title}”的名次未定:{'、'.join(r.subject.name or r.subject.id for r in doubtful or unknown)}的得分未定"
            )
        elif quota is None:
            listing.stops.append(
                f"“{outcome.title}”按比例取{plain(rank.percent or ZERO)}%,不足一人如何取,制度没有规定{asked(f'outcomes.{outcome.id}.rank.partial')}"
            )
        elif quota > 0 and pool:
            _cut(listing, rank, pool, quota, eligible, found)
        if listing.selected or listing.tied or listing.stops:
            scoring.listings.append(listing)
            scoring.stops.extend(listing.stops)


def _group(rank: Rank, result: Result) -> str:
    if rank.within == "centre":
        return ""
    if rank.within.startswith("member."):
        return str(result.subject.get(rank.within[7:]) or "")
    return str(result.subject.unit(rank.within) or "")


def _quota(rank: Rank, size: int) -> int | None:
    if rank.percent is None:
        return rank.quota or 0
    exact = Fraction(rank.percent) * size / 100
    if exact.denominator == 1 or rank.partial == "full":
        return floor(exact)
    if rank.partial == "started":
        return ceil(exact)
    return floor(exact + Fraction(1, 2)) if rank.partial == "half_up" else None


def _cut(listing: Listing, rank: Rank, pool: list[Result], quota: int, eligible: list[Result], found: dict[str, Hit]) -> None:
    def score(result: Result) -> Fraction:
        exact = Fraction(result.exact or 0)
        return exact / result.periods if rank.by == "mean" and result.periods else exact

    ordered = sorted(pool, key=score, reverse=rank.order == "top")
    edge = score(ordered[min(quota, len(ordered)) - 1])
    better = [r for r in ordered if (score(r) > edge if rank.order == "top" else score(r) < edge)]
    level = [r for r in ordered if score(r) == edge]
    room = quota - len(better)
    certain = better + (level if len(level) <= room else [])
    tied = [] if len(level) <= room else level
    outcome = listing.outcome
    listing.selected = [r.subject.id for r in certain if r in eligible]
    listing.tied = [r.subject.id for r in tied if r in eligible]
    listing.choose = room if tied else 0
    for place, result in enumerate(ordered, start=1):
        code = result.subject.id
        if code in listing.selected:
            found[code] = Hit(outcome, outcome.decides, place=place)
        elif code in listing.tied:
            found[code] = Hit(outcome, "person", tied=tuple(listing.tied), place=len(better) + 1, certain=False)
