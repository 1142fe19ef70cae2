"""The list of items, an item with its versions, the editor of a draft."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.catalogue import access, actions, forms, queries
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import queries as org

WRITERS = tuple(sorted(access.EDITORS))
DECIDERS = tuple(sorted(access.ENACTORS))
form_page = require_http_methods(["GET", "POST"])


@web.allow("member")
@require_GET
def items(request: Any) -> HttpResponse:
    """The list; typing into the search box asks for its rows alone."""
    today = local(clock.now()).date()
    form = forms.Filter(request.GET)
    chosen = form.chosen()
    shown = {"view": chosen.view, "q": chosen.q, "field": chosen.field}
    context = {
        "rows": web.rows(request, queries.listed(request.actor.center, chosen, today)),
        "chosen": chosen,
        "form": form,
        "views": queries.VIEWS,
        "query": urlencode({name: value for name, value in shown.items() if value}) + "&",
        "may_write": access.may(request.actor, "write"),
        "may_decide": access.may(request.actor, "decide"),
    }
    return web.page(request, "catalogue/items.html", context, partial="rows")


@web.allow("member")
@require_GET
def item(request: Any, code: str) -> HttpResponse:
    found = access.item_for(request.actor, code)
    shown = queries.shown_version(found, local(clock.now()).date())
    if shown is None:
        raise Http404
    return _sheet(request, shown)


@web.allow("member")
@require_GET
def version(request: Any, code: str) -> HttpResponse:
    return _sheet(request, access.version_for(request.actor, code))


def _sheet(request: Any, shown: Any, **more: Any) -> HttpResponse:
    """The page of one version, with whatever form was refused."""
    today = local(clock.now()).date()
    versions = queries.versions(shown.item)
    context = {
        "page": queries.sheet(shown),
        "versions": versions,
        "has_draft": any(one.state == "draft" for one in versions),
        "fees": [fee for fee in queries.fees_in_force(request.actor.center, shown, today) if fee.item_id],
        "today": today,
        "may_write": access.may(request.actor, "write"),
        "may_decide": access.may(request.actor, "decide"),
        "enact": forms.Day(initial={"active_from": today}),
        "end": forms.End(initial={"active_to": today}),
        **more,
    }
    return web.page(request, "catalogue/item.html", context)


@form_page
@web.allow(*WRITERS)
def new(request: Any) -> HttpResponse:
    editor = _editor(request, None)
    if request.method == "POST" and "more" not in request.POST and editor.is_valid():
        given = {"document": editor.document(), "by": request.actor, "at": clock.now()}
        if web.attempt(request, editor.item, actions.create_item, **given):
            draft = editor.item.result  # type: ignore[attr-defined]
            return web.done(request, reverse("catalogue:version", args=[draft.code]), "草稿已保存")
    return web.page(request, "catalogue/edit.html", {"editor": editor})


@form_page
@web.allow(*WRITERS)
def edit(request: Any, code: str) -> HttpResponse:
    draft = access.version_for(request.actor, code, to="write")
    editor = _editor(request, queries.sheet(draft).entry)
    if request.method == "POST" and "more" not in request.POST and editor.is_valid():
        given = {"draft": draft, "document": editor.document(), "by": request.actor, "at": clock.now()}
        if web.attempt(request, editor.item, actions.edit_draft, **given):
            return web.done(request, reverse("catalogue:version", args=[code]), "草稿已保存")
    return web.page(request, "catalogue/edit.html", {"editor": editor, "draft": draft})


def _editor(request: HttpRequest, entry: Any) -> forms.Editor:
    today, center = local(clock.now()).date(), request.actor.center  # type: ignore[attr-defined]
    return forms.Editor(request.POST or None, entry, org.departments(center, today), org.counters(center, today))


@require_POST
@web.allow(*WRITERS)
def start(request: Any, code: str) -> HttpResponse:
    found = access.item_for(request.actor, code, to="write")
    draft = actions.start_draft(item=found, by=request.actor, at=clock.now())
    return web.done(request, reverse("catalogue:edit", args=[draft.code]), "已从最新版本起草，改好后由负责人批准施行")


@require_POST
@web.allow(*DECIDERS)
def enact(request: Any, code: str) -> HttpResponse:
    draft = access.version_for(request.actor, code, to="decide")
    form = forms.Day(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.put_in_force, draft=draft, by=request.actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("catalogue:item", args=[draft.item.code]), "已批准施行")
    return _sheet(request, draft, enact=form)


@require_POST
@web.allow(*DECIDERS)
def end(request: Any, code: str) -> HttpResponse:
    held = access.version_for(request.actor, code, to="decide")
    form = forms.End(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.end_version, version=held, by=request.actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("catalogue:item", args=[held.item.code]), "已停止办理")
    return _sheet(request, held, end=form)


@require_POST
@web.allow(*WRITERS)
def withdraw(request: Any, code: str) -> HttpResponse:
    draft = access.version_for(request.actor, code, to="write")
    actions.withdraw_draft(draft=draft, by=request.actor, at=clock.now())
    return web.done(request, reverse("catalogue:item", args=[draft.item.code]), "草稿已撤回")
