"""Taking over the log of an earlier queue machine, so that statistics and wait estimates are right from the first day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Counter, Member
from shouwen.reception.models import Holding, Inquiry, Matter, Period, Person, Queue, Ticket, TicketSeries
from shouwen.rules.numbering import ticket_number
from shouwen.rules.queueing import PRIORITIES

BATCH = 500


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One visit that is over: who served whom where, and when. Moments are aware and in order; `answer` is what was said."""

    queue: Queue
    counter: Counter
    member: Member
    issued_at: datetime
    called_at: datetime
    finished_at: datetime
    subject: str
    answer: str
    item: Any = None
    person: Person | None = None
    source: str = "kiosk"
    priority: str = ""
    estimated_seconds: int | None = None


@transaction.atomic
def record_past_visits(*, visits: Sequence[PastVisit], by: Actor, at: datetime) -> int:
    """Lay past visits with their numbers, periods, inquiries and chains ("4.2"); answers how many.

    Numbers run by queue and day in order of arrival, after those given already. Refused for a visit whose moments are out of
    order or not over. Effects: Ticket, Period, Inquiry, Matter and Holding rows, one audit row "reception.history" for all.
    """
    ordered = sorted(visits, key=lambda one: one.issued_at)
    for one in ordered:
        if not one.issued_at <= one.called_at <= one.finished_at <= at:
            raise Refused(f"{local(one.issued_at):%Y-%m-%d %H:%M} 取号的一次来访时间不合先后,未导入")
    laid = [_Laid(one, number, by, at) for one, number in zip(ordered, _numbers(ordered, by), strict=True)]
    for model, name in ((Inquiry, "inquiry"), (Matter, "matter"), (Holding, "holding"), (Ticket, "ticket")):
        model.objects.bulk_create([getattr(one, name) for one in laid], batch_size=BATCH)
    Period.objects.bulk_create([period for one in laid for period in one.periods()], batch_size=BATCH)
    record(by=by, at=at, verb="reception.history", label=f"导入以往来访 {len(laid)} 次", detail={"visits": len(laid)})
    return len(laid)


def _numbers(visits: Iterable[PastVisit], by: Actor) -> list[int]:
    """The number of each visit; the day's series goes on behind them."""
    known = {(row.queue_id, row.date): row for row in TicketSeries.objects.of(by.center)}
    last = {key: row.last for key, row in known.items()}
    given = []
    for one in visits:
        key = one.queue.pk, local(one.issued_at).date()
        last[key] = last.get(key, 0) + 1
        given.append(last[key])
    new = [
        TicketSeries(center=by.center, queue_id=queue, date=day, last=number)
        for (queue, day), number in last.items()
        if (queue, day) not in known
    ]
    TicketSeries.objects.bulk_create(new)
    for key, row in known.items():
        TicketSeries.objects.of(by.center).filter(pk=row.pk).update(last=last[key])
    return given


class _Laid:
    """The rows of one visit."""

    def __init__(self, one: PastVisit, number: int, by: Actor, at: datetime) -> None:
        self.one = one
        label, place = ticket_number(one.queue.prefix, number), str(one.counter)
        common: dict[str, Any] = {"center": by.center}
        self.inquiry = Inquiry(
            **common, channel="walk_in", person=one.person, first_asked=one.member, first_asked_name=one.member.name,
            unit_label=place, received_at=one.called_at, recorded_by=by.label[:40], recorded_at=at,
        )  # fmt: skip
        self.matter = Matter(
            **common, inquiry=self.inquiry, item=one.item, subject=one.subject[:120], holder=one.member,
            first_asked=one.member, status="closed", outcome="answered", answer=one.answer, opened_at=one.called_at,
            decided_at=one.finished_at, closed_at=one.finished_at, closed_by=one.member.name,
        )  # fmt: skip
        self.holding = Holding(
            **common, matter=self.matter, position=1, member=one.member, member_name=one.member.name, unit_label=place,
            role="首问", clause="4.2", started_at=one.called_at, ended_at=one.finished_at,
        )  # fmt: skip
        reason = PRIORITIES[one.priority][0] if one.priority else ""
        self.ticket = Ticket(
            **common, queue=one.queue, date=local(one.issued_at).date(), number=number, label=label, source=one.source,
            item=one.item, person=one.person, inquiry=self.inquiry, priority=one.priority, priority_reason=reason,
            status="finished", counter=one.counter, member=one.member, calls=1, rank_at=one.issued_at, issued_at=one.issued_at,
            called_at=one.called_at, begun_at=one.called_at, finished_at=one.finished_at, estimated_seconds=one.estimated_seconds,
        )  # fmt: skip
        self.inquiry.ticket_code = self.ticket.code

    def periods(self) -> Iterable[Period]:
        one, at_counter = self.one, {"counter": self.one.counter, "member": self.one.member}
        common: dict[str, Any] = {"center": self.ticket.center, "ticket": self.ticket}
        yield Period(**common, state="waiting", at=one.issued_at)
        yield Period(**common, state="called", at=one.called_at, **at_counter)
        yield Period(**common, state="serving", at=one.called_at, **at_counter)
        yield Period(**common, state="finished", at=one.finished_at, **at_counter)
