"""The list of versions, the page of one, the editor a part at a time."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.core import clock, web
from shouwen.rulebook import access, actions, forms, queries


@web.allow("member")
@require_GET
def list(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first; those who may draft find the three ways to begin here."""
    actor, today = request.actor, clock.local(clock.now()).date()  # type: ignore[attr-defined]
    rows = web.rows(request, queries.versions(actor.center))
    context = {
        "rows": rows,
        "versions": [(row, row.standing(today)) for row in rows.items],
        "may_draft": actor.has(*access.DRAFTERS),
        "current": queries.in_force(actor.center, today),
        "draft": forms.Draft(),
        "file": forms.Import(auto_id="file_%s"),
        "sample": forms.Sample(samples=queries.samples()),
    }
    return web.page(request, "rulebook/list.html", context)


@web.allow("assessor", "leader", "director")
@require_POST
def start(request: HttpRequest, way: str) -> HttpResponse:
    """Begin a draft: a copy of what is in force, a file, or a sample."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form: Any
    action: Any
    if way == "copy":
        form, action = forms.Draft(request.POST), actions.start_draft
    elif way == "file":
        form, action = forms.Import(request.POST, request.FILES), _import
    else:
        form, action = forms.Sample(request.POST, samples=queries.samples()), actions.load_sample
    if form.is_valid() and web.attempt(request, form, action, by=actor, at=at, **form.cleaned_data):
        return web.done(request, reverse("rulebook:version", args=[form.result.code]), "草案已建立")
    return web.page(request, "rulebook/start.html", {"form": form, "way": way})


def _import(*, file: str, note: str, by: Any, at: Any) -> Any:
    return actions.import_toml(text=file, note=note, by=by, at=at)


@web.allow("member")
@require_GET
def version(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record, today = access.version_for(actor, code), clock.local(clock.now()).date()
    context = {
        "record": record,
        "standing": record.standing(today),
        "page": queries.version_page(record, today),
        "may_draft": actor.has(*access.DRAFTERS),
        "confirm": forms.Confirm(decisions=queries.confirmations(actor.center)),
        "parts": [
            ("readings", "读法"),
            *((part, title) for part, (title, _) in queries.PARTS.items()),
            ("parameters", "参数"),
            ("head", "名称"),
        ],
    }
    return web.page(request, "rulebook/version.html", context)


@web.allow("member")
@require_GET
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The version as one TOML file."""
    record = access.version_for(request.actor, code)  # type: ignore[attr-defined]
    headers = {
        "Content-Disposition": f'attachment; filename="rulebook-{record.code}.toml"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(record.text, content_type="application/toml; charset=utf-8", headers=headers)


@web.allow("assessor", "leader", "director")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """One part of a draft as a form; what is typed becomes the new content or is refused with the place named."""
    actor = request.actor  # type: ignore[attr-defined]
    record = access.version_for(actor, code, to="change")
    found = queries.version_of(record)
    form = _form(part, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        document, said = _change(part, found, form.cleaned_data)
        here = reverse("rulebook:version", args=[code])
        if not said:
            return web.done(request, here, "没有改动")
        if web.attempt(
            request, form, actions.change_draft, draft=record, document=document, changed=said, by=actor, at=clock.now()
        ):
            return web.done(request, here, f"已修改:{said}"[:300])
        if isinstance(form, forms.Part):
            form.say_places()
    title = {"readings": "读法", "parameters": "参数", "head": "名称与说明", "item": "新增项目"}.get(part) or queries.PARTS[
        part
    ][0]
    context = {"record": record, "form": form, "part": part, "title": title}
    if part == "readings":
        context["switches"] = [(one, form[one.name]) for one in queries.readings(found)]
    return web.page(request, "rulebook/edit.html", context)


def _form(part: str, found: queries.Version, data: Any) -> Any:
    if part == "readings":
        return forms.Readings(data, readings=queries.readings(found))
    if part == "parameters":
        return forms.Parameters(data, version=found)
    if part == "head":
        return forms.Head(data, initial={"title": found.document.get("title", ""), "note": found.document.get("note", "")})
    if part == "item":
        return forms.NewItem(data, document=found.document)
    if part not in queries.PARTS:
        raise Http404
    return forms.Part(data, document=found.document, part=part)


def _change(part: str, found: queries.Version, data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if part == "readings":
        return queries.with_readings(found, data)
    if part == "parameters":
        return queries.with_parameters(found, data)
    if part == "head":
        return queries.with_head(found, **data)
    if part == "item":
        return queries.with_item(found, **data)
    document, said = queries.changed(found.document, part, data)
    return document, "、".join(said)


@web.allow("assessor", "leader", "director")
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.withdraw_draft(draft=access.version_for(actor, code, to="change"), by=actor, at=clock.now())
    return web.done(request, reverse("rulebook:list"), "草案已撤回")


@web.allow("assessor", "leader", "director")
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The leadership meeting confirmed the readings."""
    actor = request.actor  # type: ignore[attr-defined]
    decision = queries.confirmation(actor.center, request.POST.get("decision", ""))
    if decision is None:
        raise Http404
    actions.confirm(version=access.version_for(actor, code), decision=decision, by=actor, at=clock.now())
    return web.done(request, reverse("rulebook:version", args=[code]), "已登记班子会确认")
