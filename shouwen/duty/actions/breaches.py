"""What was not done: noted, answered by the person, decided by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.duty import models
from shouwen.notifications.actions import enqueue


@transaction.atomic
def note(
    *,
    shift: models.Shift,
    key: str,
    clause: str,
    happened_at: datetime,
    text: str,
    member: Any = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Write a breach once (the key is unique in the centre) and tell the person at once. Returns True when it is new.

    Nobody notes their own ("1.9"): the system or another person does.
    """
    if models.Breach.objects.of(shift.center).filter(key=key).exists():
        return False
    breach = models.Breach.objects.create(
        center=shift.center,
        key=key,
        clause=clause,
        shift=shift,
        member=member or shift.member,
        date=shift.date,
        happened_at=happened_at,
        text=text,
        noted_by=by.member,
    )
    record(by=by, at=at, verb="duty.breach.note", obj=breach, label=text)
    enqueue(
        to=breach.member,
        title="值守问题已记录",
        text=f"{shift.date.month}月{shift.date.day}日 {text}。如有不同情况,可以说明。",
        url=reverse("duty:breach", args=[breach.code]),
        key=f"breach:{breach.code}",
        by=by,
        at=at,
    )
    return True


@transaction.atomic
def reply(*, breach: models.Breach, text: str, by: Actor, at: datetime) -> None:
    """The person's word; the breach then waits and counts for nothing until somebody else decides. Once only."""
    if not by.is_self(breach.member):
        raise Refused("只能由本人说明", breach.clause)
    _move(breach, "noted", state="disputed", reply=text, replied_at=at)
    record(by=by, at=at, verb="duty.breach.reply", obj=breach, label=breach.text)


@transaction.atomic
def decide(*, breach: models.Breach, upheld: bool, text: str, by: Actor, at: datetime) -> None:
    """Another person decides: it stands, or it costs nothing. Nobody decides their own ("1.9"), nor what they noted themselves."""
    if by.is_self(breach.member):
        raise Refused("本人的问题须由他人核实", "1.9")
    if by.is_self(breach.noted_by):
        raise Refused("记录人不能核实自己的记录,请由他人核实", "1.9")
    _move(breach, "disputed", state="upheld" if upheld else "waived", decision=text, decided_by=by.member, decided_at=at)
    record(by=by, at=at, verb="duty.breach.decide", obj=breach, label=breach.text, detail={"upheld": upheld})
    enqueue(
        to=breach.member,
        title="值守问题已核实",
        text=f"{local(breach.happened_at):%m月%d日} {breach.text}:" + ("属实" if upheld else "不予扣分") + f"。{text}",
        url=reverse("duty:breach", args=[breach.code]),
        key=f"breach:{breach.code}:decided",
        by=by,
        at=at,
    )


def _move(breach: models.Breach, old: str, **changes: Any) -> None:
    if models.Breach.objects.of(breach.center).filter(pk=breach.pk, state=old).update(**changes) != 1:
        raise taken()
