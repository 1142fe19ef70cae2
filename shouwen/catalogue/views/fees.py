"""The schedule of fees as staff keep it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.catalogue import access, actions, forms, queries
from shouwen.catalogue.views.items import DECIDERS
from shouwen.core import clock, web
from shouwen.core.clock import local


@require_http_methods(["GET", "POST"])
@web.allow("member")
def fees(request: Any) -> HttpResponse:
    """Every row there ever was; a new one by those who decide ("3.5")."""
    today, center = local(clock.now()).date(), request.actor.center
    may_decide = access.may(request.actor, "decide")
    form = None
    if may_decide:
        form = forms.Fee(request.POST or None, items=list(queries.items(center, today)), initial={"active_from": today})
        if form.is_valid() and web.attempt(
            request, form, actions.enter_fee, by=request.actor, at=clock.now(), **form.cleaned_data
        ):
            return web.done(request, reverse("catalogue:fees"), "已登记收费标准")
    rows = web.rows(request, queries.all_fees(center))
    context = {"rows": rows, "form": form, "today": today, "end": forms.EndFee(initial={"active_to": today})}
    return web.page(request, "catalogue/fees.html", context)


@require_POST
@web.allow(*DECIDERS)
def end_fee(request: Any, code: str) -> HttpResponse:
    fee = access.fee_for(request.actor, code)
    form = forms.EndFee(request.POST)
    if form.is_valid():
        actions.end_fee(fee=fee, by=request.actor, at=clock.now(), **form.cleaned_data)
        return web.done(request, reverse("catalogue:fees"), f"“{fee.name}”已停止收取")
    return web.page(request, "catalogue/end_fee.html", {"fee": fee, "form": form})
