"""What somebody who wants a number may choose, and where a number stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shouwen.catalogue import queries as catalogue
from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.documents import queries as documents
from shouwen.org.models import Center, in_force
from shouwen.reception import queries as reception
from shouwen.reception.models import HallDevice, Queue, Ticket

MOST_BUTTONS = 12
ELDERLY = "elderly"
PRIORITIES = {
    ELDERLY: "65 岁以上老年人",
    "disabled": "残疾人、行动不便",
    "pregnant": "孕妇、抱婴者",
    "serviceman": "军人、退役军人",
}
"""What a person may claim without asking anybody, in the words of the button; they stand as the stated reason ("4.3.4")."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: `key` is what it sends (queue code, or queue and item code), `wait` that of somebody who comes now."""

    key: str
    letter: str
    name: str
    note: str
    waiting: int
    wait: Any
    queue: Queue
    item: Any = None


def choices(center: Center, device: HallDevice | None, at: datetime) -> list[Choice]:
    """Queues first, then frequent items, twelve at most. A fixed number of statements."""
    hall = reception.hall(center, at, device.queues if device else (), 0)
    by_code = {one.queue.code: one for one in hall.queues}
    found = [
        Choice(one.queue.code, one.queue.prefix, one.queue.name, one.queue.note, one.waiting, one.wait, one.queue)
        for one in hall.queues
    ]
    pairs = [(queue, item) for queue, item in device.buttons if queue in by_code] if device else []
    items = _items(center, [item for _, item in pairs], local(at).date())
    for code, item in pairs:
        if item in items:
            one = by_code[code]
            name, row = items[item]
            found.append(
                Choice(f"{code}/{item}", one.queue.prefix, name, one.queue.name, one.waiting, one.wait, one.queue, row)
            )
    return found[:MOST_BUTTONS]


def chosen(center: Center, device: HallDevice | None, on: date, key: str) -> tuple[Queue, Any] | None:
    """Queue and item (or None) of a button that was pressed; None for one that is not offered there (any more)."""
    code, _, item = key.partition("/")
    if device is not None and ((device.queues and code not in device.queues) or (item and [code, item] not in device.buttons)):
        return None
    queue: Queue | None = _QUEUE.first(center.pk, on, code)
    items = _items(center, [item], on) if item and device is not None else {}
    if queue is None or (item and item not in items):
        return None
    return queue, items[item][1] if item else None


_QUEUE = Prepared(lambda center, on, code: Queue.objects.of(center).filter(in_force(on), code=code), UUID, date, str)


def _items(center: Center, codes: list[str], on: date) -> dict[str, tuple[str, Any]]:
    if not codes:
        return {}
    rows = catalogue.items(center, on).filter(item__code__in=codes)
    return {version.item.code: (version.name, version.item) for version in rows}


def current(center: Center, code: str, on: date) -> Ticket | None:
    """Today's ticket of that code; after a transfer the leg that counts now. None for another day's or another centre's."""
    rows = Ticket.objects.of(center).select_related("queue", "center")
    ticket: Ticket | None = rows.filter(code=code, date=on).first()
    if ticket is None or ticket.status != Ticket.Status.FINISHED:
        return ticket
    legs = rows.filter(first=ticket.first_id or ticket.pk).order_by("-leg")
    return legs.first() or ticket


def error_minutes(place: Any) -> int | None:
    """How many minutes our estimates of this queue were wrong lately, at least 1; None before the first week or when nobody waits."""
    error = place.wait.mean_error if place.wait else None
    return None if error is None else max(1, round(error / 60))


def slip(place: Any, address: str) -> dict[str, Any]:
    """Data of the paper "queue_slip" for a place in line."""
    ticket, center = place.ticket, place.ticket.center
    data = {
        "frame": documents.frame(center) | {"address": address},
        "number": ticket.label,
        "queue": ticket.queue.name,
        "ahead": str(place.wait.ahead if place.wait else 0),
        "wait": place.wait.span if place.wait else "",
        "priority": f"优先（{ticket.priority_reason}）" if ticket.priority else "",
        "issued_at": f"{local(ticket.issued_at):%Y年%-m月%-d日 %H:%M}",
    }
    return {name: value for name, value in data.items() if value != ""}
