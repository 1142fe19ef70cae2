"""How a ticket moves: one conditional update, one row of the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.core.prepared import Prepared, change
from shouwen.reception.models import Period, Ticket

WORDS = dict(Ticket.Status.choices)


def move(ticket: Ticket, sources: Iterable[str], to: str, by: Actor, at: datetime, *, note: str = "", **changes: Any) -> Ticket:
    """Exactly one row moves from one of `sources` to `to`, with its Period; else Refused. `ticket` shows the change."""
    allowed = set(sources)
    if ticket.status not in allowed:
        raise Refused(f"{ticket.label} 现在是“{WORDS[ticket.status]}”,不能这样办")
    try:
        if not change(ticket, {"status": ticket.status, "calls": ticket.calls}, **changes, status=to):
            raise taken()
    except IntegrityError as error:  # another visit came to the same counter at the same moment
        raise Refused("窗口上还有一位没有办完") from error
    log(ticket, by, at, note=note)
    return ticket


def hold(ticket: Ticket, by: Actor) -> None:
    """Keep others off the ticket until the transaction ends; Refused when it has moved meanwhile.

    An action that calls others first takes the ticket before they take the trail's chain: everybody locks in this order, so
    nobody waits in a circle.
    """
    if not _STILL(by.center.pk, ticket.pk, str(ticket.status)):
        raise taken()


def _still(center: Any, ticket: UUID, status: str) -> Any:
    rows = Ticket.objects.of(center).select_for_update(no_key=True).filter(pk=ticket, status=status)
    return rows.order_by().values_list("pk")


_STILL = Prepared(_still, UUID, UUID, str)


def log(ticket: Ticket, by: Actor, at: datetime, *, note: str = "") -> None:
    """The state just entered, for good."""
    at_counter = ticket.status not in ("waiting", "passed", "left")
    Period(
        center=by.center,
        ticket=ticket,
        state=ticket.status,
        counter_id=ticket.counter_id if at_counter else None,
        member=by.member,
        note=note[:80],
        at=at,
    ).save(force_insert=True)
