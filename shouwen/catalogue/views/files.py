"""The catalogue as a file: in after a dry run, out, and the sample."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.catalogue import access, actions, forms, queries
from shouwen.catalogue.views.items import DECIDERS, WRITERS
from shouwen.core import clock, web
from shouwen.core.clock import local

TYPES = {"json": "application/json", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "POST"])
@web.allow(*WRITERS)
def imports(request: Any) -> HttpResponse:
    """A file first shows what it would change; the second press, with the same document, does it."""
    if "document" in request.POST:
        return _confirm(request)
    upload = forms.Upload(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"upload": upload, "may_decide": access.may(request.actor, "decide")}
    if upload.is_valid():
        document = upload.cleaned_data["file"]
        context["plan"] = queries.plan(request.actor.center, document, local(clock.now()).date())
        context["confirm"] = forms.Confirm(initial={"document": forms.Confirm.written(document)})
    return web.page(request, "catalogue/imports.html", context)


def _confirm(request: Any) -> HttpResponse:
    form = forms.Confirm(request.POST)
    if form.is_valid() and web.attempt(
        request, form, actions.import_items, by=request.actor, at=clock.now(), **form.cleaned_data
    ):
        done, drafts = form.result, form.cleaned_data["active_from"] is None  # type: ignore[attr-defined]
        said = f"新增 {len(done.of('new'))} 项、修改 {len(done.of('changed'))} 项、收费 {len(done.fees)} 项" + (
            "，已存为草稿" if drafts else "，已施行"
        )
        return web.done(request, reverse("catalogue:items") + ("?view=drafts" if drafts else ""), said)
    return web.page(request, "catalogue/imports.html", {"upload": forms.Upload(), "confirm": form, "refused": form.errors})


@require_GET
@web.allow(*WRITERS)
def export(request: Any, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    content = actions.export_catalogue(kind=kind, by=request.actor, at=clock.now())
    head = {"Content-Disposition": f'attachment; filename="catalogue-{local(clock.now()):%Y%m%d}.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=head)


@require_POST
@web.allow(*DECIDERS)
def sample(request: Any) -> HttpResponse:
    found = actions.load_sample(by=request.actor, at=clock.now())
    said = f"已装入样例 {len(found.of('new'))} 项，均标明“样例”；请按本地实际逐项核对"
    return web.done(request, reverse("catalogue:items"), said)
