"""A number on the phone: taking one in the hall, and "my place in line" for whoever holds a slip."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.core.tenancy import uuid7
from shouwen.org import access as org
from shouwen.public import access, forms, queries
from shouwen.reception import actions
from shouwen.reception import queries as reception


def offer(center: Any, device: Any, at: datetime) -> dict[str, Any]:
    """What a page that gives numbers shows: the buttons, why there are none now, a token that makes a second touch harmless."""
    return {
        "center": center,
        "device": device,
        "choices": queries.choices(center, device, at),
        "closed": reception.no_numbers(center, at),
        "priorities": queries.PRIORITIES,
        "token": uuid7(),
    }


def address(request: HttpRequest, center: str, ticket: str) -> str:
    """The whole address of a number's page, as the square code on the slip has it."""
    root = settings.PUBLIC_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    return root + reverse("public:line", args=[center, ticket])


def square(text: str) -> str:
    """A square code as the address of a picture."""
    found: str = segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=1)
    return found


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a number by phone, in the hall: today's word, one number at a time, three a day."""
    center, at = org.center_for(code), clock.now()
    phone = access.phone_of(request, clock.local(at).date())
    if live := phone.live(center):
        return redirect("public:line", code, live)
    form = forms.Take(request.POST or None, find=partial(queries.chosen, center, None, phone.on))
    by = Actor(kind="citizen", center=center, label="手机取号", network=request.actor.network)  # type: ignore[attr-defined]
    word = request.POST.get("word", request.GET.get("w", ""))[:12]
    if (
        form.is_valid()
        and web.attempt(request, form, access.require_here, center=center, word=word, phone=phone, network=by.network)
        and web.attempt(request, form, actions.issue_ticket, source="phone", by=by, at=at, **form.ticket())
    ):
        response = web.done(request, reverse("public:line", args=[code, form.result.code]))  # type: ignore[attr-defined]
        phone.keep(response, form.result.code)  # type: ignore[attr-defined]
        return response
    return web.page(request, "public/take.html", offer(center, None, at) | {"form": form, "word": word})


@web.allow("anyone")
@require_GET
def line(request: HttpRequest, code: str, ticket: str) -> HttpResponse:
    """Place, wait with its own error, and the window when called; for the page's script (HX-Request) the piece that changes."""
    center, at = org.center_for(code), clock.now()
    row = access.ticket_for(center, ticket, at)
    place = reception.line(center, row, at)
    context = {"center": center, "place": place, "code": ticket, "error": queries.error_minutes(place)}
    return web.page(request, "public/line.html", context, partial="now")


@web.allow("anyone")
@require_POST
def leave(request: HttpRequest, code: str, ticket: str) -> HttpResponse:
    """Whoever holds the slip gives the number back, so that nobody waits for an empty call."""
    center, at = org.center_for(code), clock.now()
    row = access.ticket_for(center, ticket, at)
    by = Actor(kind="citizen", center=center, label="取号人", network=request.actor.network)  # type: ignore[attr-defined]
    actions.leave_ticket(ticket=row, by=by, at=at)
    return web.done(request, reverse("public:line", args=[code, ticket]), "号已退回，谢谢您告诉我们")
