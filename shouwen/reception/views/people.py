"""Those who came: found without their numbers standing anywhere, masked, and whole only for a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.reception import access, actions, forms, queries
from shouwen.reception.models import Person


@web.allow(*access.REGISTER)
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Search by POST: what is typed is no part of an address."""
    form = forms.FindPeople(request.POST or None)
    found = queries.find_people(request.actor.center, form.cleaned_data["text"]) if form.is_valid() else None  # type: ignore[attr-defined]
    # A number that was typed is not shown again: the box is empty for the next person at the counter.
    shown = form if found is None else forms.FindPeople()
    return web.page(request, "reception/people.html", {"form": shown, "found": found})


@web.allow("member")
@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, access.person_for(request.actor, code, clock.now()))  # type: ignore[attr-defined]


@web.allow("member")
@require_POST
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """Show a number once: on the answer to this request and nowhere else; the trail keeps who and why."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.person_for(actor, code, at)
    form = forms.Reveal(request.POST)
    if form.is_valid() and web.attempt(request, form, actions.reveal, person=row, by=actor, at=at, **form.cleaned_data):
        return _page(request, row, shown=form.result, shown_field=form.cleaned_data["field"])  # type: ignore[attr-defined]
    return _page(request, row, reveal=form)


@web.allow(*access.REGISTER)
@require_http_methods(["GET", "POST"])
def edit_person(request: HttpRequest, code: str) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.person_for(actor, code, at)
    form = forms.PersonEdit(request.POST or None, initial={"name": row.name, "address": row.address})
    if form.is_valid() and web.attempt(request, form, actions.update_person, person=row, by=actor, at=at, **form.cleaned_data):
        return web.done(request, reverse("reception:person", args=[code]), "已更正")
    return web.page(request, "reception/person_edit.html", {"row": row, "form": form})


def _page(request: HttpRequest, row: Person, **more: Any) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    matters = web.rows(request, queries.person_matters(actor, row, at))
    return web.page(request, "reception/person.html", {"row": row, "rows": matters, "reveal": forms.Reveal()} | more)
