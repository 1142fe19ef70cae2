"""The shift hand-over: given by the one who leaves, confirmed or returned by the one who comes ("1.3.5")."""

from __future__ import annotations

from collections.abc import Sequence
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
def give(
    *,
    shift: models.Shift,
    receiver: Any,
    open_matters: Sequence[str],
    other_matters: str = "",
    seals: str,
    keys: str,
    equipment: str,
    abnormal: str = "",
    by: Actor,
    at: datetime,
) -> models.ShiftHandover:
    """Hand the day over to the successor, who is told at once and must confirm.

    `open_matters` is the snapshot of what is open, in words, made by the page that crosses areas. Refused for another's
    shift, to oneself, and while one is already given. 依据: 一(三)5
    """
    _may_give(shift, receiver, by, at)
    handover = models.ShiftHandover.objects.create(
        center=by.center,
        shift=shift,
        giver=by.member,
        receiver=receiver,
        open_matters=list(open_matters),
        other_matters=other_matters,
        seals=seals,
        keys=keys,
        equipment=equipment,
        abnormal=abnormal,
        given_at=at,
    )
    models.Shift.objects.of(by.center).filter(pk=shift.pk, given_at__isnull=True).update(given_at=at)
    record(by=by, at=at, verb="duty.handover.give", obj=handover, label=f"{shift.date} 值日交接")
    text = f"{by.label} 把 {shift.date.month}月{shift.date.day}日 的值日移交给您,请核对后确认。"
    _tell(receiver, handover, text, "given", by, at)
    return handover


def _may_give(shift: models.Shift, receiver: Any, by: Actor, at: datetime) -> None:
    if not by.is_self(shift.member):
        raise Refused("只能由当班人移交", "1.3.5")
    if by.is_self(receiver):
        raise Refused("不能移交给自己,请选择接班人", "1.3.5")
    if shift.date > local(at).date():
        raise Refused("还没有到班,不能移交", "1.3.5")
    if models.ShiftHandover.objects.of(by.center).filter(shift=shift).exclude(state="returned").exists():
        raise taken()


@transaction.atomic
def confirm(*, handover: models.ShiftHandover, by: Actor, at: datetime) -> None:
    """The successor has checked matters, seals, keys and equipment; only now is the shift handed over."""
    _answer(handover, by, state="confirmed", answered_at=at)
    models.Shift.objects.of(by.center).filter(pk=handover.shift_id).update(confirmed_at=at)
    record(by=by, at=at, verb="duty.handover.confirm", obj=handover, label=f"{handover.shift.date} 值日交接")
    _tell(handover.giver, handover, f"{by.label} 已确认接班。", "confirmed", by, at)


@transaction.atomic
def send_back(*, handover: models.ShiftHandover, reason: str, by: Actor, at: datetime) -> None:
    """The successor finds something wrong; the giver still holds the shift and hands over again."""
    _answer(handover, by, state="returned", answered_at=at, return_reason=reason)
    models.Shift.objects.of(by.center).filter(pk=handover.shift_id).update(given_at=None)
    record(by=by, at=at, verb="duty.handover.return", obj=handover, label=reason)
    _tell(handover.giver, handover, f"{by.label} 退回交接:{reason}。请改正后重新移交。", "returned", by, at)


def _answer(handover: models.ShiftHandover, by: Actor, **changes: Any) -> None:
    if not by.is_self(handover.receiver):
        raise Refused("只能由接班人答复", "1.3.5")
    if models.ShiftHandover.objects.of(by.center).filter(pk=handover.pk, state="given").update(**changes) != 1:
        raise taken()


def _tell(to: Any, handover: models.ShiftHandover, text: str, what: str, by: Actor, at: datetime) -> None:
    url = reverse("duty:handover", args=[handover.code])
    enqueue(to=to, title="值日交接", text=text, url=url, key=f"handover:{handover.code}:{what}", by=by, at=at)
