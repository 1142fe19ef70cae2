"""Who may do what to the duty of the hall; every loader starts from the actor's centre."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.duty import models
from shouwen.org.models import Center, Member

PLANNERS = frozenset({"leader", "director"})
INSPECTORS = frozenset({"leader", "director", "assessor", "supervisor"})


def require(actor: Actor, *, to: str) -> None:
    """`to` is "plan" (roster) or "inspect" (cleaning checks on somebody else's duty). Raises Refused."""
    if to == "plan" and not actor.has(*PLANNERS):
        raise Refused("排班由中心负责人或分管领导办理", "1.3.4")
    if to == "inspect" and not actor.has(*INSPECTORS):
        raise Refused("检查由中心负责人、分管领导、考核员或监督员进行", "1.3.6")


def shift_for(actor: Actor, code: str, *, to: str = "see") -> models.Shift:
    """A live shift of the centre; `to="do"` only for the one who has it."""
    rows = models.Shift.objects.of(actor.center).select_related("member", "center")
    shift = get_object_or_404(rows, code=code, ended_at__isnull=True)
    if to == "do" and not actor.is_self(shift.member):
        raise Refused(f"这天的值班人是{shift.member.name},不能由您登记", "1.3.4")
    return shift


def todays_shift(actor: Actor, on: date) -> models.Shift:
    """The hall shift the actor has on that day. Raises Refused when it is another's or nobody's."""
    rows = models.Shift.objects.of(actor.center).filter(
        date=on, member=actor.member, kind=models.Kind.HALL, ended_at__isnull=True
    )
    shift = rows.select_related("member", "center").first()
    if shift is None:
        raise Refused("今天的大厅值日不是您,无须交接", "1.3.5")
    return shift


def swap_for(actor: Actor, code: str) -> models.Swap:
    """A swap the actor takes part in."""
    rows = models.Swap.objects.of(actor.center).filter(Q(asker=actor.member) | Q(asked=actor.member))
    return get_object_or_404(
        rows.select_related("shift__member", "other__member", "asker", "asked", "shift__center"), code=code
    )


def handover_for(actor: Actor, code: str) -> models.ShiftHandover:
    """A hand-over of the actor, given or received; planners and assessors see all of the centre."""
    rows = models.ShiftHandover.objects.of(actor.center)
    if not actor.has(*INSPECTORS):
        rows = rows.filter(Q(giver=actor.member) | Q(receiver=actor.member))
    return get_object_or_404(rows.select_related("shift", "giver", "receiver", "center"), code=code)


def breach_for(actor: Actor, code: str, *, to: str = "see") -> models.Breach:
    """One's own breach, or any of the centre for those who inspect; `to="decide"` needs an inspecting role."""
    rows = models.Breach.objects.of(actor.center).select_related("member", "shift", "noted_by", "decided_by", "center")
    breach = get_object_or_404(rows, code=code)
    if not actor.is_self(breach.member) and not actor.has(*INSPECTORS):
        raise Http404
    if to == "decide" and not actor.has("leader", "director", "assessor"):
        raise Refused("核实由中心负责人、分管领导或考核员进行", "1.9")
    return breach


def photo_for(actor: Actor, name: str) -> str:
    """The stored name of a check's photo of this centre, 404 otherwise."""
    for model in (models.OpeningCheck, models.ClosingCheck, models.CleaningRecord):
        if model.objects.of(actor.center).filter(photo=name).exists():
            return name
    raise Http404


def colleague(actor: Actor, code: str) -> Member:
    return get_object_or_404(Member.objects.of(actor.center).filter(left_date__isnull=True), code=code)


def feed_owner(center: str, secret: str) -> Any:
    """Whose calendar the secret address of a centre opens; the one loader without an actor."""
    if len(secret) < 32:
        raise Http404
    here = get_object_or_404(Center, code=center)
    return get_object_or_404(Member.objects.of(here).filter(left_date__isnull=True), feed_secret=secret)
