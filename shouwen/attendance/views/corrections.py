"""Missed punches: asking, approving, deciding."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.attendance import access, actions, forms, queries
from shouwen.core import clock, files, web
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response

LOOK_BACK = timedelta(days=62)


def _slot(request: HttpRequest, code: str, day: str, session: str, side: str) -> Any:
    """The slot of an address, of somebody the actor may see; 404 for anything else."""
    actor = request.actor  # type: ignore[attr-defined]
    member = access.member_for(actor, code)
    try:
        on = date.fromisoformat(day)
        stored = queries.slot_of(actor.center, member, on, session, side)
        found = stored or queries.slot_now(member, on, session, side, clock.now())
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@web.allow("leader", "director", "assessor", "supervisor")
@require_GET
def corrections_export(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}补卡与认定"
    table = queries.correction_table(queries.corrections(actor.center, state=request.GET.get("state", "")))
    return file_response(documents.hand_out_table(title=title, table=table, by=actor, at=clock.now()), f"{title}.xlsx")


@web.allow("member")
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """Slots named for a decision, and every request; one's own for those who do not oversee."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    oversees = access.may(actor, "oversee")
    state = request.GET.get("state", "")
    listed = queries.corrections(actor.center, member=None if oversees else actor.member, state=state)
    context = {
        "rows": web.rows(request, listed),
        "named": queries.undecided(actor.center, clock.local(at).date() - LOOK_BACK)[:50]
        if access.may(actor, "decide")
        else [],
        "state": state,
        "query": f"state={state}&" if state else "",
        "oversees": oversees,
    }
    return web.page(request, "attendance/corrections.html", context)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str, day: str, session: str, side: str) -> HttpResponse:
    """Say when one really came or went, with evidence."""
    slot = _slot(request, code, day, session, side)
    form = forms.Correct(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {"slot": slot, "by": request.actor, "at": clock.now(), **form.cleaned_data}  # type: ignore[attr-defined]
        if web.attempt(request, form, actions.ask_correction, **data):
            return web.done(request, reverse("attendance:corrections"), "已提出补卡,等待审批")
    return web.page(request, "attendance/correct.html", {"form": form, "slot": slot})


@web.allow("leader", "director", "assessor")
@require_http_methods(["GET", "POST"])
def decide_slot(request: HttpRequest, code: str, day: str, session: str, side: str) -> HttpResponse:
    """What a slot is taken to be, once the time to put it right is over."""
    slot = _slot(request, code, day, session, side)
    form = forms.DecideSlot(request.POST or None)
    if form.is_valid():
        data = {"slot": slot, "by": request.actor, "at": clock.now(), **form.cleaned_data}  # type: ignore[attr-defined]
        if web.attempt(request, form, actions.decide_slot, **data):
            return web.done(request, reverse("attendance:corrections"), "已认定")
    return web.page(request, "attendance/decide_slot.html", {"form": form, "slot": slot})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, code: str) -> HttpResponse:
    """One request; the approver answers it here."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.correction_for(actor, code, clock.now())
    form = forms.Answer(request.POST or None)
    if form.is_valid():
        data = {"correction": row, "approved": form.is_yes, "note": form.cleaned_data["note"], "by": actor, "at": clock.now()}
        if web.attempt(request, form, actions.decide_correction, **data):
            return web.done(request, reverse("attendance:corrections"), "已答复")
    approves = not actor.is_self(row.member) and access.approves(actor, clock.now())
    return web.page(request, "attendance/correction.html", {"row": row, "form": form, "approves": approves})


@web.allow("member")
@require_POST
def withdraw_correction(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.withdraw_correction(correction=access.correction_for(actor, code, clock.now()), by=actor, at=clock.now())
    return web.done(request, reverse("attendance:corrections"), "已撤回")


@web.allow("member")
@require_GET
def correction_evidence(request: HttpRequest, code: str) -> HttpResponse:
    row = access.correction_for(request.actor, code, clock.now())  # type: ignore[attr-defined]
    if not row.evidence:
        raise Http404
    return files.send(row.evidence, f"补卡证据{row.code}")  # type: ignore[return-value]
