"""The words of waiting: a ticket in the line, a counter that calls, the numbers a centre may change."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PRIORITIES: dict[str, tuple[str, str]] = {
    "elderly": ("老年人", "4.3.4"),
    "disabled": ("残疾人或行动不便者", "4.3.4"),
    "pregnant": ("孕妇或抱婴者", "4.3.4"),
    "serviceman": ("军人、退役军人", "4.3.4"),
    "expedite": ("急事急办", "3.4"),
    "special": ("重点企业、项目特事特办", "2.5"),
    "appointment": ("预约到时", "2.1"),
}
"""Why somebody may go before others: the words on the screen, and the clause."""

FAIR = "3.1"
"""The clause of plain order: everybody is received alike, asked about and attended to."""


def is_priority(name: str) -> bool:
    return name in PRIORITIES


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What a centre may change; the defaults are explained in docs/explain/queue.md.

    After `priority_run` priority tickets one ordinary; whoever waits longer than `longest_wait_minutes` goes first; somebody
    called is not called again within `call_again_minutes`; after `call_max` calls the number is passed; a passed one that comes
    back stands behind the next `return_after`.
    """

    priority_run: int = 2
    longest_wait_minutes: int = 30
    call_again_minutes: int = 5
    call_max: int = 3
    return_after: int = 3

    @property
    def longest_wait(self) -> timedelta:
        return timedelta(minutes=self.longest_wait_minutes)

    @property
    def call_again(self) -> timedelta:
        return timedelta(minutes=self.call_again_minutes)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket in the line. `since` is the moment it counts from: arrival, or an appointment's own time; `called_at` its last call."""

    ticket: str
    since: datetime
    queue: str = ""
    item: str = ""
    priority: str = ""
    called_at: datetime | None = None

    @property
    def key(self) -> tuple[datetime, int, str]:
        """First come first; of the same moment the lower number. Total, so that two computers never disagree."""
        return self.since, len(self.ticket), self.ticket


@dataclass(frozen=True, slots=True)
class Serving:
    """Who is at a counter now; `begun_at` None when called and not yet there."""

    queue: str = ""
    item: str = ""
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An open counter: its `own` queues come first, then `others`; a `quick` one helps anybody when its own are empty."""

    counter: str
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    quick: bool = False
    serving: Serving | None = None
    opens_at: datetime | None = None

    def serves(self, queue: str) -> bool:
        return self.quick or queue in self.own or queue in self.others


ANYBODY = Desk("", quick=True)
"""A counter that takes whoever is next: the order of a line as a whole."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is called and why. `ticket` is None when nobody can be; `again_at` then says when somebody can (None: not known)."""

    ticket: Waiting | None
    rule: str
    reason: str
    clause: str
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A ticket's place in the line, from 1, and why it stands there."""

    ticket: Waiting
    place: int
    rule: str
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with the reason in words and the clause."""

    allowed: bool
    reason: str
    clause: str


@dataclass(slots=True)
class Line:
    """The waiting in two lanes, each first come first; kept sorted, so that choosing looks at few tickets."""

    priority: list[Waiting] = field(default_factory=list)
    ordinary: list[Waiting] = field(default_factory=list)

    @classmethod
    def of(cls, tickets: Iterable[Waiting]) -> Line:
        line = cls()
        for ticket in sorted(tickets, key=lambda one: one.key):
            line.lane(ticket).append(ticket)
        return line

    def lane(self, ticket: Waiting) -> list[Waiting]:
        return self.priority if is_priority(ticket.priority) else self.ordinary

    def add(self, ticket: Waiting) -> None:
        insort(self.lane(ticket), ticket, key=lambda one: one.key)

    def remove(self, ticket: Waiting) -> None:
        self.lane(ticket).remove(ticket)

    def __len__(self) -> int:
        return len(self.priority) + len(self.ordinary)

    def all(self) -> list[Waiting]:
        """Everybody, first come first, whatever their lane."""
        return sorted([*self.priority, *self.ordinary], key=lambda one: one.key)
