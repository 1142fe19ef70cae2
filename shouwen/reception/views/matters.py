"""One matter: its chain, what was said, and the ways to settle it; each way is one button."""

from __future__ import annotations

from typing import Any

from django import forms as django
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.core import clock, web
from shouwen.reception import access, actions, forms, queries
from shouwen.reception.models import Matter
from shouwen.reception.views.frame import matter_page


@web.allow("member")
@require_GET
def matter(request: HttpRequest, code: str) -> HttpResponse:
    return matter_page(request, access.matter_for(request.actor, code, clock.now()))  # type: ignore[attr-defined]


@web.allow("member")
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answered on the spot, or told at once what is needed."""
    row = access.matter_for(request.actor, code, clock.now())  # type: ignore[attr-defined]
    form = forms.Answer(request.POST, has_item=row.item_id is not None)
    told = form.is_valid() and form.cleaned_data.get("outcome") == "notified"
    action = actions.notify_matter if told else actions.answer_matter
    values = {"answer": form.cleaned_data.get("answer", ""), "told": form.told} if form.is_valid() else {}
    return _act(request, row, "answer", form, action, "已告知,可打印告知单" if told else "已答复办结", **values)


@web.allow("member")
@require_POST
def phone(request: HttpRequest, code: str) -> HttpResponse:
    row = access.matter_for(request.actor, code, clock.now())  # type: ignore[attr-defined]
    form = forms.PhoneCall(request.POST)
    return _act(
        request, row, "phone", form, actions.note_phone_call, "已登记电话协调", **(form.cleaned_data if form.is_valid() else {})
    )


@web.allow("member")
@require_POST
def urge(request: HttpRequest, code: str) -> HttpResponse:
    row = access.matter_for(request.actor, code, clock.now())  # type: ignore[attr-defined]
    form = forms.Urge(request.POST)
    return _act(request, row, "urge", form, actions.urge_matter, "已督促", **(form.cleaned_data if form.is_valid() else {}))


@web.allow("member")
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Another matter of the same contact."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.matter_for(actor, code, at)
    form = forms.AddMatter(request.POST, items=queries.items_by_name(actor.center, clock.local(at).date()))
    if form.is_valid() and web.attempt(
        request, form, actions.add_matter, inquiry=row.inquiry, item=form.item, by=actor, at=at, **form.cleaned_data
    ):
        return web.done(request, reverse("reception:matter", args=[form.result.code]), "已加一件")  # type: ignore[attr-defined]
    return matter_page(request, row, add=form)


@web.allow("member")
@require_POST
def complain(request: HttpRequest, code: str) -> HttpResponse:
    """The matter turns out to be a complaint; afterwards few may read it."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.matter_for(actor, code, at)
    form = forms.Complaint(request.POST, people=queries.askable(actor.center, at))
    if form.is_valid():
        told = {"text": form.cleaned_data["text"], "against_words": form.cleaned_data["against_words"]}
        if web.attempt(request, form, actions.register_complaint, matter=row, against=form.accused, by=actor, at=at, **told):
            return web.done(request, reverse("reception:register"), "投诉已登记,将转中心负责人和监督员")
    return matter_page(request, row, complaint=form)


@web.allow(*access.COMPLAINT_READERS)
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints brought to the counter; never those against the reader."""
    rows = web.rows(request, queries.complaints(request.actor))  # type: ignore[attr-defined]
    return web.page(request, "reception/matter_complaints.html", {"rows": rows})


def _act(
    request: HttpRequest, row: Matter, name: str, form: django.Form, action: Any, said: str, **values: Any
) -> HttpResponse:
    """One action on the matter; what was refused stays on the page with what was typed."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if form.is_valid() and web.attempt(request, form, action, matter=row, by=actor, at=at, **values):
        return web.done(request, reverse("reception:matter", args=[row.code]), said)
    return matter_page(request, row, **{name: form})
