"""Post checks, made on a phone with one hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.attendance import access, actions, forms, queries
from shouwen.core import clock, files, web
from shouwen.core.errors import Refused
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response
from shouwen.org import queries as org


def _page_of(code: str) -> str:
    return reverse("attendance:post_check", args=[code])


@web.allow("member")
@require_GET
def post_checks(request: HttpRequest) -> HttpResponse:
    """The centre's checks, or those that concern oneself."""
    actor = request.actor  # type: ignore[attr-defined]
    oversees = access.may(actor, "oversee")
    seen = request.GET.get("seen", "")
    listed = queries.post_checks(actor.center, of=None if oversees else actor.member, seen=seen)
    context = {"rows": web.rows(request, listed), "seen": seen, "query": f"seen={seen}&" if seen else "", "checks": oversees}
    return web.page(request, "attendance/post_checks.html", context)


@web.allow("leader", "director", "assessor", "supervisor")
@require_GET
def checks_export(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}查岗记录"
    table = queries.check_table(queries.post_checks(actor.center, seen=request.GET.get("seen", "")))
    return file_response(documents.hand_out_table(title=title, table=table, by=actor, at=clock.now()), f"{title}.xlsx")


@web.allow("leader", "director", "assessor", "supervisor")
@require_http_methods(["GET", "POST"])
def new_check(request: HttpRequest) -> HttpResponse:
    """Who, what was seen, where; big tiles for a phone."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    here = org.members(actor.center, clock.local(at).date())
    people = forms.people_of(here, without=actor.member)
    form = forms.Check(
        request.POST or None, request.FILES or None, people=people, initial={"member": request.GET.get("member")}
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["member"] = access.colleague(actor, data["member"])
        if web.attempt(request, form, actions.record_check, by=actor, at=at, **data):
            return web.done(request, _page_of(form.result.code), "已记录,并已告知本人")  # type: ignore[attr-defined]
    return web.page(request, "attendance/new_check.html", {"form": form})


@web.allow("member")
@require_GET
def post_check(request: HttpRequest, code: str) -> HttpResponse:
    """One check, its second look, the person's words, the decision."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.check_for(actor, code)
    is_third = not actor.is_self(row.member) and not actor.is_self(row.checker)
    lapsed = queries.has_lapsed(row, at)
    context = {
        "row": row,
        "repeats": queries.repeats_of(row),
        "lapsed": lapsed,
        "repeats_now": row.state == row.State.REPEAT_DUE
        and not lapsed
        and access.may(actor, "check")
        and not actor.is_self(row.member),
        "replies": actor.is_self(row.member)
        and row.replied_at is None
        and row.state in (row.State.PENDING, row.State.REPEAT_DUE),
        "decides": row.state == row.State.PENDING and is_third and access.may(actor, "verify"),
        "repeat_form": forms.Repeat(),
        "reply_form": forms.Reply(),
        "answer": forms.Answer(),
    }
    return web.page(request, "attendance/post_check.html", context)


@web.allow("member")
@require_POST
def repeat_check(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.check_for(actor, code), forms.Repeat(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("请选择人在不在", "1.4.2")
    data = form.cleaned_data
    more = {"note": data["note"], "upload": data["upload"], "by": actor, "at": clock.now()}
    actions.repeat_check(check=row, is_found=data["answer"] == "yes", **more)
    return web.done(request, _page_of(code), "已记录复查")


@web.allow("member")
@require_POST
def reply_to_check(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.check_for(actor, code), forms.Reply(request.POST)
    if not form.is_valid():
        raise Refused("请写明情况,不超过 300 字", "1.4.2")
    actions.reply_to_check(check=row, text=form.cleaned_data["text"], by=actor, at=clock.now())
    return web.done(request, _page_of(code), "已提交说明")


@web.allow("member")
@require_POST
def decide_check(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.check_for(actor, code), forms.Answer(request.POST)
    if form.is_valid():
        actions.decide_check(check=row, verified=form.is_yes, note=form.cleaned_data["note"], by=actor, at=clock.now())
    return web.done(request, _page_of(code), "已核实" if form.is_valid() else "")


@web.allow("member")
@require_GET
def check_photo(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Photo 0 is that of the check, 1 that of the second look."""
    row = access.check_for(request.actor, code)  # type: ignore[attr-defined]
    found = [row.evidence, *(repeat.evidence for repeat in queries.repeats_of(row))]
    if number >= len(found) or not found[number]:
        raise Http404
    return files.send(found[number], f"查岗{row.code}-{number}")  # type: ignore[return-value]
