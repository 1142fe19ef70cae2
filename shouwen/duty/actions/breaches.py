"""What was not done: noted, answered by the person, decided by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import is_of_month, local
from shouwen.core.errors import Refused, taken
from shouwen.duty import models
from shouwen.notifications.actions import enqueue
from shouwen.org.queries import holders


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
    """Another person decides: it stands, or it costs nothing. Nobody decides their own ("1.9"), nor what they noted themselves.

    Effects: Breach, audit "duty.breach.decide", the person told; of an earlier month the assessors too.
    """
    if by.is_self(breach.member):
        raise Refused("本人的问题须由他人核实", "1.9")
    if by.is_self(breach.noted_by):
        raise Refused("记录人不能核实自己的记录,请由他人核实", "1.9")
    _move(breach, "disputed", state="upheld" if upheld else "waived", decision=text, decided_by=by.member, decided_at=at)
    record(by=by, at=at, verb="duty.breach.decide", obj=breach, label=breach.text, detail={"upheld": upheld})
    word = f"{breach.date.month}月{breach.date.day}日 {breach.text}:" + ("属实" if upheld else "不予扣分") + f"。{text}"
    told = [(breach.member, "值守问题已核实", word)]
    if not upheld and not is_of_month(breach.date, at):
        # The month may be frozen or posted by now: then only an entry by the assessor gives the points back.
        ask = f"{breach.member.name} {word} 该月已冻结或公示的,请在“更正”中退回所扣的分"
        told += [(one, "以前月份的值守问题不予扣分", ask) for one in holders(breach.center, "assessor", local(at).date())]
    url = reverse("duty:breach", args=[breach.code])
    for to, title, said in told:
        enqueue(to=to, title=title, text=said, url=url, key=f"breach:{breach.code}:decided:{to.code}", by=by, at=at)


def _move(breach: models.Breach, old: str, **changes: Any) -> None:
    if models.Breach.objects.of(breach.center).filter(pk=breach.pk, state=old).update(**changes) != 1:
        raise taken()
