"""Who may do what to a queue; another centre's number and a wrong one look the same."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.core.prepared import Prepared
from shouwen.org.models import Counter
from shouwen.reception.models import Queue, Ticket
from shouwen.reception.queries.queue import ISSUERS, PLANNERS, SERVERS


def ticket_for(actor: Actor, code: str, to: str = "see") -> Ticket:
    """A ticket of the actor's centre with queue, item, person, inquiry and counter; `to="serve"` only for those who serve."""
    ticket: Ticket | None = _TICKET.first(actor.center.pk, code)
    if ticket is None:
        raise Http404
    if to != "see":
        require_queue(actor, to=to)
    return ticket


_TICKET = Prepared(
    lambda center, code: (
        Ticket.objects.of(center).filter(code=code).select_related("queue", "item", "person", "inquiry", "counter", "first")
    ),
    UUID,
    str,
)


def queue_for(actor: Actor, code: str, to: str = "see") -> Queue:
    """A queue of the actor's centre; `to="plan"` only for leaders and the system administrator."""
    queue = Queue.objects.of(actor.center).filter(code=code).first()
    if queue is None:
        raise Http404
    if to != "see":
        require_queue(actor, to=to)
    return queue


def require_queue(actor: Actor, *, to: str) -> None:
    """`to` is "serve", "issue" or "plan". Raises Refused."""
    if to == "plan" and not actor.has(*PLANNERS):
        raise Refused("队列由中心负责人或系统管理员设置")
    if to == "serve" and not actor.has(*SERVERS):
        raise Refused("叫号、办理由窗口人员进行", "4.2")
    if to == "issue" and not actor.has(*ISSUERS):
        raise Refused("加号由窗口人员或中心负责人办理", "3.1")


def counters_by_code(actor: Actor, codes: list[str]) -> list[Counter]:
    """Counters of the actor's centre, in the order of the codes; an unknown one is a 404."""
    found = {row.code: row for row in Counter.objects.of(actor.center).filter(code__in=codes)}
    if set(codes) - set(found):
        raise Http404
    return [found[code] for code in codes]
