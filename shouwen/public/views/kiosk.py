"""The machine in the hall that gives numbers: one touch, a slip, and back to the beginning. Works without a script."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.documents import queries as documents
from shouwen.org import access as org
from shouwen.public import access, forms, queries
from shouwen.public.views.line import address, offer, square
from shouwen.reception import actions
from shouwen.reception import queries as reception


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """Buttons for queues and frequent items; priority is a second touch that states the reason ("4.3.4")."""
    center, at = org.center_for(code), clock.now()
    device = access.kiosk_for(request, center)
    if device is None or device.locked_at is not None:
        return web.page(request, "public/kiosk_away.html", {"center": center, "device": device}, status=403)
    form = forms.Take(request.POST or None, find=partial(queries.chosen, center, device, clock.local(at).date()))
    by = Actor(kind="device", center=center, label=device.name)
    if form.is_valid() and web.attempt(request, form, actions.issue_ticket, source="kiosk", by=by, at=at, **form.ticket()):
        return web.done(request, reverse("public:slip", args=[code, form.result.code]))  # type: ignore[attr-defined]
    wanted = request.GET.get("priority", "")
    context = offer(center, device, at) | {"form": form, "priority": wanted if wanted in queries.PRIORITIES else ""}
    return web.page(request, "public/kiosk.html", context)


@web.allow("anyone")
@require_GET
def slip(request: HttpRequest, code: str, ticket: str) -> HttpResponse:
    """What the machine prints, on screen and on 80 mm paper; after ten seconds the machine is free for the next person."""
    center, at = org.center_for(code), clock.now()
    row = access.ticket_for(center, ticket, at)
    context = {
        "center": center,
        "place": reception.line(center, row, at),
        "device": access.kiosk_for(request, center),
        "square": square(address(request, center.code, row.code)),
    }
    return web.page(request, "public/slip.html", context)


@web.allow("anyone")
@require_GET
def slip_pdf(request: HttpRequest, code: str, ticket: str) -> HttpResponse:
    """The slip as a PDF of 72 mm for a thermal printer, opened for printing."""
    center, at = org.center_for(code), clock.now()
    row = access.ticket_for(center, ticket, at)
    data = queries.slip(reception.line(center, row, at), address(request, center.code, row.code))
    return documents.file_response(documents.render_pdf("queue_slip", data), f"{row.label}.pdf")
