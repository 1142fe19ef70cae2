"""Offers that wait for me, and answering one: taking over is one press."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.org import access as org
from shouwen.reception import access, actions, forms, queries
from shouwen.reception.views.frame import matter_page, places

LOADERS = {"counter": org.counter_for, "department": org.department_for, "member": org.member_for}


@web.allow("member")
@require_GET
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Waiting for me, and what I offered and still hold."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    context = {"offers": queries.offered_to(actor, at), "sent": queries.sent_by(actor, at)}
    return web.page(request, "reception/hand_overs.html", context, partial="offers")


@web.allow("member")
@require_POST
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a matter over to a window, a department, a person or the business section."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.matter_for(actor, code, at)
    form = forms.HandOver(request.POST, places=places(actor, at, queries.askable(actor.center, at)))
    if form.is_valid():
        where = _place(actor, form.cleaned_data["to"])
        note = form.cleaned_data["note"]
        if web.attempt(request, form, actions.hand_over, matter=row, kind=form.kind, note=note, by=actor, at=at, **where):
            label = form.result.receiver_label  # type: ignore[attr-defined]
            return web.done(request, reverse("reception:matter", args=[code]), f"已移交{label},对方接手前仍由您负责")
    return matter_page(request, row, offer=form)


def _place(actor: Actor, to: str) -> dict[str, Any]:
    """`counter:CK-…` → the counter, as the action takes it; the business section needs none."""
    kind, _, code = to.partition(":")
    name = "receiver" if kind == "member" else kind
    return {name: LOADERS[kind](actor, code)} if kind in LOADERS else {}


@web.allow("member")
@require_POST
def answer_offer(request: HttpRequest, code: str) -> HttpResponse:
    """Take over, return with a reason, or withdraw one's own offer."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.hand_over_for(actor, code, at)
    here = reverse("reception:matter", args=[row.matter.code])
    if "take" in request.POST:
        actions.take_over(hand_over=row, by=actor, at=at)
        return web.done(request, here, "已接手,现在由您负责到底")
    if "withdraw" in request.POST:
        actions.withdraw_hand_over(hand_over=row, by=actor, at=at)
        return web.done(request, here, "已撤回,仍由您负责")
    form = forms.Return(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.return_hand_over, hand_over=row, by=actor, at=at, **form.cleaned_data
    ):
        return web.done(request, reverse("reception:hand_overs"), "已退回,移交人继续负责")
    return matter_page(request, access.matter_for(actor, row.matter.code, at), back=form)
