"""今日: what I owe, sorted by time left; today's duty; my month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.core import clock, web
from shouwen.desk import queries


@web.allow("member")
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    today = queries.today(request.actor, clock.now())  # type: ignore[attr-defined]
    return web.page(request, "desk/today.html", {"today": today, "rows": web.rows(request, today.owed)}, partial="owed")
