"""A hand-over as the successor sees it; giving one is a page of desk, which knows all open matters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.duty import access, actions, documents, forms


@web.allow("member")
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm, or return with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.handover_for(actor, code)
    form = forms.Return(request.POST if "reason" in request.POST else None)
    if request.method == "POST":
        if "confirm" in request.POST:
            actions.confirm(handover=row, by=actor, at=clock.now())
            return web.done(request, reverse("duty:handover", args=[code]), "已确认接班")
        if form.is_valid() and web.attempt(
            request, form, actions.send_back, handover=row, by=actor, at=clock.now(), **form.cleaned_data
        ):
            return web.done(request, reverse("duty:handover", args=[code]), "已退回,请交班人改正")
    answering = row.state == "given" and actor.is_self(row.receiver)
    return web.page(request, "duty/handover.html", {"row": row, "form": form, "answering": answering})


@web.allow("member")
@require_POST
def handover_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the numbered hand-over form (值日交接单)."""
    actor = request.actor  # type: ignore[attr-defined]
    document = documents.issue_handover(access.handover_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]))
