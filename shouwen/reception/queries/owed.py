"""What a person owes to those who asked, and what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateTimeField, F, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, State, address, state_at
from shouwen.core.prepared import Prepared
from shouwen.reception.models import HandOver, Matter, Ticket
from shouwen.reception.queries.chain import Covers, covers, mine
from shouwen.reception.queries.offers import PENDING, addressed
from shouwen.rules.scoring import Fact
from shouwen.rules.workdays import ZONE

SHOWN = {
    "own": ("首问事项", "4.2", "办理"),
    "follow": ("跟踪督促", "4.2", "查看"),
    "offer": ("待您接手", "4.3.2.1", "接手"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """The person at the actor's window now; `since` is when the conversation began, or the call while nobody came yet."""

    label: str
    subject: str
    since: datetime
    is_begun: bool


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What the actor owes to those who asked, how many visits the actor finished today, and who is at the window."""

    owed: list[Obligation]
    served: int
    visit: Visit | None


def obligations(actor: Actor, at: datetime, away: Covers | None = None) -> list[Obligation]:
    """The actor's open matters, matters of others the actor was first asked about, and offers that wait; two queries.

    Pass `away` (from `covers`) when it is at hand; nothing is read twice then.
    Matters that became a case are shown by cases. Whoever stands in owes what the person away owes ("1.4.1"). An offer's time
    is when the head is told; a matter that slipped shows as late.
    """
    return own_day(actor, at, away).owed


def own_day(actor: Actor, at: datetime, away: Covers | None = None) -> OwnDay:
    """`obligations` with the figures of the day, in the same statement."""
    if actor.member is None:
        return OwnDay([], 0, None)
    ids = mine(actor.member, covers(actor.center, at) if away is None else away)
    rows = _statement(len(ids))(actor.center.pk, actor.member.pk, local(at).date(), *sorted(ids))
    served = next((int(row[1]) for row in rows if row[0] == "served"), 0)
    visit = next((Visit(row[2], row[3], row[4], row[5] is not None) for row in rows if row[0] == "visit"), None)
    return OwnDay([_owed(*row, at=at) for row in rows if row[0] in SHOWN], served, visit)


@lru_cache(maxsize=16)
def _statement(people: int) -> Prepared:
    """The one statement for somebody who answers for so many people: composed once, it is asked every minute."""

    def build(center: UUID, me: UUID, on: date, *ids: UUID) -> QuerySet[Any, Any]:
        first, *rest = [*_tickets(center, me, on), *(_matters(center, set(ids), on) if ids else [])]
        return first.union(*rest, all=True)

    return Prepared(build, UUID, UUID, date, *[UUID] * people)


def _kind(name: str) -> Value:
    return Value(name, CharField())


# Cast, because PostgreSQL asks of every SELECT of a union what type its nothing has.
NEVER = Cast(Value(None), DateTimeField())


def _tickets(center: UUID, me: UUID, on: date) -> Iterator[QuerySet[Any, Any]]:
    """Visits of today, in the columns of `_owed`: the one at the window, and how many are finished."""
    own = Ticket.objects.of(center).filter(date=on, member_id=me).order_by()
    here = own.filter(status__in=(Ticket.Status.CALLED, Ticket.Status.SERVING))
    about, since = Coalesce("item__name", "queue__name"), Coalesce("begun_at", "called_at")
    yield here.values_list(_kind("visit"), "code", "label", about, since, "begun_at", NEVER)
    done = own.filter(status=Ticket.Status.FINISHED).values("center").annotate(n=Count("pk"), last=Max("finished_at"))
    yield done.values_list(_kind("served"), Cast("n", CharField()), _kind(""), _kind(""), "last", NEVER, NEVER)


def _matters(center: UUID, ids: set[UUID], on: date) -> Iterator[QuerySet[Any, Any]]:
    theirs = ~Q(holder_id__in=ids)
    live = Matter.objects.of(center).filter(status=Matter.Status.OPEN).order_by()
    own = live.filter(Q(holder_id__in=ids) & ~Q(outcome=Matter.Outcome.ACCEPTED))
    yield own.values_list(_kind("own"), "code", "subject", "inquiry__code", "opened_at", "slipped_at", NEVER)
    follow = live.filter(Q(first_asked_id__in=ids) & theirs)
    yield follow.values_list(_kind("follow"), "code", "subject", "holder__name", "opened_at", "slipped_at", NEVER)
    offers = HandOver.objects.of(center).filter(addressed(center, ids, on), status=PENDING)
    offers = offers.filter(~Q(matter__holder_id__in=ids)).order_by()
    told = ("matter__code", "matter__subject", "sender_name", "asked_at", "reminded_at")
    yield offers.values_list(_kind("offer"), *(F(name) for name in told), "remind_at")


def _owed(
    kind: str,
    code: str,
    subject: str,
    who: str,
    since: datetime,
    slipped: datetime | None,
    due: datetime | None,
    *,
    at: datetime,
) -> Obligation:
    chip, clause, action = SHOWN[kind]
    state: State = "late" if slipped is not None else state_at(due, at, 300)
    beside = {"own": "", "follow": f"现由{who}办理", "offer": f"{who}移交"}[kind]
    return Obligation(chip, subject, beside, code, clause, since, due, state, action, address("reception:matter", code))


def facts(center: Any, start: date, end: date) -> list[Fact]:
    """Offers nobody answered in time, from `start` to `end` inclusive by the day they were missed (R19: listed, unpriced).

    `subject` is whoever it was offered to: the person's code, else the department's, else (business section) the centre's.
    The kind is the founding rulebook's "handover_missed" ("4.3.2.1").
    """
    first = datetime.combine(start, time(0), ZONE)
    after = datetime.combine(end + timedelta(days=1), time(0), ZONE)
    rows = HandOver.objects.of(center).filter(reminded_at__gte=first, reminded_at__lt=after)
    rows = rows.select_related("matter", "receiver", "counter__department", "department", "center", "sender")
    return [
        Fact(
            id=f"reception.hand_over:{row.code}",
            kind="handover_missed",
            subject=_blamed(row),
            date=local(missed_at).date(),
            at=missed_at,
            reason=f"{row.sender_name}移交给{row.receiver_label}的首问事项,过时无人接手",
            attrs={"clause": "4.3.2.1", "url": address("reception:matter", row.matter.code)},
        )
        for row in rows.order_by("reminded_at", "code")
        if (missed_at := row.reminded_at) is not None
    ]


def _blamed(row: HandOver) -> str:
    unit = row.receiver or (row.counter.department if row.counter else row.department) or row.center
    return str(unit.code)
