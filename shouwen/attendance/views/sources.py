"""Sources of punches, and whose their numbers are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.attendance import access, actions, forms, queries
from shouwen.core import clock, web
from shouwen.org import queries as org


@web.allow("assessor")
@require_http_methods(["GET", "POST"])
def pins(request: HttpRequest) -> HttpResponse:
    """Numbers nobody owns yet, and every mapping."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    people = forms.people_of(org.members(actor.center, clock.local(at).date()))
    form = forms.MapPin(
        request.POST or None,
        people=people,
        initial={"pin": request.GET.get("pin", "")[:32], "active_from": request.GET.get("from")},
    )
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["member"] = access.colleague(actor, data["member"])
        if web.attempt(request, form, actions.map_pin, by=actor, at=at, **data):
            return web.done(request, reverse("attendance:pins"), "已对应,等着的打卡已计入")
    context = {
        "form": form,
        "waiting": queries.open_pins(actor.center)[: web.PAGE_SIZE],
        "rows": web.rows(request, queries.mappings(actor.center)),
        "shared": sorted(queries.shared_names(actor.center)),
    }
    return web.page(request, "attendance/pins.html", context)


@web.allow("assessor")
@require_POST
def ignore_pin(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.ignore_pin(row=access.pin_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("attendance:pins"), "这个编号不计入考勤")


@web.allow("assessor")
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.AddDevice(request.POST or None)
    if form.is_valid() and web.attempt(request, form, actions.add_device, by=actor, at=clock.now(), **form.cleaned_data):
        return web.done(request, reverse("attendance:devices"), "已登记")
    return web.page(request, "attendance/devices.html", {"form": form, "rows": queries.devices(actor.center)})


@web.allow("assessor")
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = access.device_for(actor, code)
    names = ("name", "utc_offset", "is_source", "synced_until")
    form = forms.ChangeDevice(request.POST or None, initial={name: getattr(row, name) for name in names})
    if form.is_valid() and web.attempt(
        request, form, actions.change_device, device=row, by=actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("attendance:devices"), "已修改")
    return web.page(request, "attendance/device.html", {"form": form, "row": row})


@web.allow("assessor")
@require_POST
def end_device(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.end_device(device=access.device_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("attendance:devices"), "已停用,原有打卡保留")
