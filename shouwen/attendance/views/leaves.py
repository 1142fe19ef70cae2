"""Leave: asking, covering, approving, coming back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.attendance import access, actions, documents, forms, queries
from shouwen.core import clock, files, web
from shouwen.documents.queries import document_of, file_response, workbook
from shouwen.org import queries as org


def _page_of(code: str) -> str:
    return reverse("attendance:leave", args=[code])


def _listed(request: HttpRequest) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    mine = None if access.may(actor, "oversee") else actor.member
    return queries.leaves(actor.center, mine=mine, state=request.GET.get("state", ""))


@web.allow("member")
@require_GET
def leaves(request: HttpRequest) -> HttpResponse:
    """Newest first; reasons stay off the list."""
    actor = request.actor  # type: ignore[attr-defined]
    state = request.GET.get("state", "")
    context = {
        "rows": web.rows(request, _listed(request)),
        "state": state,
        "query": f"state={state}&" if state else "",
        "oversees": access.may(actor, "oversee"),
    }
    return web.page(request, "attendance/leaves.html", context)


@web.allow("leader", "director", "assessor", "supervisor")
@require_GET
def leaves_export(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    columns, rows = queries.leave_table(_listed(request)[:5000])
    actions.note_export(what="请假表", count=len(rows), by=actor, at=at)
    return file_response(workbook(f"{actor.center.name}请假表", columns, rows), "请假表.xlsx")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def ask_leave(request: HttpRequest) -> HttpResponse:
    """Ask for oneself; who files for others chooses the person."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    here = org.members(actor.center, clock.local(at).date())
    people = [(actor.member.code, "本人"), *forms.people_of(here, without=actor.member)] if access.may(actor, "file") else []
    form = forms.AskLeave(request.POST or None, request.FILES or None, colleagues=forms.people_of(here), people=people)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        who, cover = data.pop("member", ""), data.pop("cover", "")
        data["member"] = access.colleague(actor, who) if who else actor.member
        data["cover"] = access.colleague(actor, cover) if cover else None
        if web.attempt(request, form, actions.ask_leave, by=actor, at=at, **data):
            return web.done(request, _page_of(form.result.code), "已提出请假")  # type: ignore[attr-defined]
    return web.page(request, "attendance/ask_leave.html", {"form": form, "ladder": queries.ladder_words(actor.center, at)})


@web.allow("member")
@require_GET
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """One leave and whatever the actor may do about it now."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.leave_for(actor, code, at)
    step = queries.waiting_step(row) if row.state == row.State.PENDING else None
    mine = actor.is_self(row.member)
    here = org.members(actor.center, clock.local(at).date()) if mine else []
    context = {
        "row": row,
        "steps": queries.steps_of(row),
        "reason": row.reason if access.may_read_reason(actor, row) else "",
        "mine": mine,
        "covers": actor.is_self(row.cover) and row.cover_state == row.Cover.ASKED and row.state == row.State.PENDING,
        "decides": step is not None and not mine and access.stands_for(actor, step.role, at),
        "files": mine or access.may(actor, "file"),
        "answer": forms.Answer(),
        "cover_form": forms.Cover(colleagues=forms.people_of(here, without=row.member)),
        "return_form": forms.Return(initial={"last_date": clock.local(at).date(), "last_half": row.end_half}),
        "begun": at >= row.starts_at,
    }
    return web.page(request, "attendance/leave.html", context)


@web.allow("member")
@require_POST
def decide_leave(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.leave_for(actor, code, clock.now()), forms.Answer(request.POST)
    if not form.is_valid():
        return web.done(request, _page_of(code))
    actions.decide_leave(leave=row, approved=form.is_yes, note=form.cleaned_data["note"], by=actor, at=clock.now())
    row.refresh_from_db()
    return web.done(request, _page_of(code), _answered(row, form.is_yes))


def _answered(row: Any, approved: bool) -> str:
    """What became of it, and what is still missing."""
    if not approved:
        return "没有同意,已告知本人"
    if row.state != row.State.PENDING:
        return "已批准,已告知本人"
    return "已同意,等代班人确认" if row.cover_state == row.Cover.ASKED else "已同意,等下一级审批"


@web.allow("member")
@require_POST
def answer_cover(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.leave_for(actor, code, clock.now()), forms.Answer(request.POST)
    if form.is_valid():
        actions.answer_cover(leave=row, accepted=form.is_yes, by=actor, at=clock.now())
    said = ("已接受代班" if form.is_yes else "没有接受,已告知请假人另找代班人") if form.is_valid() else ""
    return web.done(request, _page_of(code), said)


@web.allow("member")
@require_POST
def change_cover(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = access.leave_for(actor, code, clock.now())
    cover = access.colleague(actor, request.POST.get("cover", ""))
    actions.change_cover(leave=row, cover=cover, by=actor, at=clock.now())
    return web.done(request, _page_of(code), f"已请{cover.name}代班,等待确认")


@web.allow("member")
@require_POST
def withdraw_leave(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, reason = access.leave_for(actor, code, clock.now()), request.POST.get("reason", "")[:200]
    actions.withdraw_leave(leave=row, reason=reason, by=actor, at=clock.now())
    return web.done(request, _page_of(code), "已撤回")


@web.allow("member")
@require_POST
def return_from_leave(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.leave_for(actor, code, clock.now()), forms.Return(request.POST)
    if not form.is_valid():
        return web.done(request, _page_of(code))
    last = (form.cleaned_data["last_date"], form.cleaned_data["last_half"])
    actions.return_from_leave(leave=row, last=last, by=actor, at=clock.now())
    return web.done(request, _page_of(code), "已销假")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def leave_form(request: HttpRequest, code: str) -> HttpResponse:
    """The numbered paper: POST issues it once, GET shows it to those who may read the reason."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.leave_for(actor, code, clock.now(), to="read")
    if request.method == "POST":
        actions.issue_leave_form(leave=row, data=documents.leave_form(row), by=actor, at=clock.now())
        return web.done(request, reverse("attendance:leave_form", args=[code]))
    document = document_of(actor.center, "leave_form", queries.form_source(row))
    if document is None:
        raise Http404
    return file_response(bytes(document.pdf), f"请假条{row.code}.pdf")


@web.allow("member")
@require_GET
def leave_evidence(request: HttpRequest, code: str) -> HttpResponse:
    row = access.leave_for(request.actor, code, clock.now(), to="read")  # type: ignore[attr-defined]
    if not row.evidence:
        raise Http404
    return files.send(row.evidence, f"请假材料{row.code}")  # type: ignore[return-value]
