"""Raising, listing and answering objections."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.assessment import access, actions, forms, queries
from shouwen.core import clock, files, web
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response


@web.allow("member")
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    entry = access.entry_for(actor, code)
    form = forms.Object(request.POST or None, request.FILES or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(request, form, actions.object_to, entry=entry, by=actor, at=clock.now(), **form.cleaned_data):
        return web.done(request, reverse("assessment:objection", args=[form.result.code]), "异议已提交,由他人答复")  # type: ignore[attr-defined]
    return web.page(request, "assessment/object.html", {"entry": entry, "form": form})


@web.allow("member")
@require_GET
def objections(request: HttpRequest) -> HttpResponse:
    """The open ones first; one's own for members, all for those who answer."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {"rows": web.rows(request, queries.objections(actor)), "answers": queries.may(actor, "answer")}
    return web.page(request, "assessment/objections.html", context)


@web.allow("assessor", "leader", "director")
@require_GET
def objections_export(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}考核异议"
    content = documents.hand_out_table(title=title, table=queries.objection_sheet(actor), by=actor, at=clock.now())
    return file_response(content, f"{title}.xlsx")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = access.objection_for(actor, code)
    form = forms.Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = access.objection_for(actor, code, to="answer")
        if web.attempt(request, form, actions.answer_objection, objection=row, by=actor, at=clock.now(), **form.cleaned_data):
            return web.done(request, reverse("assessment:objection", args=[code]), "已答复")
    own = actor.is_self(row.member)
    may_answer = row.state == "open" and not own and queries.may(actor, "answer")
    context = {"row": row, "form": form, "own": own, "may_answer": may_answer, "reported": queries.reported(row)}
    return web.page(request, "assessment/objection.html", context)


@web.allow("member")
@require_POST
def withdraw_objection(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.withdraw_objection(objection=access.objection_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("assessment:objection", args=[code]), "已撤回")


@web.allow("member")
@require_GET
def objection_evidence(request: HttpRequest, code: str) -> HttpResponse:
    row = access.objection_for(request.actor, code)  # type: ignore[attr-defined]
    if not row.evidence:
        raise Http404
    return files.send(row.evidence, f"异议证据 {row.code}")  # type: ignore[return-value]
