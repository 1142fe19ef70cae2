"""What the workbench does in one step that is several acts below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.desk.queries.counter import points
from shouwen.reception import actions as reception
from shouwen.reception.models import Matter, Ticket


def answer_and_finish(*, ticket: Ticket, answer: str, has_told: bool, by: Actor, at: datetime) -> Ticket:
    """Answer what is still undecided of the visit on the spot, everything told at once as the guide has it, and end it ("4.3.2").

    `has_told` is the clerk's word that condition, basis, fee, time and next step were told; refused without it where a matter
    has an item.
    """

    def told(matter: Matter) -> Mapping[str, str]:
        found = points(matter, local(at).date())
        if found and not has_told:
            raise Refused("请一次说全条件、依据、收费、时限和下一步,再勾选“已一次性告知”", "4.3.2")
        return found

    return reception.finish_ticket(ticket=ticket, answer=answer, told=told, by=by, at=at)
