"""Guides and the schedule of fees, for everybody."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.catalogue import access as catalogue_access
from shouwen.catalogue import queries as catalogue
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import access
from shouwen.public.queries import guide as queries

MOST = 60


@web.allow("anyone")
@require_GET
def guides(request: HttpRequest, code: str) -> HttpResponse:
    """Find an item by its name, what people call it, or its initials."""
    center, today = access.center_for(code), local(clock.now()).date()
    fields = catalogue.fields_used(center, today)
    text, field = request.GET.get("q", "").replace("\0", "")[:MOST], request.GET.get("field", "")
    field = field if field in {value for value, _, _ in fields} else ""
    shown = {name: value for name, value in (("q", text), ("field", field)) if value}
    context = {
        "center": center,
        "fields": fields,
        "total": sum(number for _, _, number in fields),
        "text": text,
        "field": field,
        "query": urlencode(shown) + "&" if shown else "",
        "rows": web.rows(request, queries.guides(center, text, field, today)),
    }
    return web.page(request, "public/guides.html", context)


@web.allow("anyone")
@require_GET
def guide(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """One item: where, how long, what to bring in one's own situation, what it costs ("4.3.2")."""
    center, today = access.center_for(code), local(clock.now()).date()
    version = catalogue_access.public_version(center, item, today)
    return web.page(request, "public/guide.html", {"center": center, "guide": queries.guide(version, request.GET, today)})


@web.allow("anyone")
@require_GET
def fees(request: HttpRequest, code: str) -> HttpResponse:
    """The schedule in force today with its basis; nothing beside it may be asked ("3.5")."""
    center, today = access.center_for(code), local(clock.now()).date()
    rows = web.rows(request, catalogue.fees_in_force(center, None, today))
    return web.page(request, "public/fees.html", {"center": center, "rows": rows, "today": today})
