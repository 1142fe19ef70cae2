"""Calls and visits owed after the certificate ("2.2", 证后服务)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwen.cases.models import Case, FollowUp
from shouwen.cases.queries.owed import Owed, Select, Shape, read_owed, select, shaped
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address, state_at
from shouwen.reception import queries as reception
from shouwen.rules.clock import Limit, read
from shouwen.workcalendar.queries import day_table

CLAUSE = "2.2"
DAYS = 5
"""Working days after delivery within which somebody asks how it went, when nobody says otherwise."""
TELL_BEFORE, RENEW_BEFORE = 60, 30
"""Calendar days before a certificate runs out: from when the holder is reminded, and by when (行政许可法 50: renewal is asked for 30 days before)."""
WATCHERS = frozenset({"leader", "director", "supervisor", "section"})


def aftercare_due(center: Any, at: datetime, days: int) -> datetime:
    """The end of the working day `days` after the day of `at`."""
    return read(day_table(center), at, Limit(days), (), at, local=True).due_at


def follow_ups_of(case: Case) -> list[FollowUp]:
    return list(FollowUp.objects.of(case.center_id).filter(case=case).select_related("member").order_by("planned_at", "id"))


def visible_follow_ups(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Own ones (and those of people one stands in for); everybody's for those who oversee."""
    rows = FollowUp.objects.of(actor.center).select_related("case", "case__person", "member")
    if actor.has(*WATCHERS):
        return rows
    people = reception.mine(actor.member, reception.covers(actor.center, at))
    return rows.filter(Q(member__in=people) | Q(member=actor.member))


def follow_up_rows(actor: Actor, at: datetime, view: str = "open") -> QuerySet[Any]:
    """`view` is open (to be done now), later (reminders whose day has not come) or done."""
    rows, today = visible_follow_ups(actor, at), local(at).date()
    if view == "done":
        return rows.filter(done_at__isnull=False).order_by("-done_at", "-id")
    rows = rows.filter(done_at__isnull=True)
    chosen = rows.filter(from_date__gt=today) if view == "later" else rows.filter(from_date__lte=today)
    return chosen.order_by("due_at", "id")


def expiring(center: Any, at: datetime, days: int = TELL_BEFORE, most: int = 500) -> list[Case]:
    """Delivered cases whose certificate runs out within `days` calendar days and that have no reminder yet, the first first."""
    today = local(at).date()
    rows = Case.objects.of(center).filter(
        result_expires__gte=today, result_expires__lte=today + timedelta(days=days), delivered_at__isnull=False
    )
    known = FollowUp.objects.of(center).filter(kind=FollowUp.Kind.EXPIRY).values("case_id")
    return list(rows.exclude(pk__in=known).select_related("matter__holder", "center").order_by("result_expires", "code")[:most])


def follow_up_selects(actor: Actor, people: set[UUID], on: date) -> Iterator[Select]:
    """What `people` still have to ask or tell, from the day on it is to be done."""
    rows = FollowUp.objects.of(actor.center).filter(member__in=people, done_at__isnull=True)
    rows = rows.filter(from_date__lte=on)
    yield select(rows, "follow_up", "case__item_name", "case__code", "kind", since="planned_at", due="due_at")


def follow_up_owed(row: Owed, at: datetime) -> Obligation:
    chip, state = str(FollowUp.Kind(row.word).label), state_at(row.due, at, 86_400)
    url = address("cases:follow_up", row.page)
    return Obligation(chip, row.title, row.who, row.code, CLAUSE, row.since, row.due, state, "去办理", url)


FOLLOW_UP_SHAPES: dict[str, Shape] = {"follow_up": follow_up_owed}


def follow_up_obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """What the actor still has to ask or tell; one statement beside that of whom the actor answers for."""
    people = reception.mine(actor.member, reception.covers(actor.center, at)) if actor.member else set()
    return shaped(read_owed(follow_up_selects(actor, people, local(at).date())), FOLLOW_UP_SHAPES, at) if people else []


def may_do(follow_up: FollowUp, actor: Actor, at: datetime) -> bool:
    """Its owner, who stands in for the owner, or a leader or director."""
    if actor.member is None:
        return False
    acting = reception.acting(follow_up.member, reception.covers(actor.center, at))
    return actor.is_self(acting) or actor.is_self(follow_up.member) or actor.has("leader", "director")
