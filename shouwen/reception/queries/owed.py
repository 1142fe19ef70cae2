"""What a person owes to those who asked, and what was missed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, F, Q, Value

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, State, address, state_at
from shouwen.reception.models import HandOver, Matter
from shouwen.reception.queries.chain import Covers, covers, mine
from shouwen.reception.queries.offers import PENDING, addressed
from shouwen.rules.scoring import Fact
from shouwen.rules.workdays import ZONE

SHOWN = {
    "own": ("首问事项", "4.2", "办理"),
    "follow": ("跟踪督促", "4.2", "查看"),
    "offer": ("待您接手", "4.3.2.1", "接手"),
}


def obligations(actor: Actor, at: datetime, away: Covers | None = None) -> list[Obligation]:
    """The actor's open matters, matters of others the actor was first asked about, and offers that wait; two queries.

    Pass `away` (from `covers`) when it is at hand; nothing is read twice then.
    Matters that became a case are shown by cases. Whoever stands in owes what the person away owes ("1.4.1"). An offer's time
    is when the head is told; a matter that slipped shows as late.
    """
    if actor.member is None:
        return []
    center = actor.center
    ids = mine(actor.member, covers(center, at) if away is None else away)
    if not ids:
        return []
    kind = lambda name: Value(name, CharField())  # noqa: E731
    never = Value(None, DateTimeField())
    theirs = ~Q(holder_id__in=ids)
    live = Matter.objects.of(center).filter(status=Matter.Status.OPEN)
    own = live.filter(Q(holder_id__in=ids) & ~Q(outcome=Matter.Outcome.ACCEPTED))
    follow = live.filter(Q(first_asked_id__in=ids) & theirs)
    offers = HandOver.objects.of(center).filter(addressed(center, ids, local(at).date()), status=PENDING)
    offers = offers.filter(~Q(matter__holder_id__in=ids))
    rows = own.values_list(kind("own"), "code", "subject", "inquiry__code", "opened_at", "slipped_at", never).union(
        follow.values_list(kind("follow"), "code", "subject", "holder__name", "opened_at", "slipped_at", never),
        offers.values_list(
            kind("offer"),
            F("matter__code"),
            F("matter__subject"),
            F("sender_name"),
            F("asked_at"),
            F("reminded_at"),
            "remind_at",
        ),
        all=True,
    )
    return [_owed(*row, at=at) for row in rows]


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
