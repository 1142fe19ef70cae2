"""The page of a case, its papers, and what was broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import access, actions, queries
from shouwen.cases.forms import handling
from shouwen.cases.queries.beside import beside
from shouwen.core import clock, web
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response
from shouwen.reception.queries import chain


@web.allow("member")
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Chain, clock with its ruler, checklist, record, papers."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.case_for(actor, code, at)
    lines, links = queries.lines(case), chain(case.matter)
    mine = access.may_act(actor, case, at)
    context = {
        "case": case,
        "clock": queries.reading(case, at),
        "lines": lines,
        "open_lines": queries.unsatisfied(lines),
        "stages": queries.stages(links),
        "steps": queries.steps(case),
        "story": queries.story(case),
        "papers": queries.papers(case),
        "breaches": queries.breaches_of(case),
        "fees": queries.schedule(case, at),
        "beside": beside(case, actor),
        "ways": queries.ways(case, lines) if mine and case.is_open else [],
    }
    return web.page(request, "cases/detail.html", context)


@web.allow("member")
@require_GET
def paper(request: HttpRequest, code: str, paper: str, form: str) -> HttpResponse:
    """A paper of the case as it was issued, or its editable copy; who may see the case may take one, and it is on record."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.case_for(actor, code, at)
    found = next((one for one in queries.papers(case) if one.code == paper), None)
    if found is None or form not in ("pdf", "word"):
        raise Http404
    content = documents.hand_out(document=found, form=form, by=actor, at=at)
    return file_response(content, f"{found}.{'pdf' if form == 'pdf' else 'docx'}")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked for, with the case; a superior agrees or refuses, the asker may take it back."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.approval_for(actor, code)
    form = handling.Verdict(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remark = form.cleaned_data["remark"]
        call: Callable[..., Any] = actions.approve
        more = {"remark": remark}
        if "refuse" in request.POST:
            call, more = actions.refuse_approval, {"reason": remark}
        elif "withdraw" in request.POST:
            call, more = actions.withdraw_approval, {}
        if web.attempt(request, form, call, approval=row, by=actor, at=at, **more):
            return web.done(request, reverse("cases:detail", args=[row.case.code]), "已办理")
    context = {"row": row, "form": form, "own": actor.is_self(row.asked_by), "clock": queries.reading(row.case, at)}
    return web.page(request, "cases/approval.html", context)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, code: str) -> HttpResponse:
    """The fact; the person's word, another's judgement."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.breach_for(actor, code)
    own = actor.is_self(row.member)
    form = (handling.Claim if own else handling.Rule)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = actions.claim_cause if own else actions.rule_on_cause
        if web.attempt(request, form, action, breach=row, by=actor, at=at, **form.cleaned_data):
            return web.done(request, reverse("cases:breach", args=[code]), "已提交" if own else "已认定")
    asking = row.cause == "" if own else row.cause in ("", "claimed") and actor.has("leader", "director", "assessor")
    return web.page(
        request,
        "cases/breach.html",
        {"row": row, "form": form, "own": own, "asking": asking, "reads": own or actor.has(*access.READERS)},
    )
