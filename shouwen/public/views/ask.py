"""Leave a question, get a receipt with its number, read the answer: nobody is told that it is not ours ("4.3.1")."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.org import access as org
from shouwen.public import access, forms
from shouwen.reception import actions, queries


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The form; sent, it shows the receipt at once. Sent again it is the same question."""
    center, at = org.center_for(code), clock.now()
    form = forms.Ask(request.POST or None, initial={"token": uuid.uuid4().hex, "subject": request.GET.get("subject", "")})
    by = Actor(kind="citizen", center=center, label="网上来人", network=request.actor.network)  # type: ignore[attr-defined]
    if form.is_valid() and web.attempt(request, form, actions.ask_online, by=by, at=at, **form.cleaned_data):
        inquiry = form.result  # type: ignore[attr-defined]
        return web.page(request, "public/ask_receipt.html", {"center": center, "inquiry": inquiry})
    items = queries.items_by_name(center, clock.local(at).date())
    return web.page(request, "public/ask.html", {"center": center, "form": form, "items": items})


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """How the question stands, by number and telephone tail, both in the body alone."""
    center, at = org.center_for(code), clock.now()
    form, by = forms.SeeAnswer(request.POST or None), request.actor  # type: ignore[attr-defined]
    context = {"center": center, "form": form}
    if form.is_valid() and web.attempt(
        request, form, access.question_by_code, center=center, by=by, at=at, **form.cleaned_data
    ):
        inquiry = form.result  # type: ignore[attr-defined]
        matters = queries.matters_of(inquiry)
        context |= {"inquiry": inquiry, "matters": matters, "holders": queries.holders_of(matters, at)}
    return web.page(request, "public/answer.html", context)
