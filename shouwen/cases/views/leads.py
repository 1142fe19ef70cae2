"""What citizens say was asked beyond the schedule: anybody of the centre registers, few read ("3.5")."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import access
from shouwen.cases.actions import leads as actions
from shouwen.cases.forms import fees as forms
from shouwen.cases.queries import fees as queries
from shouwen.cases.views.verbs import Verb, act
from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.org import queries as org

READERS = sorted(queries.LEAD_READERS)


@web.allow(*READERS)
@require_GET
def fee_leads(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = web.rows(request, queries.visible_leads(actor, clock.now()))
    return web.page(request, "cases/fee_leads.html", {"rows": rows, "tab": "leads"})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def note_fee_lead(request: HttpRequest) -> HttpResponse:
    """Registered by whoever hears it; who registers does not necessarily read it again."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    people, units = _known(actor, at)
    choices = {
        name: [(code, one.name) for code, one in found.items()] for name, found in (("people", people), ("departments", units))
    }
    form = forms.NoteFeeLead(request.POST or None, **choices)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        about, unit = people.get(told.pop("about")), units.get(told.pop("department"))
        if web.attempt(request, form, actions.note_fee_lead, about=about, department=unit, by=actor, at=at, **told):
            code = form.result.code  # type: ignore[attr-defined]
            return web.done(request, reverse("cases:note_fee_lead"), f"已登记，编号 {code}，由被反映单位之外的人核查。")
    return web.page(request, "cases/note_fee_lead.html", {"form": form, "tab": "note"})


def _known(actor: Actor, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    on = local(at).date()
    people = {one.code: one for one in org.members(actor.center, on) if not actor.is_self(one)}
    return people, {one.code: one for one in org.departments(actor.center, on)}


@web.allow(*READERS)
@require_http_methods(["GET", "POST"])
def fee_lead(request: HttpRequest, code: str) -> HttpResponse:
    """One lead; the name of who said it is shown once, for a stated reason."""
    actor = request.actor  # type: ignore[attr-defined]
    lead = access.fee_lead_for(actor, code, clock.now())
    verbs = {
        "settle": Verb(forms.SettleFeeLead, actions.settle_fee_lead, "已记录核查结论"),
        "reveal": Verb(forms.Reveal, actions.reveal_informant, ""),
    }
    bound, done = act(request, verbs, lead=lead)
    if done is not None and done.said:
        return web.done(request, reverse("cases:fee_lead", args=[code]), done.said)
    name = bound["reveal"].result if done is not None else ""  # type: ignore[attr-defined]
    return web.page(request, "cases/fee_lead.html", {"lead": lead, "forms": bound, "name": name, "tab": "leads"})
