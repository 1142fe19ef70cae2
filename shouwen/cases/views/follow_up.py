"""After the certificate: what is owed, and what came of it ("2.2")."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import access
from shouwen.cases.actions import follow_up as actions
from shouwen.cases.forms import follow_up as forms
from shouwen.cases.models import FollowUp
from shouwen.cases.queries import follow_up as queries
from shouwen.core import clock, web

VIEWS = {"open": "待办", "later": "以后", "done": "已办"}


@web.allow(*access.READERS)
@require_GET
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Own ones; everybody's for those who oversee."""
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    rows = web.rows(request, queries.follow_up_rows(request.actor, clock.now(), view))  # type: ignore[attr-defined]
    return web.page(request, "cases/follow_ups.html", {"rows": rows, "view": view, "views": VIEWS.items()})


@web.allow(*access.READERS)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Done, with its result; the next one is planned here as well."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.follow_up_for(actor, code, at)
    results = [(value, label) for value, label in FollowUp.Result.choices if value in actions.RESULTS[row.kind]]
    form = forms.DoFollowUp(request.POST or None, results=results, again=row.kind == FollowUp.Kind.AFTERCARE)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(request, form, actions.do_follow_up, follow_up=row, by=actor, at=at, **form.cleaned_data):
        return web.done(request, reverse("cases:follow_ups"), "已记录")
    doing = row.done_at is None and queries.may_do(row, actor, at)
    return web.page(request, "cases/follow_up.html", {"row": row, "form": form, "doing": doing})


@web.allow("clerk", "section", "leader", "director")
@require_http_methods(["GET", "POST"])
def plan_follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Plan a call or visit, or a reminder before the certificate runs out."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.case_for(actor, code, at)
    form = forms.PlanFollowUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        if told.pop("kind") == FollowUp.Kind.EXPIRY:
            happened = web.attempt(request, form, actions.plan_expiry_reminder, case=case, by=actor, at=at)
        else:
            told["days"] = told["days"] or queries.DAYS
            happened = web.attempt(request, form, actions.plan_follow_up, case=case, by=actor, at=at, **told)
        if happened:
            return web.done(request, reverse("cases:follow_up", args=[form.result.code]), "已安排")  # type: ignore[attr-defined]
    context = {"case": case, "form": form, "known": queries.follow_ups_of(case)}
    return web.page(request, "cases/plan_follow_up.html", context)
