"""A hall with two queues: A (社保) is counter 2's own, B (民政) counter 3's own, and counter 3 helps A."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from shouwen.core.actors import Actor
from shouwen.org.models import Counter
from shouwen.reception import actions
from shouwen.reception.models import Period, Queue, Ticket
from shouwen.workcalendar import actions as calendar
from shouwen.workcalendar.queries import HoursDraft
from tests import factories


@dataclass(slots=True)
class Scene:
    cast: Any
    a: Queue
    b: Queue
    two: Counter
    three: Counter
    kiosk: Actor

    @property
    def center(self) -> Any:
        return self.cast.center

    @property
    def zhang(self) -> Actor:
        return factories.actor(self.cast.zhang)

    @property
    def li(self) -> Actor:
        return factories.actor(self.cast.li)

    def take(self, at: datetime, queue: Queue | None = None, by: Actor | None = None, **more: Any) -> Ticket:
        source = {"source": "kiosk" if by is None else "staff"}
        return actions.issue_ticket(queue=queue or self.a, by=by or self.kiosk, at=at, **source | more)

    def call(self, at: datetime, counter: Counter | None = None) -> Ticket:
        where = counter or self.two
        return actions.call_next(counter=where, by=self.zhang if where == self.two else self.li, at=at)

    def serve(self, at: datetime, until: datetime, counter: Counter | None = None) -> Ticket:
        """Call, begin and finish with an answer."""
        by = self.zhang if counter in (None, self.two) else self.li
        ticket = actions.begin_ticket(ticket=self.call(at, counter), by=by, at=at)
        return actions.finish_ticket(ticket=ticket, answer="已当面说明", by=by, at=until)

    def log(self, ticket: Ticket) -> list[str]:
        return list(Period.objects.of(self.center).filter(ticket=ticket).order_by("at", "id").values_list("state", flat=True))

    def status(self, ticket: Ticket) -> str:
        return Ticket.objects.of(self.center).get(pk=ticket.pk).status


def open_scene(cast: Any, at: datetime) -> Scene:
    leader = factories.actor(cast.zhou)
    draft = HoursDraft("全年", date(2026, 1, 1), None, ((time(8, 30), time(12)), (time(14), time(17, 30))))
    calendar.set_hours(draft=draft, by=factories.actor(cast.wang), at=at)
    a = actions.add_queue(name="社保医保", prefix="a", note="社保、医保、就业", by=leader, at=at)
    b = actions.add_queue(name="民政", prefix="B", ordinary_minutes=20, by=leader, at=at)
    counters = {row.number: row for row in Counter.objects.of(cast.center)}
    actions.set_queue_counters(queue=a, counters={counters[2]: True, counters[3]: False}, by=leader, at=at)
    actions.set_queue_counters(queue=b, counters={counters[3]: True}, by=leader, at=at)
    return Scene(cast, a, b, counters[2], counters[3], Actor(kind="device", center=cast.center, label="东门取号机"))
