"""The counter as its clerk sees it: the queue, the visit at the desk, what of it is still undecided, and what waits to be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.catalogue import queries as catalogue
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Counter
from shouwen.reception import queries as reception
from shouwen.reception.models import HandOver, Matter


@dataclass(frozen=True, slots=True)
class Told:
    """One matter of the visit; `points` are what must be told of it at once, (label, text) as the catalogue has them ("4.3.2")."""

    matter: Matter
    points: Sequence[tuple[str, str]]
    is_undecided: bool


@dataclass(frozen=True, slots=True)
class CounterPage:
    """`bench` is the queue's half (`reception.queries.Workbench`); `places` are windows a matter can be led to."""

    bench: Any
    matters: list[Told]
    offers: list[HandOver]
    places: list[tuple[str, str]]
    counters: list[Counter]
    queues: list[Any]

    @property
    def undecided(self) -> list[Told]:
        return [one for one in self.matters if one.is_undecided]


LABELS = {"conditions": "条件", "basis": "依据", "fee": "收费", "time": "时限", "next_step": "下一步"}


def counter_page(actor: Actor, at: datetime, counter: Counter | None = None) -> CounterPage:
    """Everything for the workbench; `counter` when the member sits at another window than the own one today ("4.1", "4.2")."""
    on = local(at).date()
    bench = reception.workbench(actor, at, counter)
    current, matters = bench.current, []
    if current is not None and current.inquiry is not None:
        undecided = {matter.pk for matter in reception.undecided(current.inquiry)}
        matters = [_told(matter, matter.pk in undecided, on) for matter in reception.matters_of(current.inquiry)]
    counters = org.counters(actor.center, on)
    return CounterPage(
        bench=bench,
        matters=matters,
        offers=list(reception.offered_to(actor, at).select_related("matter")),
        places=[(row.code, _place(row)) for row in counters if row != bench.counter],
        counters=counters,
        queues=reception.queues(actor.center, on) if current is not None else [],
    )


def own_counter(actor: Actor, at: datetime) -> Counter | None:
    """The window the actor is on post at today."""
    return reception.counter_of(actor, at)


def counter_places(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """Every window a person can be led to, as choices."""
    return [(row.code, _place(row)) for row in org.counters(actor.center, local(at).date())]


def _place(row: Counter) -> str:
    """The number first, so that typing it chooses the window."""
    return f"{row.number} 号窗口 · {row.name}"


def points(matter: Matter, on: Any) -> dict[str, str]:
    """What the catalogue says about the item of a matter on a day; {} without an item."""
    if matter.item is None:
        return {}
    version = catalogue.version_in_force(matter.center, matter.item.code, on)
    return {} if version is None else reception.guidance(version, on)


def _told(matter: Matter, is_undecided: bool, on: Any) -> Told:
    known = points(matter, on) if is_undecided else {}
    return Told(matter, [(LABELS[key], text) for key, text in known.items()], is_undecided)
