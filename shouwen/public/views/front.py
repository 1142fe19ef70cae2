"""A centre's first page and its posted months."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.core import clock, web
from shouwen.org import access
from shouwen.public import queries


@web.allow("anyone")
@require_GET
def centers(request: HttpRequest) -> HttpResponse:
    return web.page(request, "public/centers.html", {"centers": queries.centers()})


@web.allow("anyone")
@require_GET
def front(request: HttpRequest, code: str) -> HttpResponse:
    """The centre's first page: hours, report telephone ("3.6"), posted months ("1.2")."""
    return web.page(request, "public/front.html", {"front": queries.front(access.center_for(code), clock.now())})


@web.allow("anyone")
@require_GET
def month(request: HttpRequest, code: str, text: str) -> HttpResponse:
    """One posted month ("1.2"); 404 until it is posted."""
    center = access.center_for(code)
    try:
        posted = queries.month(center, date.fromisoformat(f"{text}-01"))
    except ValueError:
        raise Http404 from None
    if posted is None:
        raise Http404
    return web.page(request, "public/month.html", {"center": center, "posted": posted, "rows": web.rows(request, posted.table)})
