"""How a case stands, for the person it belongs to: asked by number and telephone tail, shown for a quarter of an hour."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.org import access as org
from shouwen.public import access, forms, queries
from shouwen.rules.numbering import normalise


@web.allow("anyone")
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Number and tail, sent in the body alone: neither stands in an address or a log."""
    center, at = org.center_for(code), clock.now()
    form = forms.AskProgress(request.POST or None)
    by = request.actor  # type: ignore[attr-defined]
    if form.is_valid() and web.attempt(request, form, access.case_by_tail, center=center, by=by, at=at, **form.cleaned_data):
        response = web.done(request, reverse("public:progress_shown", args=[code]))
        access.keep(response, center, form.result, at)  # type: ignore[attr-defined]
        return response
    return web.page(
        request,
        "public/progress.html",
        {"center": center, "form": form, "scanned": normalise(request.POST.get("scanned", ""), "QS") or ""},
    )


@web.allow("anyone")
@require_GET
def progress_of(request: HttpRequest, code: str, case: str) -> HttpResponse:
    """Where the square code on a paper leads: the number is filled in, only the tail is asked. It never says whether there is one."""
    found = normalise(case, "QS") or ""
    form = forms.AskProgress(initial={"code": found})
    return web.page(request, "public/progress.html", {"center": org.center_for(code), "form": form, "scanned": found})


@web.allow("anyone")
@require_GET
def progress_shown(request: HttpRequest, code: str) -> HttpResponse:
    """The case this browser has just shown the tail for; asks again after a quarter of an hour."""
    center, at = org.center_for(code), clock.now()
    case = access.case_shown(request, center, at)
    if case is None:
        return redirect("public:progress", code)
    return web.page(request, "public/progress_shown.html", {"center": center, "told": queries.progress(case, at)})


@web.allow("anyone")
@require_POST
def progress_done(request: HttpRequest, code: str) -> HttpResponse:
    """Looked at: the next person at this computer sees nothing."""
    center = org.center_for(code)
    response = web.done(request, reverse("public:front", args=[code]))
    access.forget(response, center)
    return response
