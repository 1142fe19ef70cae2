"""Which queues there are, and which counters serve them; by a leader or the system administrator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Counter, in_force
from shouwen.org.queries import lock_center
from shouwen.reception.models import Queue, QueueCounter, Ticket
from shouwen.reception.queries.queue import PLANNERS
from shouwen.reception.queries.queue_floor import forget


def _may_plan(by: Actor) -> None:
    if by.kind != "system" and not by.has(*PLANNERS):
        raise Refused("队列由中心负责人或系统管理员设置")


@transaction.atomic
def add_queue(
    *,
    name: str,
    prefix: str,
    note: str = "",
    is_quick: bool = False,
    daily_limit: int | None = None,
    ordinary_minutes: int = 10,
    by: Actor,
    at: datetime,
) -> Queue:
    """A new queue from today on. Refused when its letter is in use. Effects: Queue, audit "reception.queue.add"."""
    _may_plan(by)
    letter, on = prefix.strip().upper(), local(at).date()
    if not (letter.isascii() and letter.isalpha() and len(letter) == 1):
        raise Refused("号头是一个字母,如 A")
    if Ticket.objects.of(by.center).filter(date=on, queue__prefix=letter).exists():
        raise Refused(f"号头 {letter} 今天已经发过号,请换一个或明天再设")
    row = Queue(
        center=by.center,
        name=name.strip(),
        prefix=letter,
        note=note.strip(),
        is_quick=is_quick,
        daily_limit=daily_limit,
        ordinary_minutes=max(1, ordinary_minutes),
        active_from=on,
    )
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(f"号头 {letter} 已经在用,请换一个") from error
    record(by=by, at=at, verb="reception.queue.add", obj=row)
    return row


@transaction.atomic
def change_queue(
    *,
    queue: Queue,
    name: str,
    note: str = "",
    is_quick: bool = False,
    daily_limit: int | None = None,
    ordinary_minutes: int = 10,
    by: Actor,
    at: datetime,
) -> Queue:
    """Other words, limit or minutes; the letter stays, numbers carry it. Effects: Queue, audit "reception.queue.change"."""
    _may_plan(by)
    changes = {
        "name": name.strip(),
        "note": note.strip(),
        "is_quick": is_quick,
        "daily_limit": daily_limit,
        "ordinary_minutes": max(1, ordinary_minutes),
    }
    if Queue.objects.of(by.center).filter(pk=queue.pk).update(**changes) != 1:
        raise Refused("没有找到这个队列")
    for field, value in changes.items():
        setattr(queue, field, value)
    forget(by.center)
    record(by=by, at=at, verb="reception.queue.change", obj=queue, detail=changes)
    return queue


@transaction.atomic
def end_queue(*, queue: Queue, by: Actor, at: datetime) -> None:
    """No more numbers from today on. Refused while somebody waits in it. Effects: Queue ended, audit "reception.queue.end"."""
    _may_plan(by)
    on = local(at).date()
    if (
        Ticket.objects.of(by.center)
        .filter(date=on, queue=queue, status__in=("waiting", "called", "serving", "parked"))
        .exists()
    ):
        raise Refused("队列里还有人,请先办完或转到其他队列")
    if Queue.objects.of(by.center).filter(pk=queue.pk, active_to__isnull=True).update(active_to=on) != 1:
        raise Refused("这个队列已经停用")
    queue.active_to = on
    QueueCounter.objects.of(by.center).filter(queue=queue, active_to__isnull=True).update(active_to=on)
    record(by=by, at=at, verb="reception.queue.end", obj=queue)


@transaction.atomic
def set_queue_counters(*, queue: Queue, counters: Mapping[Counter, bool], by: Actor, at: datetime) -> None:
    """Which counters serve the queue from now on, each True when it is its own queue, False when it helps.

    Effects: QueueCounter rows ended and begun, audit "reception.queue.counters".
    """
    _may_plan(by)
    lock_center(by.center)
    on = local(at).date()
    rows = list(QueueCounter.objects.of(by.center).filter(in_force(on), queue=queue))
    kept = {row.counter_id: row for row in rows}
    wanted = {counter.pk: own for counter, own in counters.items()}
    for pk, row in kept.items():
        if wanted.get(pk) is not row.is_own:
            QueueCounter.objects.of(by.center).filter(pk=row.pk).update(active_to=on)
    for counter, own in counters.items():
        before = kept.get(counter.pk)
        if before is None or before.is_own is not own:
            QueueCounter(center=by.center, queue=queue, counter=counter, is_own=own, active_from=on).save(force_insert=True)
    forget(by.center)
    words = {f"{counter.number}号窗口": "本窗口队列" if own else "帮办" for counter, own in counters.items()}
    record(by=by, at=at, verb="reception.queue.counters", obj=queue, detail=words)
