"""Around every request: security headers, the gate, and what an error looks like."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from textwrap import indent
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from shouwen.core import web
from shouwen.core.errors import Refused
from shouwen.rules.masking import scrub

log = logging.getLogger("shouwen")
Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MOST_BYTES = 64 * 1024 * 1024
EXPECTED = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)
"""What Django answers with a page of its own status: 404, 403, 400."""


class SecurityHeaders:
    """Strict headers on every answer, static files and errors included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = too_large(request) or self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.HTTPS:
            seconds = settings.SECURE_HSTS_SECONDS
            response.headers.setdefault("Strict-Transport-Security", f"max-age={seconds}; includeSubDomains")
        return response


def too_large(request: HttpRequest) -> HttpResponse | None:
    """Refused unread, so that nobody fills the disk before it is even known who is asking; each form has its own limit."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= MOST_BYTES:
        return None
    text = f"一次提交不能超过 {MOST_BYTES // 1024 // 1024} MB,什么也没有保存。请把文件压缩或分开后再传。"
    page = render_to_string("core/error.html", {"title": "提交的内容太大", "text": text})
    return HttpResponse(page, status=413)


class Gate:
    """Default deny: a view opens only to those its `web.allow(...)` names; refusals and errors get their page here."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return wrong_method(request, response) if response.status_code == 405 else response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if holds_nul(request):
            return web.bad_request(request)
        allowed: frozenset[str] = getattr(view, "allowed", frozenset())
        actor = request.actor  # type: ignore[attr-defined]
        if "anyone" in allowed:
            return None
        if not actor.is_member:
            return to_login(request)
        if "member" in allowed or actor.has(*allowed):
            return None
        # Django hands no exception of process_view to process_exception.
        return self.process_exception(request, Refused("您没有办理此事的权限,如确有需要请联系本中心安全管理员"))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if collided(error):
            log.warning("collision at %s: %s", request.path, type(error.__cause__).__name__)
            error = Refused("刚才有人同时在办相关的事,您这一步没有保存。请返回再点一次")
        if isinstance(error, Refused):
            request.refused = error  # type: ignore[attr-defined]
            return refusal(request, error)
        return None if isinstance(error, EXPECTED) else web.failure(request, error)


def collided(error: Exception) -> bool:
    """Whether the database took another transaction's side: a deadlock or a lock that did not come (PostgreSQL 40, 55P03), SQLite busy."""
    if not isinstance(error, OperationalError):
        return False
    state = str(getattr(error.__cause__, "sqlstate", "") or "")
    return state.startswith("40") or state == "55P03" or "database is locked" in str(error)


def holds_nul(request: HttpRequest) -> bool:
    """No keyboard types a NUL and PostgreSQL stores none: whoever sends one gets a 400, wherever it would have gone.

    Answered, not raised: an exception would put its trace into the log as often as a stranger likes.
    """
    sent = [request.path, *(value for query in (request.GET, request.POST) for values in query.lists() for value in values[1])]
    return any("\x00" in value for value in sent)


def to_login(request: HttpRequest) -> HttpResponse:
    """The login page and, where that makes sense, back again; a piece of a page turns the whole page."""
    query = urlencode({"next": request.get_full_path()}, safe="/") if request.method in ("GET", "HEAD") else ""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("org:login")})
    return redirect(reverse("org:login") + (f"?{query}" if query else ""))


def wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Somebody opens by hand, or again after logging in, what is only ever sent by a button."""
    context = {"title": "这里不能直接打开", "text": "这个地址只接受页面上按钮的提交,请回到相应页面办理。"}
    answer = render(request, web.error_template(request), context, status=405)
    answer.headers["Allow"] = response.headers["Allow"]
    return answer


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """409 as a page, a toast for HTMX, JSON for the API."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"message": error.message, "clause": error.clause}}, status=409)
    template = "core/refused.html#toast" if getattr(request, "htmx", False) else "core/refused.html"
    return render(request, template, {"refused": error, "back": came_from(request)}, status=409)


def came_from(request: HttpRequest) -> str:
    """The page of this site somebody came from, the home page when it was elsewhere."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"


SECRET = re.compile(
    r"""((?:password|passwd|pwd|secret|token|cookie|口令|密码)["']?\s*[=:\uff1a]\s*["']?)[^\s"',;&)}\]]+""", re.IGNORECASE
)
IN_ADDRESS = re.compile(r"(://[^\s:/@]*:)[^\s@/]+(?=@)|(/(?:setup|duty/feed/[^/\s]+|p/[^/\s]+/progress)/)[^/\s?]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class MaskingFormatter(logging.Formatter):
    """No identity, phone or card number, no password, no secret address reaches a log, a traceback included.

    One message is one line and a traceback is set in, so nothing a person typed can pass for a line of the log.
    """

    def format(self, record: logging.LogRecord) -> str:
        text = IN_ADDRESS.sub(lambda match: f"{match[1] or match[2]}***", CONTROL.sub("", super().format(record)))
        return scrub(SECRET.sub(r"\1***", text))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, info: Any) -> str:
        return indent(super().formatException(info), "    ")
