"""At the counter: the visit begins and somebody is responsible; it ends when every matter has an outcome, or moves on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record, together
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.core.transactions import inside
from shouwen.org.models import Counter
from shouwen.reception import queries
from shouwen.reception.actions.hand_overs import hand_over, take_over
from shouwen.reception.actions.opening import open_inquiry
from shouwen.reception.actions.outcomes import answer_matter
from shouwen.reception.actions.queue_moving import hold, log, move
from shouwen.reception.models import Matter, Queue, Ticket
from shouwen.rules.masking import scrub


@transaction.atomic
@together()
def begin_ticket(*, ticket: Ticket, subject: str = "", by: Actor, at: datetime) -> Ticket:
    """The person is at the counter: in the same transaction the inquiry opens, with the clerk as first-asked ("4.1", "4.2").

    After a transfer the inquiry of the first leg goes on, and what was offered to this clerk is taken over ("4.3.2.1"). Refused
    unless called. Effects: Ticket serving, Period, Inquiry with its matter or the hand-over accepted, audit
    "reception.ticket.begin".
    """
    if by.member is None:
        raise Refused("须由窗口人员本人开始办理", "4.2")
    if ticket.status != "called":
        raise taken() if ticket.status == "serving" else Refused(f"请先叫 {ticket.label},再开始办理")
    hold(ticket, by)
    changes: dict[str, Any] = {"begun_at": ticket.begun_at or at, "member": by.member}
    if ticket.inquiry_id is None:
        words = scrub(subject.strip()) or (ticket.item.name if ticket.item is not None else ticket.queue.name)
        changes["inquiry"] = inside(open_inquiry)(
            channel="walk_in",
            subjects=[(ticket.item, words)],
            first_asked=by.member,
            person=ticket.person,
            ticket=ticket,
            by=by,
            at=at,
        )
    else:
        offered = queries.offered_to(by, at).filter(matter__inquiry=ticket.inquiry_id)
        for offer in offered.select_related("matter"):
            take_over(hand_over=offer, by=by, at=at)
    move(ticket, ["called"], "serving", by, at, **changes)
    record(by=by, at=at, verb="reception.ticket.begin", obj=ticket)
    return ticket


Told = Callable[[Matter], Mapping[str, str]]
"""What was told of a matter: the five points where it has an item, nothing where it has none."""


@transaction.atomic
@together()
def finish_ticket(*, ticket: Ticket, answer: str = "", told: Told | None = None, by: Actor, at: datetime) -> Ticket:
    """The visit is over. Refused while a matter of it is only talked about: it needs an outcome first ("4.3.1", "4.3.2").

    `answer`, with what was `told` of each, answers every such matter on the spot ("4.3.2"). Effects: Ticket finished, Period,
    matters answered, audit "reception.ticket.finish".
    """
    hold(ticket, by)
    if ticket.inquiry is not None:
        talked = queries.undecided(ticket.inquiry)
        if talked and not answer.strip():
            names = "、".join(matter.subject for matter in talked[:3])
            raise Refused(f"“{names}”还没有处理结果:请答复、告知、受理或移交后再办完", "4.3.2")
        for matter in talked:
            inside(answer_matter)(matter=matter, answer=answer, told=told(matter) if told else {}, by=by, at=at)
    move(ticket, ["serving"], "finished", by, at, finished_at=at, member=by.member)
    record(by=by, at=at, verb="reception.ticket.finish", obj=ticket)
    return ticket


@transaction.atomic
def lead_ticket(*, ticket: Ticket, counter: Counter, note: str = "", by: Actor, at: datetime) -> int:
    """Take the person to another window: every undecided matter is offered there, the visit here ends ("3.2", "4.3.2.1").

    The clerk holds the matters until the other side accepts. Refused when nothing is undecided. Effects: hand-overs, Ticket
    finished, audit of both. Answers how many were offered.
    """
    hold(ticket, by)
    talked = queries.undecided(ticket.inquiry) if ticket.inquiry else []
    if not talked:
        raise Refused("这次来访没有待移交的事项", "4.3.2.1")
    for matter in talked:
        hand_over(matter=matter, kind="escorted", counter=counter, note=note, by=by, at=at)
    move(ticket, ["serving"], "finished", by, at, finished_at=at, member=by.member)
    record(by=by, at=at, verb="reception.ticket.lead", obj=ticket, detail={"to": str(counter)})
    return len(talked)


@transaction.atomic
def transfer_ticket(*, ticket: Ticket, queue: Queue, note: str = "", by: Actor, at: datetime) -> Ticket:
    """On to another queue under the same number, counting from the first arrival: this leg ends, a linked one begins.

    Open matters are offered to the other side, who hold them from the moment they begin; till then the sender does ("3.2",
    "4.3.2.1"). Effects: Ticket finished, new leg waiting, Periods, hand-overs, audit "reception.ticket.transfer". Answers with
    the new leg.
    """
    if queue.pk == ticket.queue_id:
        raise Refused("已经在这个队列里")
    if queue.active_to is not None and queue.active_to <= ticket.date:
        raise Refused(f"“{queue.name}”已停用")
    hold(ticket, by)
    _offer_matters(ticket, queue, note, by, at)
    move(ticket, ["waiting", "called", "serving", "parked"], "finished", by, at, note=f"转{queue.name}", finished_at=at)
    leg = Ticket(
        center=by.center,
        queue=queue,
        date=ticket.date,
        number=ticket.number,
        label=ticket.label,
        leg=ticket.leg + 1,
        first_id=ticket.first_id or ticket.pk,
        source=ticket.source,
        item=ticket.item,
        person=ticket.person,
        inquiry_id=ticket.inquiry_id,
        priority=ticket.priority,
        priority_reason=ticket.priority_reason,
        rank_at=ticket.rank_at,
        issued_at=at,
    )
    leg.save(force_insert=True)
    log(leg, by, at, note=note)
    record(by=by, at=at, verb="reception.ticket.transfer", obj=leg, detail={"to": queue.name, "note": note})
    return leg


def _offer_matters(ticket: Ticket, queue: Queue, note: str, by: Actor, at: datetime) -> None:
    """Offer what is only talked about to those who serve the other queue; nothing when the sender serves it too."""
    if ticket.inquiry is None:
        return
    talked = queries.undecided(ticket.inquiry)
    counters = queries.counters_of(by.center, queue, ticket.date)
    if not talked or ticket.counter_id in {counter.pk for counter in counters}:
        return
    if not counters:
        raise Refused(f"“{queue.name}”今天没有窗口办理", "4.3.2.1")
    alike = len({counter.department_id for counter in counters}) == 1 and len(counters) > 1
    place: dict[str, Any] = {"department": counters[0].department} if alike else {"counter": counters[0]}
    for matter in talked:
        hand_over(matter=matter, kind="escorted", note=note or f"引导到{queue.name}", by=by, at=at, **place)
