"""What the workbench does in one step that is several acts below."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.desk.queries.counter import points
from shouwen.org.models import Counter
from shouwen.reception import actions as reception
from shouwen.reception import queries
from shouwen.reception.models import Ticket


@transaction.atomic
def answer_and_finish(*, ticket: Ticket, answer: str, has_told: bool, by: Actor, at: datetime) -> Ticket:
    """Answer what is still undecided of the visit on the spot, everything told at once, and end the visit ("4.3.2").

    `has_told` is the clerk's word that condition, basis, fee, time and next step were told as the guide has them; refused
    without it where a matter has an item.
    """
    talked = queries.undecided(ticket.inquiry) if ticket.inquiry else []
    if talked and not answer.strip():
        raise Refused("请写一句怎样答复的,或先受理、移交", "4.3.2")
    for matter in talked:
        told = points(matter, local(at).date())
        if told and not has_told:
            raise Refused("请一次说全条件、依据、收费、时限和下一步,再勾选“已一次性告知”", "4.3.2")
        reception.answer_matter(matter=matter, answer=answer, told=told, by=by, at=at)
    return reception.finish_ticket(ticket=ticket, by=by, at=at)


@transaction.atomic
def lead_over(*, ticket: Ticket, counter: Counter, note: str, by: Actor, at: datetime) -> int:
    """Take the person to another window: every undecided matter is offered there, the visit here ends ("3.2", "4.3.2.1").

    The clerk holds the matters until the other side accepts. Answers how many were offered.
    """
    talked = queries.undecided(ticket.inquiry) if ticket.inquiry else []
    if not talked:
        raise Refused("这次来访没有待移交的事项", "4.3.2.1")
    for matter in talked:
        reception.hand_over(matter=matter, kind="escorted", counter=counter, note=note, by=by, at=at)
    reception.finish_ticket(ticket=ticket, by=by, at=at)
    return len(talked)
