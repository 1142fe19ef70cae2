"""The audit trail, for the audit administrator: read only, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.audit import queries as trail
from shouwen.core import web


@web.allow("audit_admin")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    center = request.actor.center  # type: ignore[attr-defined]
    rows = web.rows(request, trail.records(center, verb=request.GET.get("verb", "")[:40]))
    return web.page(request, "desk/audit.html", {"rows": rows, "verb": request.GET.get("verb", "")[:40]}, partial="rows")
