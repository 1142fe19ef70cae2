"""A "no" leaves a row: written after the answer, in a transaction of its own, when the business transaction is long rolled back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from shouwen.audit.actions import record
from shouwen.core import clock
from shouwen.core.actors import ANONYMOUS

log = logging.getLogger("shouwen.audit")
SECRETS = frozenset({"secret", "token", "password"})


class RecordRefusals:
    """Refusals of anybody, and to members also closed doors (403), what is not theirs (404) and our own failures (5xx)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = getattr(request, "actor", ANONYMOUS)
        refused = getattr(request, "refused", None)
        match = request.resolver_match
        if refused is not None:
            detail = {"message": refused.message, "clause": refused.clause} if refused.clause else {"message": refused.message}
            self.write(request, actor, verb(match), "refused", detail)
        elif match is not None and actor.is_member and response.status_code in (403, 404):
            self.write(request, actor, "access.denied", "refused", {"status": response.status_code})
        elif match is not None and actor.is_member and response.status_code >= 500:
            self.write(request, actor, verb(match), "failed", {"status": response.status_code})
        return response

    def write(self, request: HttpRequest, actor: Any, verb: str, result: str, detail: dict[str, Any]) -> None:
        detail |= {"method": request.method, "path": bare_path(request)}
        try:
            record(by=actor, at=clock.now(), verb=verb, detail=detail, result=result)
        except Exception:  # the person gets the answer even when the disk is full; the log tells the administrator
            log.exception("no audit row for %s %s", verb, result)


def verb(match: Any) -> str:
    """The page's name: `attendance:leave_approve` was refused as "attendance.leave_approve"."""
    return (match.view_name if match is not None else "").replace(":", ".")[:60] or "page"


def bare_path(request: HttpRequest) -> str:
    """The path without its query and without secret parts (a calendar feed's address is its password)."""
    path = request.path
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    for name in SECRETS & kwargs.keys():
        path = path.replace(str(kwargs[name]), "…")
    return path[:200]
