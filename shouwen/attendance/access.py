"""Who may see and do what in attendance. Loaders start from the actor's centre: another centre's row is a 404."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.attendance import models
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org import queries as org
from shouwen.org.models import Member, Role

OVERSEERS = frozenset({Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value, Role.SUPERVISOR.value})
"""They see the whole centre's attendance; everybody else his own."""

REASON_READERS = frozenset({Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value})
"""The reason of a leave may be an illness: those who approve and book it, nobody else."""

RIGHTS: dict[str, tuple[frozenset[str], str]] = {
    "oversee": (OVERSEERS, ""),
    "import": (frozenset({"assessor"}), "1.9"),
    "register": (OVERSEERS, "1.9"),
    "check": (OVERSEERS, "1.4.2"),
    "verify": (frozenset({"leader", "director", "assessor"}), "1.9"),
    "approve": (frozenset({"leader", "director"}), "1.4.1"),
    "decide": (frozenset({"leader", "director", "assessor"}), "1.9"),
    "file": (frozenset({"leader", "director", "assessor"}), "1.4.1"),
}
"""Right → roles that hold it, and the clause a refusal rests on. What is not named here nobody may do."""


def may(actor: Actor, right: str) -> bool:
    return actor.kind == "system" or actor.has(*RIGHTS[right][0])


def require(actor: Actor, right: str) -> None:
    """Refuse unless the actor holds the right; the system (commands, night jobs) may."""
    roles, clause = RIGHTS[right]
    if not may(actor, right):
        names = "、".join(role.label for role in Role if role.value in roles)
        raise Refused(f"此事由{names}办理", clause)


def require_other(actor: Actor, member: Any, what: str) -> None:
    """Nobody records, confirms or waives their own ("1.9")."""
    if actor.is_self(member):
        raise Refused(f"不能{what}本人的记录,请由他人办理", "1.9")


def stands_for(actor: Actor, role: str, at: datetime) -> bool:
    """Whether the actor holds the role, or covers (代班) somebody who does."""
    if actor.has(role):
        return True
    if actor.member is None:
        return False
    on = local(at).date()
    return any(role in org.roles_of(member, on) for member in org.covered_by(actor.member, at))


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
    if not mine and not may(actor, "oversee") and not _covers_approver(actor, at):
        raise Http404
    if to == "read" and not may_read_reason(actor, leave):
        raise Refused("请假材料只有本人和审批人可以查看", "1.4.1")
    return leave


def _covers_approver(actor: Actor, at: datetime) -> bool:
    return any(stands_for(actor, role, at) for role in ("leader", "director"))


def may_read_reason(actor: Actor, leave: models.Leave) -> bool:
    return actor.is_self(leave.member) or actor.has(*REASON_READERS)


def correction_for(actor: Actor, code: str) -> models.Correction:
    rows = models.Correction.objects.of(actor.center).select_related("center", "member", "decided_by")
    row = get_object_or_404(rows, code=code)
    if not actor.is_self(row.member) and not may(actor, "oversee"):
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
