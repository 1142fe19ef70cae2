"""A change of the calendar in two steps: see what it would move, then make it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.core import clock, web
from shouwen.desk import actions as desk
from shouwen.desk import queries
from shouwen.workcalendar import access, actions
from shouwen.workcalendar import forms as calendar_forms

KINDS: dict[str, tuple[str, Any, Any, str]] = {
    "notice": ("录入放假通知", calendar_forms.Notice, actions.import_notice, "notice"),
    "closure": ("宣布本地停办", calendar_forms.Closure, actions.declare_closure, "center"),
    "hours": ("设定办公时间", calendar_forms.Hours, actions.set_hours, "center"),
}


@web.allow("member")
@require_http_methods(["GET", "POST"])
def calendar_change(request: HttpRequest, kind: str) -> HttpResponse:
    """First post shows the effects beside the filled form; the second, with `confirmed`, makes the change."""
    if kind not in KINDS:
        raise Http404
    title, form_class, action, right = KINDS[kind]
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    access.require(actor, to=right)
    form = form_class(request.POST or None, request.FILES or None)
    effects = None
    if form.is_valid():
        draft = form.cleaned_data["draft"]
        change = {"change": action, "draft": draft, "by": actor, "at": at}
        if "confirmed" in request.POST and web.attempt(request, form, desk.change_calendar, **change):
            moved = f",{form.result} 件办件的到期日已随之变动" if form.result else ""
            return web.done(request, reverse("workcalendar:year"), f"已生效,日历已更新{moved}")
        effects = queries.calendar_effects(actor, draft, at)
        if kind == "notice":
            # A file cannot be sent twice by the browser: its text goes into the form instead.
            form = form_class(initial={"text": form.cleaned_data["text"]})
    return web.page(request, "desk/calendar_change.html", {"title": title, "form": form, "effects": effects, "kind": kind})
