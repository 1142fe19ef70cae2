"""A file of punches: upload, say what the columns mean, look, confirm."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.attendance import access, actions, formats, forms, queries
from shouwen.core import clock, web
from shouwen.documents.queries import file_response


def _page_of(code: str) -> str:
    return reverse("attendance:batch", args=[code])


@web.allow("assessor")
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Every file brought in, and the door for the next one."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    known = [(row.code, f"{row.name}({row.get_kind_display()})") for row in queries.devices(actor.center) if row.takes_files]
    form = forms.Upload(
        request.POST or None, request.FILES or None, devices=known, initial={"device": known[0][0] if known else ""}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source = (
            {"device": access.device_for(actor, data["device"])}
            if data["device"]
            else {"name": data["name"], "kind": data["kind"]}
        )
        if web.attempt(request, form, actions.stage_file, upload=data["upload"], by=actor, at=at, **source):
            return web.done(request, _page_of(form.result.code))  # type: ignore[attr-defined]
    context = {
        "form": form,
        "known": known,
        "rows": web.rows(request, queries.batches(actor.center)),
        "pins": queries.open_pins(actor.center).count(),
    }
    return web.page(request, "attendance/imports.html", context)


@web.allow("assessor")
@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    return file_response(formats.template_workbook(), "打卡登记模板.xlsx")


@web.allow("assessor")
@require_GET
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """A staged file with its guess and preview, or what became of an imported one."""
    row = access.batch_for(request.actor, code)  # type: ignore[attr-defined]
    if row.state != row.State.STAGED:
        return web.page(request, "attendance/batch.html", {"row": row, "rows": web.rows(request, queries.bad_lines(row))})
    seen = queries.look(row, sheet=request.GET.get("sheet"))
    if seen is None:
        raise Http404
    return web.page(request, "attendance/staged.html", {"row": row, "confirm": forms.Confirm(), **_preview(seen)})


def _preview(seen: queries.Look) -> dict[str, Any]:
    form = forms.Columns(sheets=seen.sniffed.sheets, columns=seen.columns) if seen.columns else None
    return {"seen": seen, "form": form}


@web.allow("assessor")
@require_POST
def columns(request: HttpRequest, code: str) -> HttpResponse:
    """The person corrects what the columns mean; another sheet is looked at afresh."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.batch_for(actor, code)
    seen = queries.look(row)
    if seen is None or seen.columns is None:
        raise Http404
    sheet = request.POST.get("sheet", "")
    if sheet != seen.columns.sheet and sheet in seen.sniffed.sheets:
        actions.choose_sheet(batch=row, sheet=sheet, by=actor, at=clock.now())
        return web.done(request, _page_of(code))
    form = forms.Columns(request.POST, sheets=seen.sniffed.sheets, columns=seen.columns)
    if form.is_valid() and web.attempt(
        request, form, actions.set_columns, batch=row, columns=form.columns, by=actor, at=clock.now()
    ):
        return web.done(request, _page_of(code), "已按所选的列重新读取")
    return web.page(request, "attendance/staged.html", {"row": row, "confirm": forms.Confirm(), "seen": seen, "form": form})


@web.allow("assessor")
@require_POST
def confirm_import(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row, form = access.batch_for(actor, code), forms.Confirm(request.POST)
    until = form.cleaned_data["synced_until"] if form.is_valid() else None
    done = actions.confirm_import(batch=row, synced_until=until, by=actor, at=clock.now())
    return web.done(request, _page_of(code), f"已导入 {done.added} 次打卡")


@web.allow("assessor")
@require_POST
def cancel_import(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.cancel_import(batch=access.batch_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("attendance:imports"), "已放弃这个文件,什么也没有导入")
