"""The month on one page, and one person's month explained."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.attendance import access, actions, queries
from shouwen.core import clock, web
from shouwen.documents.queries import file_response, workbook


def _month(text: str, today: date) -> date:
    """The month an address names, this month where it names none; one that does not exist is not found."""
    first = queries.first_of(text, today)
    if text and text != f"{first:%Y-%m}":
        raise Http404
    return first


def _grid(request: HttpRequest, page: int) -> queries.Grid:
    actor = request.actor  # type: ignore[attr-defined]
    month = _month(request.GET.get("month", ""), clock.local(clock.now()).date())
    if not access.may(actor, "oversee"):
        return queries.month_grid(actor.center, month, only=actor.member)
    return queries.month_grid(actor.center, month, department=request.GET.get("department", "")[:16], page=page)


@web.allow("member")
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """People by days; who oversees sees the centre, everybody else the own line."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    sources = queries.sources(actor.center)
    context: dict[str, Any] = {
        "grid": _grid(request, web.rows(request, []).number),
        "legend": queries.LEGEND,
        "department": request.GET.get("department", "")[:16],
        "oversees": access.may(actor, "oversee"),
        "decides": access.may(actor, "decide"),
        "today": clock.local(at).date(),
        "sources": sources,
        "punches": queries.web_punches(actor.member, sources.web, at) if sources.web else [],
    }
    return web.page(request, "attendance/month.html", context)


@web.allow("leader", "director", "assessor", "supervisor")
@require_GET
def month_export(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    grid = _grid(request, 0)
    actions.note_export(what=f"{grid.month:%Y-%m} 考勤表", count=len(grid.rows), by=actor, at=at)
    title = f"{actor.center.short_name}便民服务中心{grid.month.year}年{grid.month.month}月考勤表"
    return file_response(workbook(title, *queries.grid_table(grid)), f"考勤{grid.month:%Y-%m}.xlsx")


@web.allow("leader", "director", "assessor")
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Work the month out again now, up to today."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    today = clock.local(at).date()
    first = _month(request.POST.get("month", ""), today)
    changed = actions.recompute(start=first, end=min(queries.last_of(first), max(today, first)), by=actor, at=at)
    return web.done(request, f"{reverse('attendance:month')}?month={first:%Y-%m}", f"已重新计算,{changed} 处有变化")


@web.allow("member")
@require_POST
def punch(request: HttpRequest) -> HttpResponse:
    """The web button: server time, one's own name."""
    at = clock.now()
    actions.punch_on_web(by=request.actor, at=at)  # type: ignore[attr-defined]
    return web.done(request, reverse("attendance:month"), f"已打卡 {clock.local(at):%H:%M}")


@web.allow("member")
@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Every day of a person's month in words, with the punches that counted for nothing."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    member = access.member_for(actor, code)
    first = _month(request.GET.get("month", ""), clock.local(at).date())
    context = {
        "member": member,
        "month": first,
        "previous": queries.before(first),
        "following": queries.following(first),
        "days": queries.person_month(member, first, at),
        "mine": actor.is_self(member),
        "decides": access.may(actor, "decide") and not actor.is_self(member),
    }
    return web.page(request, "attendance/person.html", context)
