"""The search box of every staff page (`/`). What is typed may be a telephone number, so it comes by POST and is in no address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.core import clock, web
from shouwen.desk import queries


@web.allow("clerk", "section", "leader", "director", "supervisor")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Groups of hits; one single hit opens at once."""
    text = request.POST.get("q", "")
    found = queries.search(request.actor, text, clock.now())  # type: ignore[attr-defined]
    hits = [hit for _, group in found.groups for hit in group]
    if len(hits) == 1 and "stay" not in request.POST:
        return redirect(hits[0].url)
    return web.page(request, "desk/search.html", {"found": found, "text": text, "home": reverse("desk:search")})
