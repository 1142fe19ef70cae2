"""The year as people see it, and taking a closure back. Changes go through desk's preview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.core import clock, web
from shouwen.workcalendar import access, actions, queries


@web.allow("member")
@require_GET
def year(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Twelve months with every day's kind, the seasons' hours and the closures."""
    actor, today = request.actor, clock.local(clock.now()).date()  # type: ignore[attr-defined]
    number = min(max(number or today.year, 2004), 2099)
    table = queries.day_table(actor.center)
    context = {
        "number": number,
        "today": today,
        "months": queries.year(table, number),
        "table": table,
        "hours": [(row, queries.last_day(row.active_to)) for row in queries.hours(actor.center)],
        "closures": queries.closures(actor.center),
        "notices": queries.notices(),
        "may_change": actor.has(*access.CENTER_ROLES),
        "may_import": actor.has(*access.NOTICE_ROLES) and actor.center.parent_id is None,
        "needs_notice": queries.needs_notice(table, clock.now()),
    }
    return web.page(request, "workcalendar/year.html", context)


@web.allow("member")
@require_POST
def end_closure(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.end_closure(closure=access.closure_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("workcalendar:year"), "已撤销停办")
