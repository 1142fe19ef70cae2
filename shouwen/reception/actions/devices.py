"""Machines and screens of the hall: set up, paired by a code that serves once, locked, taken away."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org
from shouwen.reception.models import HallDevice
from shouwen.rules.numbering import new_code, normalise

PAIR_PREFIX, PAIR_MINUTES = "DJ", 15
RIGHT = "settings"


def digest(secret: str) -> str:
    """What is kept of a pairing code or a machine's token; both are random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def add_hall_device(*, kind: str, name: str, by: Actor, at: datetime) -> HallDevice:
    """A kiosk or a screen under a name of its own. Effects: HallDevice, audit "reception.hall_device.add". 依据: "4.3.4" """
    org.require(by, RIGHT)
    org.lock_center(by.center)
    _require_free(by.center, name)
    device = HallDevice.objects.create(center=by.center, kind=kind, name=name.strip(), made_by=by.label, made_at=at)
    record(by=by, at=at, verb="reception.hall_device.add", obj=device, detail={"kind": kind})
    return device


@transaction.atomic
def change_hall_device(
    *,
    device: HallDevice,
    name: str,
    queues: list[str],
    buttons: list[list[str]] | None = None,
    rows: int = 5,
    notice: str = "",
    by: Actor,
    at: datetime,
) -> HallDevice:
    """What it offers or shows: `queues` are codes ([]: all), `buttons` [queue code, item code], `rows` of last calls, 1 to 8.

    Effects: the row, audit "reception.hall_device.change"; screens show it at once. 依据: "4.3.4"
    """
    org.require(by, RIGHT, device)
    org.lock_center(by.center)
    _require_free(by.center, name, device)
    settings = {"queues": queues, "buttons": buttons or [], "rows": min(8, max(1, rows)), "notice": notice.strip()}
    changed = HallDevice.objects.of(by.center).filter(pk=device.pk, ended_at__isnull=True)
    if changed.update(name=name.strip(), **settings) != 1:
        raise taken()
    device.refresh_from_db()
    record(by=by, at=at, verb="reception.hall_device.change", obj=device, detail=settings)
    return device


@transaction.atomic
def offer_pairing(*, device: HallDevice, by: Actor, at: datetime) -> str:
    """A code to type at the machine within fifteen minutes; an older one no longer serves. Only its digest is kept.

    Effects: the row, audit "reception.hall_device.offer". 等保 8.1.4.1
    """
    org.require(by, RIGHT, device)
    code = new_code(PAIR_PREFIX)
    live = HallDevice.objects.of(by.center).filter(pk=device.pk, ended_at__isnull=True)
    if live.update(pair_digest=digest(code), pair_until=at + timedelta(minutes=PAIR_MINUTES)) != 1:
        raise taken()
    record(by=by, at=at, verb="reception.hall_device.offer", obj=device)
    return code


@transaction.atomic
def pair_hall_device(*, code: str, by: Actor, at: datetime) -> tuple[HallDevice, str]:
    """The machine on which the code is typed becomes that device; returns it and the token its cookie keeps. One code, one machine.

    `by.center` is the centre whose page it was typed on. Effects: the row, audit "reception.hall_device.pair". 等保 8.1.4.1
    """
    wanted = normalise(code, PAIR_PREFIX)
    offered = HallDevice.objects.of(by.center).filter(
        pair_digest=digest(wanted or ""), pair_until__gt=at, ended_at__isnull=True, locked_at__isnull=True
    )
    device: Any = offered.first() if wanted else None
    token = secrets.token_urlsafe(32)
    if device is None or offered.update(token_digest=digest(token), paired_at=at, pair_digest="", pair_until=None) != 1:
        raise Refused("登记码不对或已过期,请在“大厅设备”里重新取一个")
    device.refresh_from_db()
    record(by=by, at=at, verb="reception.hall_device.pair", obj=device)
    return device, token


@transaction.atomic
def lock_hall_device(*, device: HallDevice, locked: bool, by: Actor, at: datetime) -> None:
    """Stop a kiosk or screen, or let it go on. Effects: audit "reception.hall_device.lock" or "….unlock". 依据: "4.3.4" """
    org.require(by, RIGHT, device)
    rows = HallDevice.objects.of(by.center).filter(pk=device.pk, ended_at__isnull=True, locked_at__isnull=locked)
    if rows.update(locked_at=at if locked else None) != 1:
        raise taken()
    record(by=by, at=at, verb=f"reception.hall_device.{'lock' if locked else 'unlock'}", obj=device)


@transaction.atomic
def end_hall_device(*, device: HallDevice, by: Actor, at: datetime) -> None:
    """It stands there no longer; its token is void. Effects: audit "reception.hall_device.end". 依据: "4.3.4" """
    org.require(by, RIGHT, device)
    rows = HallDevice.objects.of(by.center).filter(pk=device.pk, ended_at__isnull=True)
    if rows.update(ended_at=at, token_digest="", pair_digest="", pair_until=None) != 1:
        raise taken()
    record(by=by, at=at, verb="reception.hall_device.end", obj=device)


def _require_free(center: Any, name: str, device: HallDevice | None = None) -> None:
    same = HallDevice.objects.of(center).filter(name=name.strip(), ended_at__isnull=True)
    if (same.exclude(pk=device.pk) if device else same).exists():
        raise Refused(f"已有名为“{name.strip()}”的设备")
