"""Who is asking: the session becomes an actor, once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.org import access

BEFORE_A_NEW_PASSWORD = frozenset({"org:password", "org:logout"})


class Request(HttpRequest):
    """A request after `CurrentActor`: for annotations."""

    actor: Actor


class CurrentActor:
    """Sets `request.actor`; sends somebody who must change the password to that page before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, ended = access.identify(request, clock.now())  # type: ignore[attr-defined]
        if ended:
            messages.warning(request, ended)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        actor = request.actor  # type: ignore[attr-defined]
        match = request.resolver_match
        if not actor.is_member or match is None or match.view_name in BEFORE_A_NEW_PASSWORD:
            return None
        if "anyone" in getattr(view, "allowed", frozenset()) or not access.must_change(actor.member.user, clock.now()):
            return None
        return redirect(reverse("org:password"))
