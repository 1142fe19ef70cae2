"""What the minute brings: offers nobody answered, matters that slip, and the first-asked who urges ("4.2")."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.notifications.actions import enqueue
from shouwen.reception import queries
from shouwen.reception.actions.holding import locked
from shouwen.reception.models import HandOver, Matter, Urging
from shouwen.rules.masking import scrub


def sweep(*, by: Actor, at: datetime) -> int:
    """Tell once about every offer that waited too long and every matter that slips; returns how many were told.

    Called by the tick; each is claimed by a conditional update in a transaction of its own, so two sweeps tell once and one
    that fails keeps nothing back. The sender still holds the matter ("4.3.2.1", L25).
    """
    told = sum(_missed(row, by, at) for row in queries.unanswered(by.center, at))
    return told + sum(_slipped(matter, by, at) for matter in queries.slipping(by.center, at))


@transaction.atomic
def _missed(row: HandOver, by: Actor, at: datetime) -> bool:
    """Nobody took the offer in time: its head and the first-asked are told, and the miss stays on record (R19)."""
    waiting = HandOver.objects.of(by.center).filter(pk=row.pk, status=HandOver.Status.PENDING, reminded_at__isnull=True)
    if waiting.update(reminded_at=at) != 1:
        return False
    url = reverse("reception:matter", args=[row.matter.code])
    unit = queries.receiving_department(row, at)
    for head in queries.heads_of(by.center, unit, at, but=row.sender_id):
        text = f"{row.sender_name}移交给{row.receiver_label}的“{row.matter.subject}”过时无人接手,责任仍在移交人。"
        key = f"hand_over:{row.code}:head:{head.code}"
        enqueue(to=head, title="移交过时未接", text=text, url=url, key=key, by=by, at=at)
    tell_follower(matter=row.matter, text=f"移交给{row.receiver_label}过时无人接手。", key=f"missed:{row.code}", by=by, at=at)
    record(by=by, at=at, verb="reception.hand_over.missed", obj=row, label=row.matter.code)
    return True


@transaction.atomic
def _slipped(matter: Matter, by: Actor, at: datetime) -> bool:
    """A matter still only talked about: whoever holds it and the first-asked are told once."""
    rows = Matter.objects.of(by.center).filter(pk=matter.pk, status=Matter.Status.OPEN, slipped_at__isnull=True, outcome="")
    if rows.update(slipped_at=at) != 1:
        return False
    holder = queries.holder_of(matter, at)
    if holder is not None:
        url, key = reverse("reception:matter", args=[matter.code]), f"matter:{matter.code}:slip:{matter.holder_id.hex}"
        text = f"“{matter.subject}”还没有处理结果,请尽快答复或办理。"
        enqueue(to=holder.member, title="首问事项待处理", text=text, url=url, key=key, by=by, at=at)
    tell_follower(matter=matter, text="还没有处理结果,请跟踪督促。", key=f"slip:{matter.holder_id.hex}", by=by, at=at)
    record(by=by, at=at, verb="reception.matter.slip", obj=matter, label=matter.code)
    return True


def tell_follower(*, matter: Matter, text: str, key: str, by: Actor, at: datetime) -> None:
    """Tell the first-asked (or who stands in) that a matter followed slips, once for each `key`; nobody else holds that duty.

    Nothing is sent when the first-asked is the holder, who is told anyway. For cases as well: an overdue case. 依据: "4.2"
    """
    follower = queries.follower_of(matter, at)
    if follower is None:
        return
    url = reverse("reception:matter", args=[matter.code])
    told = f"您首问的“{matter.subject}”:{text}"
    enqueue(to=follower, title="跟踪督促", text=told, url=url, key=f"matter:{matter.code}:{key}"[:120], by=by, at=at)


@transaction.atomic
def urge_matter(*, matter: Matter, text: str, by: Actor, at: datetime) -> Urging:
    """The first-asked urges whoever holds the matter; a leader, director or the business section may too ("4.2", "4.3.3").

    Refused for the holder. Effects: Urging, a message to the holder, audit "reception.matter.urge".
    """
    fresh = locked(matter, by)
    holder = queries.holder_of(fresh, at)
    if holder is None or by.is_self(holder.member):
        raise Refused("这件事由您自己负责,无须督促", "4.2")
    if not queries.may_urge(by, fresh, at):
        raise Refused("督促由首问责任人、业务科或中心负责人进行", "4.2")
    row = Urging(
        center=by.center,
        matter=fresh,
        to_name=holder.name[:30],
        text=scrub(text.strip() or "请尽快办理")[:200],
        by_name=by.label[:40],
        urged_at=at,
    )
    row.save(force_insert=True)
    url = reverse("reception:matter", args=[fresh.code])
    said = f"{by.label}督促“{fresh.subject}”:{row.text}"
    enqueue(to=holder.member, title="首问督促", text=said, url=url, key=f"urge:{row.pk.hex}", by=by, at=at)
    record(by=by, at=at, verb="reception.matter.urge", obj=fresh, label=fresh.code)
    return row
