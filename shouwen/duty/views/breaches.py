"""What was not done: the list, the person's word, the decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.core import clock, web
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response
from shouwen.duty import access, actions, forms, queries


@web.allow("member")
@require_GET
def breaches(request: HttpRequest) -> HttpResponse:
    """One's own, or all of the centre for those who inspect."""
    actor = request.actor  # type: ignore[attr-defined]
    inspects = actor.has(*access.INSPECTORS)
    found = queries.breaches(actor.center, None if inspects else actor.member)
    return web.page(request, "duty/breaches.html", {"rows": web.rows(request, found), "inspects": inspects})


@web.allow(*access.INSPECTORS)
@require_GET
def breaches_export(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    title = f"{actor.center.short_name}值守问题"
    table = queries.breach_table(actor.center)
    return file_response(documents.hand_out_table(title=title, table=table, by=actor, at=clock.now()), f"{title}.xlsx")


@web.allow("member")
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, code: str) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.breach_for(actor, code)
    own = actor.is_self(row.member)
    form = (forms.Reply if own else forms.Decision)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not own:
            row = access.breach_for(actor, code, to="decide")
        action = actions.reply if own else actions.decide
        if web.attempt(request, form, action, breach=row, by=actor, at=at, **form.cleaned_data):
            return web.done(request, reverse("duty:breach", args=[code]), "已提交说明" if own else "已核实")
    asking = row.state == ("noted" if own else "disputed")
    return web.page(request, "duty/breach.html", {"row": row, "form": form, "own": own, "asking": asking})
