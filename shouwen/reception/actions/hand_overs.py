"""Passing a matter on: offered, then accepted, returned or withdrawn; the sender holds it until the other side accepts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Counter, Department, Member
from shouwen.reception import queries
from shouwen.reception.actions.holding import CHIEFS, locked, next_link, none_pending, responsible
from shouwen.reception.models import HandOver, Matter
from shouwen.rules.masking import scrub

CLAUSES = {HandOver.Kind.ESCORTED: "4.3.2.1", HandOver.Kind.SECTION: "4.3.3", HandOver.Kind.INTERNAL: "4.2"}
ROLES = {HandOver.Kind.ESCORTED: "承办", HandOver.Kind.SECTION: "业务科协调", HandOver.Kind.INTERNAL: "承办"}


@transaction.atomic
def hand_over(
    *,
    matter: Matter,
    kind: str,
    counter: Counter | None = None,
    department: Department | None = None,
    receiver: Member | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> HandOver:
    """Offer the matter to a window, a department or a person ("3.2", "4.3.2.1"), a joint one to the business section ("4.3.3").

    The sender answers for it, every clock included, until somebody accepts (K7). Offered by the holder, or by a leader or
    director who appoints a handler. Refused when nobody could accept, or while another offer is pending. Effects: HandOver,
    messages to those who may accept, audit "reception.hand_over.offer".
    """
    fresh = locked(matter, by)
    holder = responsible(fresh, by, at, or_chief=True)
    none_pending(fresh)
    row = HandOver(
        center=by.center,
        matter=fresh,
        kind=_kind(kind, counter, department, receiver),
        sender=holder.member,
        sender_name=holder.name[:30],
        sender_label=holder.unit_label,
        asked_by=by.label[:40],
        counter=counter,
        department=department,
        receiver=receiver,
        receiver_label=_label(kind, counter, department, receiver, at),
        note=scrub(note)[:200],
        asked_at=at,
        remind_at=queries.remind_at(by.center, at),
    )
    _save(row, holder, by, at)
    record(by=by, at=at, verb="reception.hand_over.offer", obj=row, label=fresh.code, detail={"to": row.receiver_label})
    return row


def _save(row: HandOver, holder: queries.Holder, by: Actor, at: datetime) -> None:
    """Store an offer somebody can accept, and tell all who could."""
    takers = [one for one in queries.takers(row, at) if one.pk != holder.member.pk]
    if not takers:
        raise Refused(f"{row.receiver_label}现在没有人可以接手,请换一个去处,或打电话协调", row_clause(row))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error
    for taker in takers:
        text = f"{holder.name}移交“{row.matter.subject}”,请接手或写明理由退回。"
        _tell(taker, row, "待接手的事项", text, f"offer:{taker.code}", by, at)


def _kind(kind: str, *places: Any) -> str:
    found = HandOver.Kind(kind)
    given = sum(place is not None for place in places)
    if given != (0 if found == HandOver.Kind.SECTION else 1):
        raise Refused("请选定一个去处:窗口、部门或某个人", CLAUSES[found])
    return found


def _label(kind: str, counter: Counter | None, department: Department | None, receiver: Member | None, at: datetime) -> str:
    """The receiving side in words, kept as it was (L26)."""
    if receiver is not None:
        unit = queries.unit_of(receiver, local(at).date())
        return f"{receiver.name}({unit})"[:60] if unit else receiver.name
    return str(counter or department or "业务科")[:60]


def row_clause(row: HandOver) -> str:
    return CLAUSES[HandOver.Kind(row.kind)]


@transaction.atomic
def take_over(*, hand_over: HandOver, by: Actor, at: datetime) -> HandOver:
    """Accept an offer: from this moment the actor holds the matter. Of several colleagues one wins ("4.3.2.1").

    Effects: offer accepted, the sender's link ended and the actor's begun, a word to the sender and the first-asked, audit
    "reception.hand_over.take". An offer that waited too long stays on record as missed (R19).
    """
    matter = locked(hand_over.matter, by)
    row = _answer(hand_over, by, at, HandOver.Status.ACCEPTED)
    moment = next_link(
        matter,
        by.member,
        unit_label=queries.unit_of(by.member, local(at).date()),
        role=ROLES[HandOver.Kind(row.kind)],
        clause=row_clause(row),
        note=row.note,
        at=at,
    )
    if not matter.outcome:
        section = row.kind == HandOver.Kind.SECTION
        outcome = Matter.Outcome.SECTION if section else Matter.Outcome.HANDED_OVER
        Matter.objects.of(by.center).filter(pk=matter.pk).update(outcome=outcome, decided_at=moment)
    HandOver.objects.of(by.center).filter(pk=row.pk).update(answered_at=moment)
    for person in {row.sender, matter.first_asked}:
        if not by.is_self(person):
            _tell(person, row, "移交已接手", f"{by.label}已接手“{matter.subject}”。", f"taken:{person.code}", by, at)
    record(by=by, at=at, verb="reception.hand_over.take", obj=row, label=matter.code)
    return row


@transaction.atomic
def return_hand_over(*, hand_over: HandOver, reason: str, by: Actor, at: datetime) -> HandOver:
    """Send an offer back with a reason; the sender has held the matter all the time and goes on ("4.3.2.1").

    Effects: offer returned, a word to the sender and the first-asked, audit "reception.hand_over.return".
    """
    if len(reason.strip()) < 4:
        raise Refused("请写明为什么退回、应当找谁:不能推诿", "4.3.1")
    matter = locked(hand_over.matter, by)
    row = _answer(hand_over, by, at, HandOver.Status.RETURNED, answer=scrub(reason.strip())[:200])
    for person in {row.sender, matter.first_asked}:
        if not by.is_self(person):
            text = f"{by.label}退回“{matter.subject}”,事情仍由{row.sender_name}负责。"
            _tell(person, row, "移交被退回", text, f"returned:{person.code}", by, at)
    record(by=by, at=at, verb="reception.hand_over.return", obj=row, label=matter.code)
    return row


@transaction.atomic
def withdraw_hand_over(*, hand_over: HandOver, by: Actor, at: datetime) -> HandOver:
    """Take an offer back before anybody accepts; by the holder or a leader. Audit "reception.hand_over.withdraw"."""
    matter = locked(hand_over.matter, by)
    responsible(matter, by, at, or_chief=True)
    row = _moved(hand_over, by, at, HandOver.Status.WITHDRAWN)
    record(by=by, at=at, verb="reception.hand_over.withdraw", obj=row, label=matter.code)
    return row


def _answer(row: HandOver, by: Actor, at: datetime, status: str, **changes: Any) -> HandOver:
    """Move a pending offer, if the actor is one of those it was made to."""
    holder = queries.holder_of(row.matter, at)
    if by.member is None or (holder is not None and by.is_self(holder.member)):
        raise Refused("不能由移交人自己接手或退回", "4.3.2.1")
    if not queries.offered_to(by, at).filter(pk=row.pk).exists():
        stands = HandOver.objects.of(by.center).filter(pk=row.pk, status=HandOver.Status.PENDING).exists()
        raise Refused(f"这件事移交给了{row.receiver_label},不能由您答复", "4.3.2.1") if stands else taken()
    return _moved(row, by, at, status, **changes)


def _moved(row: HandOver, by: Actor, at: datetime, status: str, **changes: Any) -> HandOver:
    """Exactly one of several answers moves the row; what came after the limit is marked as missed once (R19)."""
    pending = HandOver.objects.of(by.center).filter(pk=row.pk, status=HandOver.Status.PENDING)
    answered = max(at, row.asked_at)
    if pending.update(status=status, answered_at=answered, answered_by=by.member, **changes) != 1:
        raise taken()
    if at > row.remind_at:
        HandOver.objects.of(by.center).filter(pk=row.pk, reminded_at__isnull=True).update(reminded_at=at)
    row.refresh_from_db()
    return row


def _tell(to: Member, row: HandOver, title: str, text: str, what: str, by: Actor, at: datetime) -> None:
    url = reverse("reception:matter", args=[row.matter.code])
    enqueue(to=to, title=title, text=text, url=url, key=f"hand_over:{row.code}:{what}", by=by, at=at)


__all__ = ["CHIEFS", "hand_over", "return_hand_over", "take_over", "withdraw_hand_over"]
