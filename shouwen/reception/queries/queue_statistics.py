"""How the queue went, from the log alone; legs marked inaccurate are counted but left out of every mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from shouwen.core.clock import local
from shouwen.org.models import Counter
from shouwen.reception.models import CounterState, Period, Queue, Ticket
from shouwen.reception.queries.queue_floor import queue_rules, sessions_on, times_of
from shouwen.rulebook import queries as rulebook
from shouwen.rules import queueing
from shouwen.rules.queueing import Desk, Leg


@dataclass(frozen=True, slots=True)
class LegRow:
    """One leg with its seconds; `counter_id` is where it was served (or called last), `told` the seconds told at issue."""

    queue_id: UUID
    item_id: UUID | None
    counter_id: UUID | None
    date: date
    issued_at: datetime
    told: int | None
    is_priority: bool
    number: int
    leg: Leg


@dataclass(frozen=True, slots=True)
class Figures:
    """A line of the statistics; times in seconds, None without any. `waits` is how many were called at all."""

    label: str
    issued: int
    finished: int
    left: int
    mean_wait: float | None
    longest_wait: float | None
    mean_handling: float | None
    share: int = 0

    @property
    def wait_minutes(self) -> str:
        return "—" if self.mean_wait is None else f"{self.mean_wait / 60:.1f}"

    @property
    def longest_minutes(self) -> str:
        return "—" if self.longest_wait is None else f"{self.longest_wait / 60:.0f}"

    @property
    def handling_minutes(self) -> str:
        return "—" if self.mean_handling is None else f"{self.mean_handling / 60:.1f}"


@dataclass(frozen=True, slots=True)
class Statistics:
    """`start` to `end` (inclusive): all, by counter, by queue, by day and by hour of taking the number."""

    start: date
    end: date
    whole: Figures
    counters: list[Figures]
    queues: list[Figures]
    days: list[Figures]
    hours: list[Figures]
    inaccurate: int


def legs(center: Any, start: date, end: date) -> list[LegRow]:
    """Legs that ended on days from `start` to before `end`, forgotten finishes left out, in the order of the log; one statement."""
    rows = _legs(center, start, end)
    return [row for row, inaccurate in rows if not inaccurate and row.leg.outcome in ("finished", "left")]


def _legs(center: Any, start: date, end: date) -> list[tuple[LegRow, bool]]:
    rows = Period.objects.of(center).filter(ticket__date__gte=start, ticket__date__lt=end)
    fields = (
        "ticket_id", "ticket__queue_id", "ticket__item_id", "ticket__date", "ticket__issued_at", "ticket__estimated_seconds",
        "ticket__priority", "ticket__number", "ticket__is_inaccurate", "state", "counter_id", "at",
    )  # fmt: skip
    log = rows.order_by("ticket_id", "at", "id").values_list(*fields)
    return [_leg(list(group)) for _, group in groupby(log.iterator(2000), key=lambda row: row[0])]


def _leg(rows: list[Any]) -> tuple[LegRow, bool]:
    _, queue, item, on, issued, told, priority, number, inaccurate, *_ = rows[0]
    counter = next((row[10] for row in reversed(rows) if row[10] is not None), None)
    found = queueing.leg([(row[9], row[11]) for row in rows])
    return LegRow(queue, item, counter, on, issued, told, bool(priority), number, found), inaccurate


def statistics(center: Any, start: date, end: date) -> Statistics:
    """The statistics of days from `start` to `end`, both included; three statements whatever the number of visits."""
    found = _legs(center, start, date.fromordinal(end.toordinal() + 1))
    counters = {row.pk: f"{row.number}号窗口 {row.name}" for row in Counter.objects.of(center).order_by("number")}
    queues = {row.pk: f"{row.prefix} {row.name}" for row in Queue.objects.of(center).order_by("prefix")}
    return Statistics(
        start,
        end,
        _figures("合计", found),
        _split(found, lambda row: row.counter_id, list(counters.items())),
        _split(found, lambda row: row.queue_id, list(queues.items())),
        _split(found, lambda row: row.date, [(on, f"{on.month}月{on.day}日") for on in sorted({row.date for row, _ in found})]),
        _split(found, lambda row: local(row.issued_at).hour, [(hour, f"{hour}时") for hour in range(7, 19)]),
        sum(inaccurate for _, inaccurate in found),
    )


Found = list[tuple[LegRow, bool]]


def _split(found: Found, of: Callable[[LegRow], Any], keys: Iterable[tuple[Any, str]]) -> list[Figures]:
    """A line for each key that has any legs; `share` is its part of the largest, in per cent, for the bar."""
    groups: dict[Any, Found] = {}
    for row, inaccurate in found:
        groups.setdefault(of(row), []).append((row, inaccurate))
    most = max(map(len, groups.values()), default=1)
    return [_figures(label, groups[key], len(groups[key]) * 100 // most) for key, label in keys if key in groups]


def _figures(label: str, found: Found, share: int = 0) -> Figures:
    exact = [row.leg for row, inaccurate in found if not inaccurate]
    waits = [leg.waited for leg in exact if leg.waited is not None]
    handled = [leg.handled for leg in exact if leg.handled > 0]
    outcomes = [row.leg.outcome for row, _ in found]
    return Figures(
        label,
        len(found),
        outcomes.count("finished"),
        outcomes.count("left"),
        sum(waits) / len(waits) if waits else None,
        max(waits, default=None),
        sum(handled) / len(handled) if handled else None,
        share,
    )


def backtest(center: Any, on: date) -> queueing.Accuracy | None:
    """The estimator of today asked about a past day, with the times known now: is the algorithm good, whatever was told then?"""
    rows = list(Ticket.objects.of(center).filter(date=on, leg=1, is_inaccurate=False).order_by("issued_at"))
    visits = [
        queueing.Visit(
            queueing.Waiting(row.label, row.rank_at, str(row.queue_id), str(row.item_id or ""), row.priority),
            row.issued_at,
            row.called_at,
            row.finished_at,
            str(row.counter_id or ""),
        )
        for row in rows
    ]
    return queueing.backtest(
        visits, _open_desks(center, on), times_of(center), queue_rules(rulebook.in_force(center, on)), sessions_on(center, on)
    )


def _open_desks(center: Any, on: date) -> dict[str, tuple[Desk, list[tuple[datetime, datetime]]]]:
    """Each counter with what it served that day by its tickets, and when it was open."""
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in CounterState.objects.of(center).filter(state="open", ended_at__isnull=False).order_by("started_at"):
        if local(row.started_at).date() == on and row.ended_at is not None:
            spans.setdefault(str(row.counter_id), []).append((row.started_at, row.ended_at))
    served: dict[str, set[str]] = {}
    for counter, queue in (
        Ticket.objects.of(center).filter(date=on, counter__isnull=False).values_list("counter_id", "queue_id")
    ):
        served.setdefault(str(counter), set()).add(str(queue))
    return {key: (Desk(key, frozenset(served.get(key, ()))), found) for key, found in spans.items()}
