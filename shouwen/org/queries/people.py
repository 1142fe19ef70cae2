"""Who was where, in which role, and what the leadership meeting decided, on any day."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shouwen.core.clock import local
from shouwen.org.models import (
    Center,
    Counter,
    Decision,
    Department,
    Member,
    Membership,
    RoleGrant,
    SetupCode,
    Substitution,
    in_force,
)


def centers() -> list[Center]:
    """Every centre of this installation, oldest first (night jobs take one at a time)."""
    return list(Center.objects.order_by("created_at"))


def is_opened() -> bool:
    """Whether this installation holds a centre at all."""
    return Center.objects.exists()


def lock_center(center: Center) -> Center:
    """Hold the centre's row until the transaction ends: what must not overlap is checked under this lock."""
    return Center.objects.select_for_update(no_key=True).get(pk=center.pk)


def stations(center: Center) -> list[Center]:
    """The centres directly below, e.g. a township's village stations."""
    return list(Center.objects.filter(parent=center).order_by("name"))


def members(center: Center, on: date) -> list[Member]:
    """People of the centre on a day, by name."""
    here = Member.objects.of(center).filter(in_force(on, "joined_date", "left_date"))
    return list(here.select_related("center").order_by("name", "code"))


def members_on_post(center: Center, start: date, end: date, member: Member | None = None) -> list[Membership]:
    """Memberships that hold on at least one day of [start, end), `end` exclusive, of all or one; with member, department, counter.

    Someone who moved has two rows. Serves "1.1": only those actually on post are assessed (see `is_assessed`).
    """
    rows = Membership.objects.of(center).filter(active_from__lt=end).filter(Q(active_to__isnull=True) | Q(active_to__gt=start))
    if member is not None:
        rows = rows.filter(member=member)
    return list(rows.select_related("member", "department", "counter").order_by("member__name", "member__code", "active_from"))


def roles_of(member: Member, on: date) -> frozenset[str]:
    """Role names in force on a day."""
    grants = RoleGrant.objects.of(member.center_id).filter(in_force(on), member=member)
    return frozenset(grants.values_list("role", flat=True))


def holders(center: Center, role: str, on: date) -> list[Member]:
    """People of the centre who hold the role on a day, by name."""
    grants = RoleGrant.objects.of(center).filter(in_force(on), role=role).select_related("member")
    found = {grant.member_id: grant.member for grant in grants if grant.member.is_here(on)}
    return sorted(found.values(), key=lambda member: (member.name, member.code))


def decision(center: Center, kind: str, on: date) -> Decision | None:
    """The decision of a kind in force on a day, None when the leadership meeting has not decided ("1.1")."""
    return Decision.objects.of(center).filter(in_force(on), kind=kind).order_by("-active_from", "-recorded_at").first()


def decisions(center: Center) -> QuerySet[Decision]:
    """All decisions, the newest first."""
    return Decision.objects.of(center).order_by("-decided_date", "-recorded_at")


def substitutions(center: Center | UUID, at: datetime) -> QuerySet[Substitution]:
    """Who stands in for whom at that moment ("1.4.1"), in no order."""
    now = Substitution.objects.of(center).filter(starts_at__lte=at, ends_at__gt=at)
    return now.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))


def cover_of(member: Member, at: datetime) -> Member | None:
    """Who stands in for the person at that moment ("1.4.1"), None when nobody does."""
    found = substitutions(member.center_id, at).filter(member=member).select_related("cover").order_by("-starts_at").first()
    return found.cover if found else None


def covered_by(member: Member, at: datetime) -> list[Member]:
    """Whom the person stands in for at that moment ("1.4.1")."""
    return [
        row.member
        for row in substitutions(member.center_id, at).filter(cover=member).select_related("member").order_by("starts_at")
    ]


def covered_grants(member: Member, at: datetime) -> QuerySet[RoleGrant]:
    """Roles of those the person stands in for at that moment ("1.4.1"), to be asked within another query."""
    away = substitutions(member.center_id, at).filter(cover=member).values("member_id")
    return RoleGrant.objects.of(member.center_id).filter(in_force(local(at).date()), member_id__in=away)


def departments(center: Center, on: date) -> list[Department]:
    """Departments that exist on a day, in the order they were set up."""
    return list(Department.objects.of(center).filter(in_force(on)).order_by("active_from", "id"))


def counters(center: Center, on: date) -> list[Counter]:
    """Windows that exist on a day, by number, with their department."""
    return list(Counter.objects.of(center).filter(in_force(on)).select_related("department").order_by("number"))


def people(center: Center, on: date, search: str = "", left: bool = False) -> QuerySet[Any]:
    """Rows of the people page, by name: `posts` and `roles` hold what is in force on the day (two more queries a page).

    `search` matches name, staff number or post; `left` lists those who have gone instead.
    """
    gone = Q(left_date__isnull=False, left_date__lte=on)
    found = Member.objects.of(center).filter(gone if left else ~gone)
    if search:
        on_post = Membership.objects.of(center).filter(in_force(on), department__name__icontains=search).values("member_id")
        found = found.filter(Q(name__icontains=search) | Q(staff_no=search) | Q(id__in=on_post))
    posts = Membership.objects.of(center).filter(in_force(on)).select_related("department", "counter")
    roles = RoleGrant.objects.of(center).filter(in_force(on)).order_by("granted_at", "role")
    return (
        found.select_related("center", "user")
        .prefetch_related(
            Prefetch("memberships", posts, to_attr="posts"),
            Prefetch("role_grants", roles, to_attr="roles"),
        )
        .order_by("name", "code")
    )


def person(member: Member) -> dict[str, Any]:
    """A person's whole dated record: memberships and role grants, the newest first."""
    posts = Membership.objects.of(member.center_id).filter(member=member).select_related("department", "counter")
    roles = RoleGrant.objects.of(member.center_id).filter(member=member)
    return {
        "posts": list(posts.order_by("-active_from")),
        "grants": list(roles.order_by("-active_from", "-granted_at", "role")),
    }


def present_post(member: Member, on: date) -> dict[str, Any]:
    """The post held on a day as a form takes it, {} without one."""
    posts = Membership.objects.of(member.center_id).filter(in_force(on), member=member)
    post = posts.select_related("department", "counter").first()
    if post is None:
        return {}
    counter = post.counter.code if post.counter else ""
    return {"department": post.department.code, "counter": counter, "post": post.post, "is_assessed": post.is_assessed}


def department_rows(center: Center, on: date) -> list[Department]:
    """Departments that exist on a day, each with `heads`, the number of people on post there."""
    posts = Membership.objects.of(center).filter(in_force(on), department=OuterRef("pk"))
    heads = posts.order_by().values("department").annotate(number=Count("pk")).values("number")
    rows = Department.objects.of(center).filter(in_force(on)).annotate(heads=Coalesce(Subquery(heads), 0))
    return list(rows.order_by("active_from", "id"))


def standing_decisions(center: Center, on: date) -> list[tuple[str, str, Decision | None]]:
    """What the rules of assessment need decided: kind, its label, and the decision in force or None."""
    kinds = (Decision.Kind.POINT_VALUE, Decision.Kind.OBJECTION_DAYS, Decision.Kind.READINGS)
    rows = Decision.objects.of(center).filter(in_force(on), kind__in=kinds)
    found = {row.kind: row for row in rows.order_by("active_from")}
    return [(kind.value, str(kind.label), found.get(kind.value)) for kind in kinds]


def working_holders(center: Center, role: str, on: date) -> int:
    """How many people hold a role on a day with an account that works: the last security administrator stays."""
    return (
        RoleGrant.objects.of(center)
        .filter(in_force(on), role=role, member__user__is_active=True)
        .filter(Q(member__left_date__isnull=True) | Q(member__left_date__gt=on))
        .values("member_id")
        .distinct()
        .count()
    )


def setup_code(code: str, at: datetime) -> SetupCode | None:
    """The one-time opening code, if it is genuine, unused and in date."""
    found = SetupCode.objects.filter(digest=hashlib.sha256(code.encode()).hexdigest(), used_at__isnull=True, expires_at__gt=at)
    return found.select_related("parent").first()
