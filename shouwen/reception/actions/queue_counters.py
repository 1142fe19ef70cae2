"""A counter opens, pauses with a reason, closes; every interval stays on record."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.org.models import Counter
from shouwen.reception.models import CounterState, Ticket


@transaction.atomic
def set_counter_state(*, counter: Counter, state: str, reason: str = "", by: Actor, at: datetime) -> CounterState:
    """Open, pause or close a counter; whoever waits is told the truth about how many serve ("3.1").

    A pause states its reason. Refused while somebody is at the counter, unless it opens. Effects: the interval before ends,
    CounterState, audit "reception.counter.state".
    """
    if state not in CounterState.State.values:
        raise Refused("窗口状态只有开放、暂停、关闭")
    wanted = CounterState.State(state)
    if wanted != CounterState.State.OPEN:
        if Ticket.objects.of(by.center).filter(counter=counter, status__in=("called", "serving")).exists():
            raise Refused("窗口上还有一位没有办完,请先办完、挂起或过号")
        if wanted == CounterState.State.PAUSED and not reason.strip():
            raise Refused("暂停须写明原因,如“开会”“取材料”", "3.1")
    row = _interval(counter, wanted, reason.strip()[:60], by, at)
    label = f"{counter.number}号窗口{row.get_state_display()}"
    record(
        by=by,
        at=at,
        verb="reception.counter.state",
        obj=row,
        label=label,
        detail={"reason": row.reason} if row.reason else None,
    )
    return row


def open_counter(counter: Counter, by: Actor, at: datetime) -> None:
    """The day's first call opens the counter; the call's own audit row tells of it."""
    _interval(counter, CounterState.State.OPEN, "", by, at)


def _interval(counter: Counter, state: str, reason: str, by: Actor, at: datetime) -> CounterState:
    CounterState.objects.of(by.center).filter(counter=counter, ended_at__isnull=True).update(ended_at=at)
    row = CounterState(center=by.center, counter=counter, member=by.member, state=state, reason=reason, started_at=at)
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    return row


def close_counter(counter: Counter, by: Actor, at: datetime) -> None:
    """A counter left open overnight; part of the day's closing."""
    _interval(counter, CounterState.State.CLOSED, "日终自动关闭", by, at)
