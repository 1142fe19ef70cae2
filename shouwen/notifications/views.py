"""The list of messages; opening one marks it read and leads to the matter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.core import clock, web
from shouwen.notifications import access, actions, queries


@web.allow("member")
@require_GET
def list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {"rows": web.rows(request, queries.inbox(actor)), "unread": queries.unread_count(actor)}
    return web.page(request, "notifications/list.html", context)


@web.allow("member")
@require_POST
def open(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    message = access.message_for(actor, code)
    actions.mark_read(message=message, by=actor, at=clock.now())
    return web.done(request, message.url or reverse("notifications:list"))


@web.allow("member")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = actions.mark_all_read(by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return web.done(request, reverse("notifications:list"), f"已将 {count} 条消息标为已读")
