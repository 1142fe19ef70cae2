"""The hall for those who keep it running: each queue's line, each counter, the numbers set aside; and a chart's geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Counter
from shouwen.reception.models import CounterState, Queue, Ticket
from shouwen.reception.queries.queue import Wait, estimate, queues, waiting_rows
from shouwen.reception.queries.queue_floor import floor
from shouwen.reception.queries.queue_statistics import Figures


@dataclass(frozen=True, slots=True)
class QueueLine:
    queue: Queue
    wait: Wait
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter at this moment: `state` open, paused or closed, `ticket` who is there."""

    counter: Counter
    state: str
    label: str
    reason: str
    since: datetime | None
    who: str
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Overview:
    queues: list[QueueLine]
    counters: list[CounterNow]
    aside: list[Ticket]
    waiting: int
    serving: int
    finished: int
    left: int


def overview(center: Any, at: datetime) -> Overview:
    """Today's hall; the number of statements does not grow with the people in it."""
    look = floor(center, at)
    rows = waiting_rows(center, at, look)
    today = list(
        Ticket.objects.of(center)
        .filter(date=look.on)
        .select_related("queue", "item", "member")
        .order_by("-called_at", "number")
    )
    lines = [
        QueueLine(queue, estimate(center, queue, at, seen=look), [row for row in rows if row["queue"] == queue.prefix])
        for queue in queues(center, look.on)
    ]
    counters = _counters(center, at, {row.counter_id: row for row in today if row.status in ("called", "serving")})
    statuses = [row.status for row in today]
    return Overview(
        lines,
        counters,
        [row for row in today if row.status in ("parked", "passed")],
        len(rows),
        statuses.count("serving"),
        statuses.count("finished"),
        statuses.count("left"),
    )


def _counters(center: Any, at: datetime, busy: dict[Any, Ticket]) -> list[CounterNow]:
    on = local(at).date()
    states = CounterState.objects.of(center).filter(ended_at__isnull=True).select_related("member")
    found = {row.counter_id: row for row in states if local(row.started_at).date() == on}
    return [_counter(counter, found.get(counter.pk), busy.get(counter.pk)) for counter in org.counters(center, on)]


def _counter(counter: Counter, row: CounterState | None, ticket: Ticket | None) -> CounterNow:
    if row is None:
        return CounterNow(counter, "closed", "未开放", "", None, "", ticket)
    who = row.member.name if row.member else ""
    return CounterNow(counter, row.state, row.get_state_display(), row.reason, row.started_at, who, ticket)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in the units of its view box; `label_y` is where its value is written."""

    x: int
    y: int
    height: int
    middle: int
    label: str
    value: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    base: int
    bars: list[Bar]
    bar_width: int


def chart(figures: Sequence[Figures], *, of: str, step: int = 56, height: int = 180) -> Chart:
    """Bars of "issued" (people) or "wait" (mean minutes) for a drawing made on the server."""
    values = [float(one.issued) if of == "issued" else (one.mean_wait or 0.0) / 60 for one in figures]
    most, base = max(values, default=0.0) or 1.0, height - 26
    bars = []
    for index, (one, value) in enumerate(zip(figures, values, strict=True)):
        tall = round(value / most * (base - 24))
        told = str(one.issued) if of == "issued" else f"{value:.0f}" if one.mean_wait is not None else "—"
        x = index * step + 10
        bars.append(Bar(x, base - tall, tall, x + (step - 20) // 2, one.label, told, base - tall - 6))
    return Chart(max(step * len(figures), step), height, base, bars, step - 20)
