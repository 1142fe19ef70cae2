"""The hall as it runs: lines, counters, numbers set aside, giving a number with a stated reason, a number's own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.reception import access, actions, forms, queries

MOVES = {
    "leave": (actions.leave_ticket, "serve", "已记为离开。"),
    "return": (actions.return_ticket, "serve", "已放回队列。"),
    "inaccurate": (actions.mark_inaccurate, "plan", "已标记,不计入统计。"),
}


@web.allow("member")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Everybody of the centre sees the hall; those who serve may act ("3.1")."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    context = {
        "hall": queries.overview(actor.center, at),
        "may_issue": actor.has(*queries.ISSUERS),
        "may_plan": actor.has(*queries.PLANNERS),
    }
    return web.page(request, "reception/queue.html", context, partial="hall")


@web.allow("clerk", "leader", "section", "director")
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = forms.Issue(request.POST or None, queues=queries.queues(actor.center, local(at).date()))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        to = access.queue_for(actor, data.pop("queue"), to="issue")
        if web.attempt(request, form, actions.issue_ticket, queue=to, source="staff", by=actor, at=at, **data):
            ticket = form.result  # type: ignore[attr-defined]
            return web.done(request, reverse("reception:ticket", args=[ticket.code]), f"已取号 {ticket.label}。")
    return web.page(request, "reception/queue_issue.html", {"form": form})


@web.allow("member")
@require_GET
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """One number: what became of it, where it stands, what can be done."""
    return _ticket_page(request, code)


def _ticket_page(request: HttpRequest, code: str, form: forms.Transfer | None = None) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.ticket_for(actor, code)
    others = [one for one in queries.queues(actor.center, row.date) if one.pk != row.queue_id]
    context = {
        "ticket": row,
        "place": queries.line(actor.center, row, at),
        "steps": queries.ticket_steps(row),
        "form": form or forms.Transfer(queues=others),
        "may_serve": actor.has(*queries.SERVERS),
        "may_plan": actor.has(*queries.PLANNERS),
        "is_over": row.status in ("finished", "left"),
    }
    return web.page(request, "reception/queue_ticket.html", context)


@web.allow("clerk", "leader", "section", "system_admin")
@require_POST
def move_ticket(request: HttpRequest, code: str, do: str) -> HttpResponse:
    if do not in MOVES:
        raise Http404
    action, right, said = MOVES[do]
    row = access.ticket_for(request.actor, code, to=right)  # type: ignore[attr-defined]
    action(ticket=row, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return web.done(request, reverse("reception:ticket", args=[code]), said)


@web.allow("clerk", "leader", "section")
@require_POST
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.ticket_for(actor, code, to="serve")
    form = forms.Transfer(request.POST, queues=queries.queues(actor.center, row.date))
    if form.is_valid():
        to, note = access.queue_for(actor, form.cleaned_data["to"]), form.cleaned_data["note"]
        if web.attempt(request, form, actions.transfer_ticket, ticket=row, queue=to, note=note, by=actor, at=at):
            return web.done(request, reverse("reception:ticket", args=[form.result.code]), f"{row.label} 已转到{to.name}。")  # type: ignore[attr-defined]
    return _ticket_page(request, code, form)
