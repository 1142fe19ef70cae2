"""Changing a shift with a colleague."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.duty import access, actions, forms, queries
from shouwen.org.queries import members


@web.allow("member")
@require_GET
def swaps(request: HttpRequest) -> HttpResponse:
    """My shifts to come and the swaps I take part in."""
    actor, today = request.actor, local(clock.now()).date()  # type: ignore[attr-defined]
    shifts = queries.my_shifts(actor.center, actor.member, today)
    return web.page(request, "duty/swaps.html", {"shifts": shifts, "swaps": queries.swaps_of(actor.center, actor.member)})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask somebody to take the shift, or one of their shifts in exchange."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    shift = access.shift_for(actor, code, to="do")
    today = local(at).date()
    others = [person for person in members(actor.center, today) if not actor.is_self(person)]
    choices = [(person.code, f"{person.name}(顶班)") for person in others]
    theirs = queries.hall_shifts(actor.center, shift.kind, today, today + timedelta(days=60))
    choices += [
        (row.code, f"{row.member.name} {row.date.month}月{row.date.day}日 的班(对换)")
        for row in theirs
        if row.member_id != actor.member.pk
    ]
    form = forms.Swap(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        picked = form.cleaned_data["asked"]
        other = next((row for row in theirs if row.code == picked), None)
        asked = other.member if other else access.colleague(actor, picked)
        data = {"shift": shift, "asked": asked, "other": other, "note": form.cleaned_data["note"], "by": actor, "at": at}
        if web.attempt(request, form, actions.ask_swap, **data):
            return web.done(request, reverse("duty:swaps"), f"已请{asked.name}答复")
    return web.page(request, "duty/ask.html", {"form": form, "shift": shift})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, code: str) -> HttpResponse:
    """Answer or withdraw."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.swap_for(actor, code)
    if request.method == "POST":
        if "withdraw" in request.POST:
            actions.withdraw_swap(swap=row, by=actor, at=at)
        else:
            actions.answer_swap(swap=row, accept="accept" in request.POST, by=actor, at=at)
        return web.done(request, reverse("duty:swaps"), "已办理")
    return web.page(request, "duty/swap.html", {"row": row, "asked_me": actor.is_self(row.asked)})
