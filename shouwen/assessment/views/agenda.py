"""What goes before the cadre meeting ("1.5", "1.8")."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.assessment import access, actions, forms, queries
from shouwen.core import clock, web
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "rows": web.rows(request, queries.agenda(actor.center)),
        "form": forms.Meeting(),
        "may_announce": queries.may(actor, "announce"),
    }
    return web.page(request, "assessment/agenda.html", context)


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def agenda_export(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}大会通报事项"
    content = documents.hand_out_table(title=title, table=queries.agenda_sheet(actor.center), by=actor, at=clock.now())
    return file_response(content, f"{title}.xlsx")


@web.allow("assessor", "leader", "director")
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    item = access.agenda_for(actor, code)
    form = forms.Announce(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(request, form, actions.announce, item=item, by=actor, at=clock.now(), **form.cleaned_data):
        return web.done(request, reverse("assessment:agenda"), "已登记通报")
    return web.page(request, "assessment/announce.html", {"item": item, "form": form})


@web.allow("assessor", "leader", "director")
@require_POST
def criticism(request: HttpRequest, code: str) -> HttpResponse:
    """The 通报批评 as a numbered paper."""
    actor = request.actor  # type: ignore[attr-defined]
    document = actions.issue_criticism(item=access.agenda_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]), "通报已编号")


@web.allow("assessor", "leader", "director")
@require_POST
def agenda_paper(request: HttpRequest) -> HttpResponse:
    """Everything still open, as the meeting's list."""
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.Meeting(request.POST)
    meeting = form.cleaned_data["meeting"] if form.is_valid() else ""
    document = actions.issue_agenda(meeting=meeting, by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]), "议程清单已编号")
