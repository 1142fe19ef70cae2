"""The list of cases, and the filters somebody keeps."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.cases import access, actions, queries
from shouwen.cases.forms.lists import CaseFilter
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import queries as org


def _form(request: HttpRequest) -> CaseFilter:
    actor = request.actor  # type: ignore[attr-defined]
    departments = org.departments(actor.center, local(clock.now()).date())
    return CaseFilter(request.GET or request.POST, departments=[(one.code, one.short_name) for one in departments])


@web.allow(*access.READERS)
@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """In the order of what is due first; ended ones the newest first. `?after=` goes on where the last page ended."""
    actor, at, form = request.actor, clock.now(), _form(request)  # type: ignore[attr-defined]
    chosen = form.chosen()
    after = request.GET.get("after", "")
    query = urlencode(form.as_choices())
    context = {
        "page": queries.rows(actor, chosen, at, after),
        "form": form,
        "chosen": chosen,
        "views": queries.VIEWS.items(),
        "query": query + "&" if query else "",
        "rest": urlencode({name: value for name, value in form.as_choices().items() if name != "view"}),
        "is_first": not after,
        "saved": [(one, urlencode(one.choices)) for one in queries.saved_filters(actor)],
    }
    return web.page(request, "cases/list.html", context, partial="rows")


@web.allow(*access.READERS)
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep what is shown now; the choices come along as the page's own fields."""
    form = _form(request)
    actions.save_filter(
        name=request.POST.get("title", ""),
        choices=form.as_choices(),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return web.done(request, f"{reverse('cases:list')}?{urlencode(form.as_choices())}", "已存为常用筛选。")


@web.allow(*access.READERS)
@require_POST
def drop_filter(request: HttpRequest, code: str) -> HttpResponse:
    saved = access.filter_for(request.actor, code)  # type: ignore[attr-defined]
    actions.drop_filter(saved=saved, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return web.done(request, reverse("cases:list"), "已删去。")
