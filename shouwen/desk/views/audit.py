"""The audit trail, for the audit administrator: read only, newest first."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.audit import queries as trail
from shouwen.core import web
from shouwen.desk import queries

RESULTS = {"ok": "成功", "refused": "拒绝", "failed": "失败"}


@web.allow("audit_admin")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Narrowed by `?verb=` (an area, or the beginning of a verb) and `?result=`."""
    center = request.actor.center  # type: ignore[attr-defined]
    asked = {"verb": request.GET.get("verb", "")[:40], "result": request.GET.get("result", "")[:10]}
    rows = web.rows(request, trail.records(center, verb=asked["verb"], result=asked["result"]))
    for row in rows.items:
        row.words, row.asked = queries.verb_words(row.verb), queries.asked(row)
    chosen = {"areas": queries.AREAS, "results": RESULTS, "query": f"{urlencode(asked)}&"}
    return web.page(request, "desk/audit.html", {"rows": rows, **asked, **chosen}, partial="rows")
