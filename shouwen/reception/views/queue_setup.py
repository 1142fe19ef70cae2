"""Queues set up by a leader or the system administrator, and how the queues went."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.reception import access, actions, forms, queries

form_page = require_http_methods(["GET", "POST"])
FIELDS = ("name", "note", "ordinary_minutes", "daily_limit", "is_quick")


@web.allow("member")
@require_GET
def queue_setup(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.queue_setup(actor.center, local(clock.now()).date())
    return web.page(request, "reception/queue_setup.html", {"rows": rows, "may_plan": actor.has(*queries.PLANNERS)})


@web.allow("leader", "system_admin")
@form_page
def queue_add(request: HttpRequest) -> HttpResponse:
    form = forms.NewQueue(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {"by": request.actor, "at": clock.now(), **form.cleaned_data}  # type: ignore[attr-defined]
        if web.attempt(request, form, actions.add_queue, prefix=data.pop("letter"), **data):
            made = form.result  # type: ignore[attr-defined]
            return web.done(request, reverse("reception:queue_counters", args=[made.code]), "队列已设立,请选由哪些窗口办理。")
    return web.page(request, "reception/queue_form.html", {"form": form, "title": "设立队列", "button": "设立"})


@web.allow("leader", "system_admin")
@form_page
def queue_change(request: HttpRequest, code: str) -> HttpResponse:
    row = access.queue_for(request.actor, code, to="plan")  # type: ignore[attr-defined]
    form = forms.ChangeQueue(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        data = {"queue": row, "by": request.actor, "at": clock.now(), **form.cleaned_data}  # type: ignore[attr-defined]
        if web.attempt(request, form, actions.change_queue, **data):
            return web.done(request, reverse("reception:queue_setup"), "队列已修改。")
    context = {"form": form, "title": f"修改队列:{row.prefix} {row.name}", "button": "保存"}
    return web.page(request, "reception/queue_form.html", context)


@web.allow("leader", "system_admin")
@form_page
def queue_counters(request: HttpRequest, code: str) -> HttpResponse:
    """Which counters serve the queue: its own first, others help."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row, counters = access.queue_for(actor, code, to="plan"), org.counters(actor.center, local(at).date())
    now = {one.code: "own" if own else "help" for one, own in queries.served(actor.center, row, local(at).date())}
    form = forms.Counters(request.POST or None, counters=counters, initial=now)
    if request.method == "POST" and form.is_valid():
        places = form.places
        chosen = {one: places[one.code] for one in counters if one.code in places}
        if web.attempt(request, form, actions.set_queue_counters, queue=row, counters=chosen, by=actor, at=at):
            return web.done(request, reverse("reception:queue_setup"), "窗口已设定。")
    context = {"form": form, "title": f"{row.prefix} {row.name} 由哪些窗口办理", "button": "设定"}
    return web.page(request, "reception/queue_form.html", context)


@web.allow("leader", "system_admin")
@require_POST
def queue_end(request: HttpRequest, code: str) -> HttpResponse:
    row = access.queue_for(request.actor, code, to="plan")  # type: ignore[attr-defined]
    actions.end_queue(queue=row, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return web.done(request, reverse("reception:queue_setup"), f"“{row.name}”已停用。")


@web.allow("member")
@require_GET
def queue_statistics(request: HttpRequest) -> HttpResponse:
    """Waiting, handling and counts of days from the log; charts are drawn on the server."""
    actor, today = request.actor, local(clock.now()).date()  # type: ignore[attr-defined]
    asked = {name: request.GET[name] for name in ("start", "end") if name in request.GET}
    first = {"start": today - timedelta(days=6), "end": today}
    form = forms.Days(asked if len(asked) == 2 else {name: str(day) for name, day in first.items()})
    days = form.cleaned_data if form.is_valid() else first
    found = queries.statistics(actor.center, days["start"], days["end"])
    context = {
        "form": form,
        "found": found,
        "hours": queries.chart(found.hours, of="issued"),
        "waits": queries.chart(found.hours, of="wait"),
        "errors": queries.past_errors(actor.center, today),
    }
    return web.page(request, "reception/queue_statistics.html", context)
