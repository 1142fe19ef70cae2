"""Leave: how long it is, who approves it, whether it needs cover ("1.4.1").

A leave runs from one half day to another, both inside; only working half days count. The ladder is data of the rulebook:
tiers with bounds in days (`at_least`, `over`, `at_most`, `under`), the form, the approvers in order ("leader,director"),
whether cover binds, and perhaps the kinds of leave and the posts they are meant for.
Readings served: R17 (exactly half a day: the bound of the first tier), R21 (cover: a flag of each tier).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.values import Bounds, bounds_of, plain

AM, PM = "am", "pm"
HALF_NAMES = {AM: "上午", PM: "下午"}
HALF_DAY = Decimal("0.5")
BOUND = re.compile(r"(\d+(?:\.\d+)?)(以[上下])")
SEPARATOR = re.compile(r"[,,、\s]+")
CLAUSE = "1.4.1"

Half = tuple[date, str]
"""A half day: the day and "am" or "pm"; tuples sort in order of time."""

Works = Callable[[date], Sequence[str]]
"""The halves of a day that are worked: ("am", "pm"), one of them, or none on a day of rest."""

FOUNDING_LADDER: tuple[Mapping[str, Any], ...] = (
    {"at_most": "0.5", "form": "oral", "approver": "leader", "cover": False},
    {"over": "0.5", "form": "written", "approver": "leader", "cover": True},
)


class LadderError(ValueError):
    """The ladder gives no answer, or two; the message is Chinese and ready to show."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both inside."""

    first: Half
    last: Half

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("请假的结束早于开始")

    def holds(self, half: Half) -> bool:
        return self.first <= half <= self.last

    def meets(self, other: Span) -> bool:
        """Whether the two share a half day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the ladder; `approvers` are role names in the order in which they are asked.

    `kinds` and `posts` limit it to some leave or some people; empty means all.
    """

    bounds: Bounds
    form: str
    approvers: tuple[str, ...]
    cover: bool
    kinds: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()

    def meant(self, kind: str, post: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.posts or post in self.posts)

    @property
    def text(self) -> str:
        """The tier in Chinese, for the page and the record: 半天以下(含), 3 天以上(不含)."""
        return BOUND.sub(lambda found: ("半天" if found[1] == "0.5" else f"{found[1]} 天") + found[2], self.bounds.text())


def halves(span: Span, works: Works) -> list[Half]:
    """The working half days of a span, in order."""
    found = []
    day = span.first[0]
    while day <= span.last[0]:
        found += [(day, name) for name in works(day) if span.holds((day, name))]
        day += timedelta(days=1)
    return found


def adjoin(one: Span, other: Span, works: Works) -> bool:
    """Whether no working half day lies between two spans, so that together they are one absence."""
    earlier, later = sorted((one, other), key=lambda span: span.first)
    if earlier.meets(later):
        return True
    between = halves(Span(earlier.last, later.first), works)
    return not [half for half in between if earlier.last < half < later.first]


def length(spans: Iterable[Span], works: Works) -> Decimal:
    """Working days in all spans together, each half day 0.5."""
    return HALF_DAY * len({half for span in spans for half in halves(span, works)})


def ladder_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Tier, ...]:
    """The ladder from its data, the shape of `leave_ladder` in the rulebook."""
    return tuple(
        Tier(
            bounds_of(row),
            str(row.get("form", "written")),
            tuple(SEPARATOR.split(str(row.get("approver", "leader")).strip())),
            row.get("cover") in (True, "yes"),
            _words(row.get("kinds")),
            _words(row.get("posts")),
        )
        for row in rows
    )


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def tier_for(ladder: Sequence[Tier], days: Decimal, kind: str = "", post: str = "") -> Tier:
    """The one tier for a length. Raises LadderError for a gap or an overlap: a person must mend the rulebook first."""
    fitting = [tier for tier in ladder if tier.bounds.holds(days) and tier.meant(kind, post)]
    if len(fitting) != 1:
        problem = "没有对应的审批级别" if not fitting else "落入多个审批级别"
        raise LadderError(f"请假 {plain(days)} 天在制度的请假审批规定中{problem},请先修订制度")
    return fitting[0]


def approvers(tier: Tier, own_roles: Iterable[str]) -> tuple[str, ...]:
    """Who approves, nobody his own: a leader's leave goes to the director, a director's is recorded by the assessor."""
    own = frozenset(own_roles)
    if "director" in own:
        return ("assessor",)
    if "leader" in own:
        return ("director",)
    return tier.approvers
