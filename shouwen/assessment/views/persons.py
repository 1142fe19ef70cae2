"""One person's month: every line explains itself and may be contested."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.assessment import access, queries
from shouwen.core import web


@web.allow("member")
@require_GET
def person(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    member, month = access.member_for(actor, code), access.month_for(actor, key)
    own = actor.is_self(member)
    context = {
        "month": month,
        "member": member,
        "own": own,
        "page": queries.person_month(member, month),
        "open": own and month.state != month.State.FINAL,
        "version": queries.reading_words(month),
    }
    return web.page(request, "assessment/person.html", context)
