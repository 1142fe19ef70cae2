"""Opening, closing, cleaning: pages for a phone in one hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.core import clock, files, web
from shouwen.core.clock import local
from shouwen.duty import access, actions, forms, queries


@web.allow("member")
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The day: who has it, what is owed and until when, what was checked."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    board = queries.today(actor.center, at)
    context = {
        "board": board,
        "mine": board.hall is not None and actor.is_self(board.hall.member),
        "checks": queries.checks_on(actor.center, board.date),
        "may_inspect": actor.has(*access.INSPECTORS),
    }
    return web.page(request, "duty/today.html", context)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    shift = access.shift_for(actor, code, to="do")
    form = forms.Opening(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {"shift": shift, "by": actor, "at": clock.now(), **form.cleaned_data}
        if web.attempt(request, form, actions.open_doors, **data):
            return web.done(request, reverse("duty:today"), "已登记开门")
    return web.page(request, "duty/check.html", {"form": form, "shift": shift, "title": "开门登记", "button": "门已打开,登记"})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, code: str) -> HttpResponse:
    """Before closing time the page warns: what is recorded then is a door shut too early ("1.3.4")."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    shift = access.shift_for(actor, code, to="do")
    form = forms.Closing(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = {"shift": shift, "by": actor, "at": at, **form.cleaned_data}
        if web.attempt(request, form, actions.close_doors, **data):
            return web.done(request, reverse("duty:today"), "已登记关门")
    closes = queries.closes_at(actor.center, at)
    context = {"title": "关门检查", "button": "门已关好,登记", "too_early": closes if closes and at < closes else None}
    return web.page(request, "duty/check.html", {"form": form, "shift": shift, **context})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """The cleaning round: four big ticks and a photo; by the duty person, or by those who inspect."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    board = queries.today(actor.center, at)
    hall = board.hall
    if hall is None or not actor.is_self(hall.member):
        access.require(actor, to="inspect")
    form = forms.Cleaning(request.POST or None, request.FILES or None)
    if request.method == "POST" and hall is not None and form.is_valid():
        data = {"points": form.points, "note_text": form.cleaned_data["note_text"], "photo": form.cleaned_data["photo"]}
        if web.attempt(request, form, actions.check_cleaning, shift=hall, by=actor, at=at, **data):
            return web.done(request, reverse("duty:today"), f"{local(at):%H:%M} 的检查已登记")
    checks = queries.checks_on(actor.center, board.date)
    return web.page(request, "duty/rounds.html", {"form": form, "board": board, "hall": hall, "checks": checks})


@web.allow("member")
@require_GET
def photo(request: HttpRequest, name: str) -> HttpResponse:
    return files.send(access.photo_for(request.actor, name), "检查照片")  # type: ignore[attr-defined,return-value]
