"""Ranks and quotas: eligibility first, then the order; those who tie at the cut are a set and a person decides (1.7; R9)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from shouwen.rules.scoring.answer import Hit, Listing, Result
from shouwen.rules.scoring.periods import Period
from shouwen.rules.scoring.plan import Outcome, Rank
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.values import ZERO, plain
from shouwen.rules.scoring.wording import asked

if TYPE_CHECKING:
    from shouwen.rules.scoring.engine import Scoring


def rank_all(
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
        groups.setdefault(group_of(rank.within, result.subject), []).append(result)
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
            _cut(scoring, listing, rank, pool, quota, eligible, found)
        if listing.selected or listing.tied or listing.stops:
            scoring.listings.append(listing)
            scoring.stops.extend(listing.stops)


def group_of(within: str, subject: Subject) -> str:
    """The group in which a subject is compared with others."""
    if within == "centre":
        return ""
    if within.startswith("member."):
        return str(subject.get(within[7:]) or "")
    return str(subject.unit(within) or "")


def _quota(rank: Rank, size: int) -> int | None:
    quota = _share(rank, size)
    return quota if quota is None or rank.most is None else min(quota, rank.most)


def _share(rank: Rank, size: int) -> int | None:
    if rank.percent is None:
        return rank.quota or 0
    exact = Fraction(rank.percent) * size / 100
    if exact.denominator == 1 or rank.partial == "full":
        return floor(exact)
    if rank.partial == "started":
        return ceil(exact)
    return floor(exact + Fraction(1, 2)) if rank.partial == "half_up" else None


def _level(scoring: Scoring, name: str, result: Result) -> Fraction:
    """What decides between equals: a section of the sheet, or the subject's result on another sheet."""
    found: Decimal | Fraction | None
    if name in scoring.plan.sheets:
        other = scoring.results(name, result.period).get(result.subject.id)
        found = None if other is None else other.exact
    else:
        index = scoring.plan.section_node[name]
        found = result.sums[index].score if index in result.sums else result.sheet.nodes[index].points.of(result.subject)
    return Fraction(found or 0)


def _cut(
    scoring: Scoring,
    listing: Listing,
    rank: Rank,
    pool: list[Result],
    quota: int,
    eligible: list[Result],
    found: dict[str, Hit],
) -> None:
    def score(result: Result) -> tuple[Fraction, ...]:
        exact = Fraction(result.exact or 0)
        first = exact / result.periods if rank.by == "mean" and result.periods else exact
        return first, *(_level(scoring, name, result) for name in rank.ties)

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
