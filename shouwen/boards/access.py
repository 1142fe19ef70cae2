"""Who may: a device by its code in the actor's centre, a screen in the centre whose address was opened, the daily code on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from shouwen.core.actors import Actor
from shouwen.reception import queries as reception
from shouwen.reception.models import HallDevice

COOKIE = "shouwen-device"


def device_for(actor: Actor, code: str) -> HallDevice:
    """A kiosk or screen of the actor's centre; Http404 for anything else."""
    found = reception.hall_device(actor.center, code)
    if found is None:
        raise Http404
    return found


def screen_for(center: Any, code: str) -> HallDevice | None:
    """The settings of one screen of this centre, None for the plain screen (""); Http404 for another's, a kiosk, a locked one."""
    if not code:
        return None
    found = reception.hall_device(center, code, HallDevice.Kind.SCREEN)
    if found is None or found.locked_at is not None:
        raise Http404
    return found


def shows_word(request: HttpRequest, center: Any) -> bool:
    """The word of the day is for eyes in the hall: a paired device of this centre, or its own staff, may show it."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.is_member and actor.center.pk == center.pk:
        return True
    device = reception.paired_device(center, request.COOKIES.get(COOKIE, ""))
    return device is not None and device.locked_at is None
