"""Around every request: security headers, the gate, and what an error looks like."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

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


class SecurityHeaders:
    """Strict headers on every answer, static files and errors included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Gate:
    """Default deny: a view opens only to those its `web.allow(...)` names; refusals and errors get their page here."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        allowed: frozenset[str] = getattr(view, "allowed", frozenset())
        actor = request.actor  # type: ignore[attr-defined]
        if "anyone" in allowed:
            return None
        if not actor.is_member:
            return redirect(f"{reverse('org:login')}?next={request.get_full_path()}")
        if "member" in allowed or actor.has(*allowed):
            return None
        # Django hands no exception of process_view to process_exception.
        return self.process_exception(request, Refused("您没有办理此事的权限,如确有需要请联系本中心安全管理员"))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            request.refused = error  # type: ignore[attr-defined]
            return refusal(request, error)
        if isinstance(error, Http404):
            return None
        return failure(request, error)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """409 as a page, a toast for HTMX, JSON for the API."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": {"message": error.message, "clause": error.clause}}, status=409)
    if getattr(request, "htmx", False):
        return render(request, "core/refused.html#toast", {"refused": error}, status=409)
    return render(request, "core/refused.html", {"refused": error}, status=409)


def failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug: the person sees an id to read out, the log has the story under the same id."""
    number = secrets.token_hex(4)
    log.error("error %s at %s", number, request.path, exc_info=error)
    context = {
        "title": "系统出错了",
        "text": "您填写的内容没有保存。请稍后再试;如仍不行,把错误编号告诉系统管理员。",
        "number": number,
    }
    return render(request, "core/error.html", context, status=500)


class MaskingFormatter(logging.Formatter):
    """No identity number, phone or card number reaches a log, a traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))
