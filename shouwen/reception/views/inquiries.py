"""The register of first inquiries, a new one in under a minute, and its paper."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.reception import access, actions, documents, forms, queries


@web.allow("member")
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """One row a matter, the newest first; staff see the centre's, others their own."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = forms.FilterRegister(request.GET)
    form.is_valid()
    filters = queries.Filters(**{name: value for name, value in form.cleaned_data.items() if value})
    rows = web.rows(request, queries.register(actor, filters, at))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"rows": rows, "form": form, "holders": queries.holders_of(rows.items, at)}
    return web.page(request, "reception/inquiries.html", context | {"query": f"{kept.urlencode()}&" if kept else ""})


@web.allow("member")
@require_http_methods(["GET", "POST"])
def new_inquiry(request: HttpRequest) -> HttpResponse:
    """A visit, a call or a letter: who asked what, whom first."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    asked = {
        "people": queries.askable(actor.center, at),
        "items": queries.items_by_name(actor.center, clock.local(at).date()),
        "me": actor.member.code,
        "at": at,
    }
    form = forms.NewInquiry(request.POST or None, initial={"token": uuid.uuid4().hex, **request.GET.dict()}, **asked)
    if form.is_valid() and web.attempt(request, form, actions.take_down, who=form.person, by=actor, at=at, **form.opening):
        inquiry = form.result  # type: ignore[attr-defined]
        first = queries.matters_of(inquiry)[0]
        return web.done(request, reverse("reception:matter", args=[first.code]), f"已登记,首问责任人{inquiry.first_asked_name}")
    return web.page(request, "reception/inquiry_new.html", {"form": form, "items": asked["items"]})


@web.allow("member")
@require_POST
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the numbered register form (首问责任登记表)."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    issued = documents.issue_register_form(access.matter_for(actor, code, at), by=actor, at=at)
    return web.done(request, reverse("documents:detail", args=[issued.code]))
