"""Loaders of inquiries, matters, offers and people: another centre's, a wrong code and a closed door look the same."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.reception import queries
from shouwen.reception.models import HandOver, Inquiry, Matter, Person

REGISTER = ("clerk", "leader", "director", "section")
"""Who keeps the people's register and sees their numbers for a reason; a supervisor reads matters, not numbers."""
COMPLAINT_READERS = ("leader", "director", "supervisor")


def matter_for(actor: Actor, code: str, at: datetime) -> Matter:
    """A matter the actor may see: staff any of the centre, others what they hold, follow or are offered; never, to the
    accused, one with a complaint against them. Raises Http404."""
    rows = queries.visible(actor, at).select_related("inquiry__person", "item", "holder", "first_asked", "center")
    found: Matter = get_object_or_404(rows, code=code)
    return found


def inquiry_for(actor: Actor, code: str, at: datetime) -> Inquiry:
    """An inquiry with at least one matter the actor may see. Raises Http404."""
    rows = Inquiry.objects.of(actor.center).filter(matters__in=queries.visible(actor, at)).distinct()
    found: Inquiry = get_object_or_404(rows.select_related("person", "center", "first_asked"), code=code)
    return found


def hand_over_for(actor: Actor, code: str, at: datetime) -> HandOver:
    """An offer of a matter the actor may see; whether the actor may answer it the action decides. Raises Http404."""
    rows = HandOver.objects.of(actor.center).filter(matter__in=queries.visible(actor, at))
    related = ("matter__inquiry", "sender", "receiver", "counter", "department", "center")
    found: HandOver = get_object_or_404(rows.select_related(*related), code=code)
    return found


def person_for(actor: Actor, code: str, at: datetime) -> Person:
    """Somebody who came, for the staff that serves people, and for whoever has a matter of that person. Raises Http404."""
    rows = Person.objects.of(actor.center)
    if not actor.has(*REGISTER):
        rows = rows.filter(pk__in=queries.visible(actor, at).filter(status="open").values("inquiry__person_id"))
        if actor.has("supervisor"):
            rows = rows.none()
    return get_object_or_404(rows.select_related("center"), code=code)


def require_register(actor: Actor) -> None:
    """Searching the people's register is for those who serve people. Raises Refused."""
    if not actor.has(*REGISTER):
        raise Refused("查找办事人由窗口人员、业务科和中心负责人进行")
