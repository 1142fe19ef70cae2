"""The chain of responsibility as plain data: who is asked first, who stands in, and whether a chain is whole ("4.2").

At every moment from the first contact to the end exactly one person holds a matter. People are any hashable marks (their codes);
moments are comparable values. Nothing here reads a clock or a database.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
RANKS = {"director": 2, "leader": 1}
"""Posts above the others when two people are asked at once; every other role counts the same."""


@dataclass(frozen=True, slots=True)
class Link:
    """One holding: from `started_at` to before `ended_at` (None: still held)."""

    holder: Hashable
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """A hand-over as stored: who offered it, when and how it was answered; `taker` only when it was accepted."""

    sender: Hashable
    asked_at: datetime
    status: str
    answered_at: datetime | None = None
    taker: Hashable = None


def rank(roles: Iterable[str]) -> int:
    """How high a post is, 0 for ordinary staff."""
    return max((RANKS.get(role, 0) for role in roles), default=0)


def first_asked(asked: T, beside: T, ranks: Mapping[T, int]) -> T:
    """Of two people asked at once the one on the higher post answers first ("4.2"); equals leave it at `asked`."""
    return beside if ranks.get(beside, 0) > ranks.get(asked, 0) else asked


def stand_in(person: T, covers: Mapping[T, T]) -> T:
    """Who acts for a person now: the cover, the cover's cover, to the end ("1.4.1").

    `covers` has an entry for each person who is away. Where covers only point at each other nobody stands in, and the
    responsibility stays with the person: a circle must not lose a matter.
    """
    seen, now = {person}, person
    while (following := covers.get(now)) is not None:
        if following in seen:
            return person
        seen.add(following)
        now = following
    return now


def stands_for(person: T, covers: Mapping[T, T]) -> set[T]:
    """Everybody whose matters the person holds now: those away whose covers end here, and the person unless away too."""
    return {one for one in {person, *covers} if stand_in(one, covers) == person}


def holder_at(links: Sequence[Link], at: datetime) -> Hashable | None:
    """Who held it at a moment; a passing belongs to the one who took it. None before the first contact and after the end."""
    for link in reversed(links):
        if link.started_at <= at and (link.ended_at is None or at < link.ended_at):
            return link.holder
    return None


def faults(links: Sequence[Link], opened_at: datetime, closed_at: datetime | None) -> list[str]:
    """Everything wrong with a chain, in words; a whole chain has none ("4.2": never nobody, never two)."""
    if not links:
        return ["没有责任人"]
    found = []
    if links[0].started_at != opened_at:
        found.append("第一环不是从接触开始")
    for before, after in pairwise(links):
        if before.ended_at is None or before.ended_at > after.started_at:
            found.append("同时有两个责任人")
        elif before.ended_at < after.started_at:
            found.append("中间有一段没有责任人")
    if links[-1].ended_at != closed_at:
        found.append("最后一环与办结不一致")
    return found


def replay(first: Hashable, opened_at: datetime, passings: Iterable[Passing], closed_at: datetime | None) -> list[Link]:
    """The chain the hand-overs tell: it moves when the other side accepts and at no other time ("4.3.2.1")."""
    links = [Link(first, opened_at)]
    for passing in passings:
        if passing.status != "accepted" or passing.answered_at is None:
            continue
        last = links[-1]
        links[-1] = Link(last.holder, last.started_at, passing.answered_at)
        links.append(Link(passing.taker, passing.answered_at))
    last = links[-1]
    links[-1] = Link(last.holder, last.started_at, closed_at)
    return links
