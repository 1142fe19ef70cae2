"""Giving the day over: the page knows everything that is open in every area and passes it down as a snapshot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.desk import queries
from shouwen.duty import access, actions, forms
from shouwen.duty import queries as duty


@web.allow("member")
@require_http_methods(["GET", "POST"])
def give_handover(request: HttpRequest) -> HttpResponse:
    """Open matters, seals, keys, equipment; the successor is the next on the roster unless another is chosen ("1.3.5")."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    shift = access.todays_shift(actor, local(at).date())
    matters = queries.open_matters(actor, at)
    receivers = queries.receivers(actor, local(at).date())
    form = forms.Handover(request.POST or None, receivers=receivers, initial=duty.handover_draft(actor.center))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "receiver": access.colleague(actor, form.cleaned_data["receiver"])}
        if web.attempt(request, form, actions.give, shift=shift, open_matters=matters, by=actor, at=at, **data):
            return web.done(request, reverse("duty:today"), "已移交,等接班人确认")
    return web.page(request, "desk/give_handover.html", {"form": form, "shift": shift, "matters": matters})
