"""What the night does for the queue: closes what was forgotten, and learns how long visits take and how wrong we were."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.reception import queries
from shouwen.reception.actions.queue_counters import close_counter
from shouwen.reception.actions.queue_moving import move
from shouwen.reception.models import CounterState, ServiceTime, Ticket, WaitError
from shouwen.rules import queueing

OPEN = ("waiting", "called", "serving", "parked", "passed")
DAYS = 60
"""So many days back service times are learned from: long enough for rare items, short enough to follow a new clerk."""


@transaction.atomic
def close_day(*, by: Actor, at: datetime) -> int:
    """End every visit of days that are over: who waited has left, a forgotten finish is marked inaccurate and counts in no mean.

    Running it twice changes nothing. Effects: Tickets finished or left, Periods, counters closed, audit "reception.day.close";
    answers with how many visits were open.
    """
    today = local(at).date()
    rows = list(Ticket.objects.of(by.center).filter(date__lt=today, status__in=OPEN).order_by("issued_at"))
    forgotten = 0
    for ticket in rows:
        served = ticket.status == "serving" or (ticket.status == "parked" and ticket.inquiry_id is not None)
        forgotten += served
        changes = {"finished_at": at, "is_inaccurate": served}
        move(ticket, OPEN, "finished" if served else "left", by, at, note="日终自动结束", **changes)
    states = CounterState.objects.of(by.center).filter(~Q(state="closed"), ended_at__isnull=True)
    for state in states.select_related("counter"):
        if local(state.started_at).date() < today:
            close_counter(state.counter, by, at)
    if rows:
        detail = {"open": len(rows), "forgotten": forgotten}
        record(by=by, at=at, verb="reception.day.close", label=f"{len(rows)} 个号自动结束", detail=detail)
    return len(rows)


@transaction.atomic
def mark_inaccurate(*, ticket: Ticket, by: Actor, at: datetime) -> None:
    """Leave a leg out of all statistics: the button was pressed late. Effects: the flag, audit "reception.ticket.inaccurate"."""
    if Ticket.objects.of(by.center).filter(pk=ticket.pk, is_inaccurate=False).update(is_inaccurate=True) != 1:
        raise Refused("已经标记过")
    record(by=by, at=at, verb="reception.ticket.inaccurate", obj=ticket)


@transaction.atomic
def learn(*, by: Actor, at: datetime, days: int = DAYS) -> int:
    """Learn service times from the periods of the last `days`, and reckon how wrong yesterday's estimates were, as told.

    Running it twice changes nothing but the time it was learned. Effects: ServiceTime, WaitError, audit "reception.queue.learn";
    answers with how many levels were learned.
    """
    today = local(at).date()
    legs = queries.legs(by.center, today - timedelta(days=days), today)
    seen = [(str(row.queue_id), str(row.item_id or ""), str(row.counter_id or ""), row.leg.occupied) for row in legs]
    learned = queueing.learn(seen)
    rows = [
        ServiceTime(
            center=by.center,
            queue_id=queue,
            item_key=item,
            counter_key=counter,
            count=found.count,
            mean=found.mean,
            variance=found.variance,
            learned_at=at,
        )
        for (queue, item, counter), found in sorted(learned.items())
    ]
    _keep(rows)
    _errors(legs, today - timedelta(days=14), by)
    if rows:
        record(by=by, at=at, verb="reception.queue.learn", label=f"办理时长 {len(rows)} 项", detail={"visits": len(seen)})
    return len(rows)


def _keep(rows: list[ServiceTime]) -> None:
    ServiceTime.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["center", "queue", "item_key", "counter_key"],
        update_fields=["count", "mean", "variance", "learned_at"],
    )


def _errors(legs: list[queries.LegRow], since: date, by: Actor) -> None:
    """Told against real, a day and queue at a time; appointments are told nothing."""
    pairs: dict[tuple[date, UUID], list[tuple[float, float]]] = {}
    for row in legs:
        if row.date >= since and row.told is not None and row.leg.waited is not None:
            pairs.setdefault((row.date, row.queue_id), []).append((float(row.told), row.leg.waited))
    rows = []
    for (on, queue), found in sorted(pairs.items(), key=str):
        error = queueing.accuracy(found)
        if error is not None:
            values = {"count": error.count, "mean_error": error.mean_error, "bias": error.bias}
            rows.append(WaitError(center=by.center, queue_id=queue, date=on, **values))
    WaitError.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["center", "queue", "date"],
        update_fields=["count", "mean_error", "bias"],
    )
