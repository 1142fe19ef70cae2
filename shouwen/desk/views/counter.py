"""The counter workbench (窗口工作台): the queue and the visit at the desk, every step one key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.core import clock, web
from shouwen.core.errors import Refused
from shouwen.desk import actions, queries
from shouwen.desk.forms.counter import Answer, Lead
from shouwen.org import access as org_access
from shouwen.org.models import Counter
from shouwen.reception import access as reception_access
from shouwen.reception import actions as reception

ROLES = ("clerk", "leader", "section")
MOVES = {
    "recall": (reception.recall_ticket, "已重呼。"),
    "pass": (reception.pass_ticket, "已过号。"),
    "park": (reception.park_ticket, "已挂起。"),
    "leave": (reception.leave_ticket, "已记为离开。"),
    "return": (reception.return_ticket, "已放回队列。"),
    "begin": (reception.begin_ticket, "已开始办理,首问责任人是您。"),
    "finish": (reception.finish_ticket, "已办完。"),
}


def _counter(request: HttpRequest) -> Counter | None:
    """The window chosen on the page; None means the own one."""
    code = request.GET.get("at") or request.POST.get("at")
    return org_access.counter_for(request.actor, code) if code else None  # type: ignore[attr-defined]


def _here(request: HttpRequest) -> Counter:
    """The window the actor calls from. Raises Refused without one."""
    here = _counter(request) or queries.own_counter(request.actor, clock.now())  # type: ignore[attr-defined]
    if here is None:
        raise Refused("您今天没有窗口:请先在上面选一个窗口")
    return here


def _show(request: HttpRequest, **bound: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    page = queries.counter_page(actor, clock.now(), _counter(request))
    context = {
        "page": page,
        "bench": page.bench,
        "ticket": page.bench.current,
        "chosen": request.GET.get("at") or request.POST.get("at") or "",
        "answer": bound.get("answer") or Answer(),
        "lead": bound.get("lead") or Lead(places=page.places),
    }
    return web.page(request, "desk/counter.html", context, partial="bench")


def _home(request: HttpRequest) -> str:
    chosen = request.POST.get("at", "")
    return reverse("desk:counter") + (f"?at={chosen}" if chosen else "")


@web.allow(*ROLES)
@require_GET
def counter(request: HttpRequest) -> HttpResponse:
    return _show(request)


@web.allow(*ROLES)
@require_POST
def call_next(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    here = _here(request)
    ticket = reception.call_next(counter=here, by=actor, at=at)
    return web.done(request, _home(request), f"请 {ticket.label} 到 {here.number} 号窗口。")


@web.allow(*ROLES)
@require_POST
def move_ticket(request: HttpRequest, code: str, do: str) -> HttpResponse:
    """One of `MOVES` on a ticket; one called by another window meanwhile is told so."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    ticket = reception_access.ticket_for(actor, code)
    if do == "call":
        reception.call_ticket(ticket=ticket, counter=_here(request), by=actor, at=at)
        return web.done(request, _home(request), f"已叫 {ticket.label}。")
    action, said = MOVES[do]
    action(ticket=ticket, by=actor, at=at)
    return web.done(request, _home(request), said)


@web.allow(*ROLES)
@require_POST
def answer_visit(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    ticket, form = reception_access.ticket_for(actor, code), Answer(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.answer_and_finish, ticket=ticket, by=actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, _home(request), f"{ticket.label} 已当场答复并办完。")
    return _show(request, answer=form)


@web.allow(*ROLES)
@require_POST
def lead_visit(request: HttpRequest, code: str) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    ticket = reception_access.ticket_for(actor, code)
    form = Lead(request.POST, places=queries.counter_places(actor, at))
    if form.is_valid():
        to = org_access.counter_for(actor, form.cleaned_data["to"])
        note = form.cleaned_data["note"]
        if web.attempt(request, form, reception.lead_ticket, ticket=ticket, counter=to, note=note, by=actor, at=at):
            return web.done(request, _home(request), f"已带到{to},对方接手前仍由您负责。")
    return _show(request, lead=form)


@web.allow(*ROLES)
@require_POST
def counter_state(request: HttpRequest) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    here = _here(request)
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    reception.set_counter_state(counter=here, state=state, reason=reason, by=actor, at=at)
    return web.done(request, _home(request), "窗口状态已改。")
