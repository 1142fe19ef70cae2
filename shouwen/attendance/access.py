"""Who may see and do what in attendance. Loaders start from the actor's centre: another centre's row is a 404."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.attendance import models
from shouwen.attendance.queries.rights import REASON_READERS, may, require, stands_for
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org.models import Member

__all__ = ["may", "require", "stands_for"]


def member_for(actor: Actor, code: str) -> Member:
    """A person of the centre whose attendance the actor may see: oneself, or anybody for those who oversee."""
    if actor.member is not None and actor.member.code == code:
        return actor.member
    if not may(actor, "oversee"):
        raise Http404
    return get_object_or_404(Member.objects.of(actor.center).select_related("center"), code=code)


def colleague(actor: Actor, code: str) -> Member:
    """Any person who is at the centre now, e.g. to cover or to be checked."""
    return get_object_or_404(Member.objects.of(actor.center).filter(left_date__isnull=True), code=code)


def leave_for(actor: Actor, code: str, at: datetime, *, to: str = "see") -> models.Leave:
    """One's own leave, one somebody asks the actor to cover, or any for those who oversee or stand in for an approver.

    `to` "read" (paper and evidence, which may tell of an illness) only for the person and those who approve and book it.
    """
    leave = get_object_or_404(models.Leave.objects.of(actor.center).select_related("center", "member", "cover"), code=code)
    mine = actor.is_self(leave.member) or actor.is_self(leave.cover)
    if not mine and not may(actor, "oversee") and not approves(actor, at):
        raise Http404
    if to == "read" and not may_read_reason(actor, leave):
        raise Refused("请假材料只有本人和审批人可以查看", "1.4.1")
    return leave


def approves(actor: Actor, at: datetime) -> bool:
    """Whether the actor is an approver, or covers one ("1.4.1")."""
    return any(stands_for(actor, role, at) for role in ("leader", "director"))


def may_read_reason(actor: Actor, leave: models.Leave) -> bool:
    return actor.is_self(leave.member) or actor.has(*REASON_READERS)


def correction_for(actor: Actor, code: str, at: datetime) -> models.Correction:
    """One's own request, or any for those who oversee or stand in for an approver."""
    rows = models.Correction.objects.of(actor.center).select_related("center", "member", "decided_by")
    row = get_object_or_404(rows, code=code)
    if not actor.is_self(row.member) and not may(actor, "oversee") and not approves(actor, at):
        raise Http404
    return row


def check_for(actor: Actor, code: str) -> models.PostCheck:
    """A check of oneself, by oneself, or any for those who oversee."""
    rows = models.PostCheck.objects.of(actor.center).select_related("center", "member", "checker", "decided_by")
    row = get_object_or_404(rows, code=code)
    if not actor.is_self(row.member) and not actor.is_self(row.checker) and not may(actor, "oversee"):
        raise Http404
    return row


def register_entry_for(actor: Actor, code: str) -> models.RegisterEntry:
    require(actor, "register")
    rows = models.RegisterEntry.objects.of(actor.center).select_related("center", "member", "typed_by")
    return get_object_or_404(rows, code=code)


def batch_for(actor: Actor, code: str) -> models.ImportBatch:
    require(actor, "import")
    return get_object_or_404(models.ImportBatch.objects.of(actor.center).select_related("center", "device"), code=code)


def device_for(actor: Actor, code: str) -> models.Device:
    require(actor, "import")
    return get_object_or_404(models.Device.objects.of(actor.center).select_related("center"), code=code)


def pin_for(actor: Actor, code: str) -> models.UnmatchedPin:
    require(actor, "import")
    return get_object_or_404(models.UnmatchedPin.objects.of(actor.center).select_related("center", "device"), code=code)
