"""The director's overview: every number leads to the cases it counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.core import clock, web
from shouwen.desk import queries


@web.allow("leader", "director", "supervisor", "section")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    found = queries.overview(request.actor, clock.now())  # type: ignore[attr-defined]
    return web.page(request, "desk/overview.html", {"found": found})
