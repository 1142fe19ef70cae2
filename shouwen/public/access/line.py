"""Who may take a number without an account, and see one."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse

from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.public import queries
from shouwen.reception import queries as reception
from shouwen.reception.models import HallDevice, Ticket
from shouwen.rules.numbering import check_code

DEVICE, PHONE, SALT = "shouwen-device", "shouwen-phone", "shouwen.public.phone"
LIVE = frozenset({"waiting", "called", "serving", "parked", "passed"})
PER_PHONE, PER_NETWORK, MINUTES = 3, 30, 10
"""Numbers a phone may take on a day, and a network (the hall's own included) in ten minutes from one process."""


def kiosk_for(request: HttpRequest, center: Any) -> HallDevice | None:
    """The paired machine that asks, a locked one too; None for any other browser."""
    device = reception.paired_device(center, request.COOKIES.get(DEVICE, ""))
    return device if device is not None and device.kind == HallDevice.Kind.KIOSK else None


def ticket_for(center: Any, code: str, at: datetime) -> Ticket:
    """Today's ticket of this centre by its random code; Http404 for anything else."""
    ticket = queries.current(center, code, local(at).date()) if check_code(code) else None
    if ticket is None:
        raise Http404
    return ticket


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as its signed cookie tells it: the tickets it took on a day, oldest first. No name, no number of the phone."""

    name: str
    on: date
    tickets: tuple[str, ...]

    def live(self, center: Any) -> str:
        """The code of its number that is not over yet, "" without one: a phone stands in one line at a time."""
        for code in reversed(self.tickets):
            ticket = queries.current(center, code, self.on)
            if ticket is not None and ticket.status in LIVE:
                return code
        return ""

    def keep(self, response: HttpResponse, code: str) -> None:
        """Write the cookie with one ticket more."""
        tickets = self.tickets if code in self.tickets else (*self.tickets, code)
        value = signing.dumps([self.name, self.on.isoformat(), *tickets], salt=SALT)
        response.set_cookie(PHONE, value, max_age=24 * 3600, httponly=True, samesite="Lax", secure=settings.HTTPS)


def phone_of(request: HttpRequest, on: date) -> Phone:
    """The phone that asks; a new one without a cookie, with a false one, or on another day."""
    try:
        name, day, *tickets = signing.loads(request.COOKIES.get(PHONE, ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        name, day, tickets = secrets.token_urlsafe(9), "", []
    return Phone(name, on, tuple(tickets) if day == on.isoformat() else ())


def require_here(center: Any, word: str, phone: Phone, network: str) -> None:
    """Refused unless the person has seen today's word in the hall, and neither phone nor network takes numbers in heaps."""
    if not hmac.compare_digest(word.strip().upper().encode(), reception.hall_word(center, phone.on).encode()):
        raise Refused("请扫大厅屏幕上今天的二维码，或输入屏幕上的“今日取号码”。到大厅后再取号，免得过号")
    if len(phone.tickets) >= PER_PHONE:
        raise Refused(f"这部手机今天已取过 {PER_PHONE} 个号，还要办事请在大厅取号机或导办台取号")
    key = f"phone-tickets:{center.pk}:{network}"
    cache.add(key, 0, MINUTES * 60)
    if cache.incr(key) > PER_NETWORK:
        raise Refused("取号太频繁，请几分钟后再试，或在大厅取号机取号")
