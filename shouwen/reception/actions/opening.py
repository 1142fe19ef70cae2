"""A contact opens an inquiry with its first-asked person; from that moment somebody answers for each of its matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.core.tenancy import uuid7
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Member
from shouwen.reception import queries
from shouwen.reception.actions.people import register_person
from shouwen.reception.models import Holding, Inquiry, Matter, Person
from shouwen.rules.masking import scrub

MOST = 10
Subject = tuple[Any, str]
"""An `catalogue.Item` or None, and the words; without words the item's name serves."""


@transaction.atomic
def open_inquiry(
    *,
    channel: str,
    subjects: Sequence[Subject],
    first_asked: Member | None = None,
    person: Person | None = None,
    ticket: Any = None,
    text: str = "",
    materials: str = "",
    note: str = "",
    received_at: datetime | None = None,
    token: str = "",
    network: str = "",
    by: Actor,
    at: datetime,
) -> Inquiry:
    """Open an inquiry with a matter for each subject, held by whoever was asked, in scope or not ("4.1", "4.2", "4.3.1").

    Without `first_asked`: the person on duty, else a leader. `received_at`: when they were asked. The same `token` gives the same
    inquiry. Effects: Inquiry, Matter, Holding, audit "reception.inquiry.open", a message to a first-asked who did not enter it.
    """
    if token and (same := Inquiry.objects.of(by.center).filter(token=token).first()):
        return same
    since = received_at or at
    asked = _asked(first_asked, subjects, since, by, at)
    told = {
        "person": person,
        "text": scrub(text)[:2000],
        "materials": scrub(materials)[:200],
        "token": token,
        "network": network,
    }
    inquiry = _new(asked, since, by, at, channel=Inquiry.Channel(channel), ticket_code=ticket.code if ticket else "", **told)
    if not _stored(inquiry):
        return Inquiry.objects.of(by.center).get(token=token)
    # Ids of one millisecond are in no order of their own; sorted, the matters stay as they were told.
    told_in_order = zip(sorted(uuid7() for _ in subjects), subjects, strict=True)
    found = [_begin(inquiry, pk, *subject, asked, _note(note, asked, by), since) for pk, subject in told_in_order]
    _finish(inquiry, found, asked, by, at)
    return inquiry


def _new(asked: Member, since: datetime, by: Actor, at: datetime, **told: Any) -> Inquiry:
    """The row, with name and window as they are now."""
    return Inquiry(
        center=by.center,
        first_asked=asked,
        first_asked_name=asked.name,
        unit_label=queries.unit_of(asked, local(since).date()),
        received_at=since,
        recorded_by=by.label[:40],
        recorded_at=at,
        **told,
    )


def _asked(first_asked: Member | None, subjects: Sequence[Subject], since: datetime, by: Actor, at: datetime) -> Member:
    """Who answers, once what was typed makes sense: somebody of the centre on that day, and a question or a few."""
    if since > at:
        raise Refused("来访时间不能晚于现在", "4.2")
    if not 1 <= len(subjects) <= MOST:
        raise Refused(f"请写明问的是什么事,一次最多登记 {MOST} 件", "4.1")
    asked = first_asked or queries.first_line(by.center, since)
    if asked is None or not asked.is_here(local(since).date()):
        raise Refused("首问责任人当天须是本中心在册人员,请重新选择", "4.2")
    return asked


def _stored(inquiry: Inquiry) -> bool:
    """False when the same form, sent twice at once, was stored by the other."""
    if not inquiry.token:
        inquiry.save(force_insert=True)
        return True
    try:
        with transaction.atomic():
            inquiry.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _finish(inquiry: Inquiry, found: list[Matter], asked: Member, by: Actor, at: datetime) -> None:
    """Tell a first-asked who was not there when it was entered, and leave the trail."""
    if not by.is_self(asked):
        url = reverse("reception:matter", args=[found[0].code])
        text = f"{inquiry.get_channel_display()}登记,您是首问责任人:{found[0].subject}"
        enqueue(to=asked, title="首问登记", text=text, url=url, key=f"inquiry:{inquiry.code}", by=by, at=at)
    detail = {"channel": inquiry.channel, "first_asked": asked.code, "matters": [matter.code for matter in found]}
    record(by=by, at=at, verb="reception.inquiry.open", obj=inquiry, label=inquiry.code, detail=detail)


@transaction.atomic
def add_matter(*, inquiry: Inquiry, item: Any = None, subject: str = "", by: Actor, at: datetime) -> Matter:
    """Another matter of the same contact, with a chain of its own that begins with whoever was asked it: the actor.

    Effects: Matter, Holding, audit "reception.matter.add". 依据: "4.2"
    """
    asked = by.member or inquiry.first_asked
    matter = _begin(inquiry, uuid7(), item, subject, asked, "", at)
    record(by=by, at=at, verb="reception.matter.add", obj=matter, label=matter.code)
    return matter


def _begin(inquiry: Inquiry, pk: UUID, item: Any, words: str, asked: Member, note: str, since: datetime) -> Matter:
    subject = scrub(" ".join(words.split()) or (item.name if item is not None else ""))[:120]
    if not subject:
        raise Refused("请写明问的是什么事", "4.1")
    matter = Matter(
        id=pk,
        center=inquiry.center,
        inquiry=inquiry,
        item=item,
        subject=subject,
        holder=asked,
        first_asked=asked,
        opened_at=since,
    )
    matter.save(force_insert=True)
    same = asked.pk == inquiry.first_asked_id
    Holding(
        center=inquiry.center,
        matter=matter,
        position=1,
        member=asked,
        member_name=asked.name,
        unit_label=inquiry.unit_label if same else queries.unit_of(asked, local(since).date()),
        role="首问",
        clause="4.2",
        note=note,
        started_at=since,
    ).save(force_insert=True)
    return matter


def _note(note: str, asked: Member, by: Actor) -> str:
    if not note and by.member is not None and not by.is_self(asked):
        note = f"{by.label}代为登记"
    return note[:200]


@transaction.atomic
def take_down(*, who: Mapping[str, Any] | None, by: Actor, at: datetime, **opening: Any) -> Inquiry:
    """The form at the counter in one go: the person (arguments of `register_person`, or None) and the inquiry.

    Both or neither; the same `token` again gives the same inquiry and no second person. 依据: "4.1"
    """
    token = opening.get("token", "")
    if token and (same := Inquiry.objects.of(by.center).filter(token=token).first()):
        return same
    person = register_person(**who, by=by, at=at) if who else None
    return open_inquiry(person=person, by=by, at=at, **opening)
