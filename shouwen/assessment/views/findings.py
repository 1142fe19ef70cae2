"""Findings of misconduct ("1.9") and later adjustments ("1.2")."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.assessment import access, actions, forms, queries
from shouwen.core import clock, web


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {"rows": web.rows(request, queries.findings(actor.center)), "may_find": queries.may(actor, "find")}
    return web.page(request, "assessment/findings.html", context)


@web.allow("leader", "director")
@require_http_methods(["GET", "POST"])
def new_finding(request: HttpRequest) -> HttpResponse:
    """The leadership meeting's finding: who, what was concealed, the double that follows."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    people, today = queries.people_choices(actor.center), clock.local(at).date()
    form = forms.Finding(request.POST or None, people=people, kinds=queries.offence_choices(actor.center, today))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data |= {name: access.named_member(actor, data[name]) for name in ("executor", "concerned")}
        if web.attempt(request, form, actions.record_finding, by=actor, at=at, **data):
            return web.done(request, reverse("assessment:findings"), "认定已记录,加倍扣分已入账")
    return web.page(request, "assessment/new_finding.html", {"form": form})


@web.allow("assessor", "leader", "director")
@require_http_methods(["GET", "POST"])
def adjustments(request: HttpRequest) -> HttpResponse:
    """Corrections of final months: proposed here, confirmed by another."""
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.Adjust(
        request.POST or None, people=queries.people_choices(actor.center), months=queries.final_choices(actor.center)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data |= {"member": access.named_member(actor, data["member"]), "about": access.month_for(actor, data["about"])}
        if web.attempt(request, form, actions.adjust, by=actor, at=clock.now(), **data):
            return web.done(request, reverse("assessment:adjustments"), "已提出,等待他人确认")
    context = {"rows": web.rows(request, queries.adjustments(actor.center)), "form": form}
    return web.page(request, "assessment/adjustments.html", context)


@web.allow("assessor", "leader", "director")
@require_http_methods(["GET", "POST"])
def adjustment(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = access.adjustment_for(actor, code)
    form = forms.Verdict(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(
        request, form, actions.confirm_adjustment, adjustment=row, by=actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("assessment:adjustments"), "已办理")
    asking = row.state == "proposed" and not actor.is_self(row.proposer) and not actor.is_self(row.member)
    return web.page(request, "assessment/adjustment.html", {"row": row, "form": form, "asking": asking})
