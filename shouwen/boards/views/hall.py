"""The hall screen: who is called where. It follows its stream, asks every five seconds without one, and stays up alone."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.boards import access, forms, queries
from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.core.middleware import HEADERS
from shouwen.org import access as org
from shouwen.reception import actions as reception
from shouwen.reception import queries as waiting
from shouwen.reception.models import HallDevice

POLICY = HEADERS["Content-Security-Policy"]
YEAR = 365 * 24 * 3600


@web.allow("anyone")
@require_GET
def hall(request: HttpRequest, code: str, screen: str = "") -> HttpResponse:
    """The whole screen, or for its script and the stream (HX-Request) the piece that changes. Report telephone always ("3.6")."""
    center, at = org.center_for(code), clock.now()
    device = access.screen_for(center, screen)
    shown = queries.hall(center, device, at)
    if getattr(request, "htmx", False):
        return web.page(request, "boards/hall.html", {"center": center, "shown": shown}, partial="now")
    origin, stream = stream_of(request, center.code, screen)
    word = waiting.hall_word(center, shown.on) if access.shows_word(request, center) else ""
    context = {"center": center, "shown": shown, "screen": device, "stream": stream, "word": word}
    response = web.page(request, "boards/hall.html", context)
    response.headers["Content-Security-Policy"] = POLICY.replace("connect-src 'self'", f"connect-src 'self' {origin}".strip())
    return response


def stream_of(request: HttpRequest, center: str, screen: str) -> tuple[str, str]:
    """Origin (for the policy) and address of a screen's stream: the next port, or behind a proxy with HTTPS our own address."""
    path = f"/stream/{center}/{screen}/" if screen else f"/stream/{center}/"
    if settings.HTTPS:
        return "", path
    origin = f"http://{re.sub(r':[0-9]+$', '', request.get_host())}:{settings.SCREENS_PORT}"
    return origin, origin + path


@web.allow("anyone")
@require_GET
def hall_code(request: HttpRequest, code: str) -> HttpResponse:
    """The square code that opens today's page for taking a number by phone; only where eyes in the hall see it."""
    center, at = org.center_for(code), clock.now()
    if not access.shows_word(request, center):
        raise Http404
    path = reverse("public:take", args=[center.code])
    root = settings.PUBLIC_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    address = f"{root}{path}?w={waiting.hall_word(center, clock.local(at).date())}"
    return HttpResponse(queries.square(address), content_type="image/svg+xml")


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Where a machine or screen types its one-time code; from then on its cookie is what it is known by."""
    center = org.center_for(code)
    form = forms.Pair(request.POST or None)
    by = Actor(kind="device", center=center, label="大厅设备", network=request.actor.network)  # type: ignore[attr-defined]
    if form.is_valid() and web.attempt(request, form, reception.pair_hall_device, by=by, at=clock.now(), **form.cleaned_data):
        device, token = form.result  # type: ignore[attr-defined]
        response = redirect(home_of(center, device))
        response.set_cookie(access.COOKIE, token, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS)
        return response
    return web.page(request, "boards/pair.html", {"center": center, "form": form})


def home_of(center: Any, device: HallDevice) -> str:
    if device.kind == HallDevice.Kind.KIOSK:
        return reverse("public:kiosk", args=[center.code])
    return reverse("boards:screen", args=[center.code, device.code])
