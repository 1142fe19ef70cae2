"""Roles are granted and ended by the security administrator, never to oneself; the three administrators exclude each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shouwen.audit import actions as audit
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries
from shouwen.org.models import EXCLUSIVE_ROLES, Member, Role, RoleGrant


@transaction.atomic
def grant_role(*, member: Member, role: str, by: Actor, at: datetime) -> RoleGrant:
    """Give a person a role from today (local day of `at`) on.

    Refused for oneself, for a role already held, and for a second one of: system, security, audit administrator,
    assessor (三员分立; who assesses must not administer, "1.9"). Checked under the centre's lock, and once more by
    the database. Effects: RoleGrant, audit "org.grant_role".
    """
    queries.require(by, "roles", member)
    if by.is_self(member):
        raise Refused("不能给自己授予角色,请另一名安全管理员办理")
    center = queries.lock_center(by.center)
    on = local(at).date()
    if member.left_date is not None and member.left_date <= on:
        raise Refused("此人已离开本中心")
    start = max(on, member.joined_date)
    held = _held_from(center, member, start)
    if role in held:
        raise Refused(f"{member.name}已是{Role(role).label}")
    if role in EXCLUSIVE_ROLES and held & EXCLUSIVE_ROLES:
        other = "、".join(Role(name).label for name in sorted(held & EXCLUSIVE_ROLES))
        raise Refused(
            f"{member.name}是{other},不能兼任{Role(role).label}:系统、安全、审计管理员与考核员须分由不同的人担任", "1.9"
        )
    grant = RoleGrant.objects.create(
        center=center,
        member=member,
        role=role,
        active_from=start,
        active_to=member.left_date,
        granted_by=by.label,
        granted_at=at,
    )
    audit.record(by=by, at=at, verb="org.grant_role", obj=member, label=member.name, detail={"role": role})
    return grant


def _held_from(center: object, member: Member, on: object) -> set[str]:
    """Roles the person holds on the day or at any later time."""
    grants = RoleGrant.objects.of(center).filter(member=member).filter(Q(active_to__isnull=True) | Q(active_to__gt=on))
    return set(grants.values_list("role", flat=True))


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Actor, at: datetime) -> None:
    """Take a role back, at once. Refused for oneself and for the last security administrator. Audit "org.end_role"."""
    queries.require(by, "roles", grant)
    if by.is_self(grant.member):
        raise Refused("不能收回自己的角色,请另一名安全管理员办理")
    center = queries.lock_center(by.center)
    on = local(at).date()
    if grant.role == Role.SECURITY_ADMIN and queries.working_holders(center, Role.SECURITY_ADMIN, on) < 2:
        raise Refused("这是唯一的安全管理员,请先将该角色授予另一人")
    live = RoleGrant.objects.of(center).filter(pk=grant.pk).filter(Q(active_to__isnull=True) | Q(active_to__gt=on))
    if live.update(active_to=max(on, grant.active_from)) != 1:
        raise taken()
    audit.record(by=by, at=at, verb="org.end_role", obj=grant.member, label=grant.member.name, detail={"role": grant.role})
