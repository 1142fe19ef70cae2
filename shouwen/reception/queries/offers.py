"""Offers of matters: who may take one, until when, and what waits too long ("4.3.2.1")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.duty import queries as duty
from shouwen.org import queries as org
from shouwen.org.models import Department, Member, Membership, RoleGrant, in_force
from shouwen.reception.models import HandOver, Matter
from shouwen.reception.queries.chain import acting, covers, holder_of, mine
from shouwen.rulebook import queries as rulebook
from shouwen.rules.workdays import DayError
from shouwen.workcalendar.queries import day_table

PENDING = HandOver.Status.PENDING


def first_line(center: Any, at: datetime) -> Member | None:
    """To whom a letter or online question falls at a moment: the person on duty that day, else a leader, else a director.

    A centre with none of them still answers ("4.3.1"): then whoever is on post at the lowest window. None only in a centre
    without people.
    """
    on = local(at).date()
    keeper: Member | None = duty.on_duty(center, at)
    chiefs = [keeper] if keeper else org.holders(center, "leader", on) or org.holders(center, "director", on)
    if chiefs:
        return acting(chiefs[0], covers(center, at))
    posts = Membership.objects.of(center).filter(in_force(on)).select_related("member")
    post = posts.order_by(F("counter__number").asc(nulls_last=True), "member__name", "id").first()
    return post.member if post else None


def remind_at(center: Any, at: datetime) -> datetime:
    """When the head is told that nobody took an offer made at `at`: minutes of opening time of the rulebook (15)."""
    minutes = int(rulebook.parameter(center, local(at).date(), "hand_over_minutes"))
    table = day_table(center)
    if table.hours:
        try:
            return table.moment_after(at, minutes)
        except DayError:
            pass  # no opening hours from here on: the clock on the wall serves
    return at + timedelta(minutes=minutes)


def addressed(center: Any, ids: Iterable[UUID], on: date) -> Q:
    """Offers made to one of these people, or to a window, department or section one of them belongs to on that day."""
    people = list(ids)
    posts = Membership.objects.of(center).filter(in_force(on), member_id__in=people)
    section = RoleGrant.objects.of(center).filter(in_force(on), role="section", member_id__in=people)
    found = Q(receiver_id__in=people) | Q(counter_id__in=posts.filter(counter__isnull=False).values("counter_id"))
    found |= Q(department_id__in=posts.values("department_id"))
    return found | Q(Exists(section), kind=HandOver.Kind.SECTION)


def offered_to(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Pending offers the actor may take or return now, the oldest first; the own offers are not among them."""
    center, ids = actor.center, mine(actor.member, covers(actor.center, at))
    if not ids:
        return HandOver.objects.of(center).none()
    rows = HandOver.objects.of(center).filter(addressed(center, ids, local(at).date()), status=PENDING)
    own = Q(matter__holder_id__in=ids)
    return rows.filter(~own).select_related("matter__inquiry", "sender").order_by("asked_at", "id")


def sent_by(actor: Actor, at: datetime) -> list[HandOver]:
    """What the actor offered and how it ended, pending ones first, of the last seven days."""
    rows = HandOver.objects.of(actor.center).filter(sender=actor.member, asked_at__gte=at - timedelta(days=7))
    found = list(rows.select_related("matter").order_by("-asked_at", "-id")[:50])
    return sorted(found, key=lambda row: row.status != PENDING)


def takers(row: HandOver, at: datetime) -> list[Member]:
    """Everybody who could accept the offer now, covers in place of those away, by name."""
    center, on = row.center_id, local(at).date()
    away = covers(center, at)
    found = {one.pk: one for one in (acting(member, away) for member in _addressees(row, on))}
    return sorted((one for one in found.values() if one.is_here(on)), key=lambda one: (one.name, one.code))


def _addressees(row: HandOver, on: date) -> list[Member]:
    if row.receiver is not None:
        return [row.receiver]
    if row.kind == HandOver.Kind.SECTION:
        return org.holders(row.center, "section", on)
    posts = Membership.objects.of(row.center_id).filter(in_force(on)).select_related("member")
    posts = posts.filter(counter=row.counter) if row.counter is not None else posts.filter(department=row.department)
    return [post.member for post in posts]


def receiving_department(row: HandOver, at: datetime) -> Department | None:
    """The unit an offer was made to; of a person, where the person is on post; None for the business section."""
    if row.counter is not None:
        found: Department = row.counter.department
        return found
    if row.receiver is None:
        return row.department
    posts = Membership.objects.of(row.center_id).filter(in_force(local(at).date()), member=row.receiver)
    post = posts.select_related("department").first()
    return post.department if post else None


def unanswered(center: Any, at: datetime) -> list[HandOver]:
    """Pending offers past their time nobody was told about yet, the oldest first."""
    rows = HandOver.objects.of(center).filter(status=PENDING, remind_at__lte=at, reminded_at__isnull=True)
    return list(rows.select_related("matter", "counter__department", "department", "receiver").order_by("remind_at"))


def slipping(center: Any, at: datetime) -> list[Matter]:
    """Open matters without any outcome after the working days the rulebook gives (1), not told yet, not on offer ("4.2")."""
    offers = HandOver.objects.of(center).filter(matter=OuterRef("pk"), status=PENDING)
    rows = Matter.objects.of(center).filter(
        ~Exists(offers), status=Matter.Status.OPEN, outcome="", slipped_at__isnull=True, opened_at__lt=at - timedelta(hours=12)
    )
    found = list(rows.select_related("first_asked").order_by("opened_at"))
    if not found:
        return []
    today, table = local(at).date(), day_table(center)
    days = int(rulebook.parameter(center, today, "slip_days"))
    return [matter for matter in found if table.add(local(matter.opened_at).date(), days).date < today]


def follower_of(matter: Matter, at: datetime) -> Member | None:
    """Who follows the matter to its end: the first-asked or who stands in; None while that is the holder ("4.2")."""
    follower = acting(matter.first_asked, covers(matter.center_id, at))
    holder = holder_of(matter, at)
    return None if holder is not None and holder.member.pk == follower.pk else follower


def may_urge(actor: Actor, matter: Matter, at: datetime) -> bool:
    """Whether the actor may urge the holder: the first-asked (or who stands in), the business section, leader or director."""
    follower = follower_of(matter, at)
    return actor.has("leader", "director", "section") or (follower is not None and actor.is_self(follower))
