"""The centre's own page for its kiosks and screens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.boards import access, forms
from shouwen.core import clock, web
from shouwen.reception import actions, queries

KEEPERS = ("leader", "system_admin")


@web.allow(*KEEPERS)
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {"rows": queries.hall_devices(actor.center), "form": forms.AddDevice()}
    return web.page(request, "boards/devices.html", context)


@web.allow(*KEEPERS)
@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = forms.AddDevice(request.POST)
    if form.is_valid() and web.attempt(request, form, actions.add_hall_device, by=actor, at=clock.now(), **form.cleaned_data):
        return web.done(request, reverse("boards:device", args=[form.result.code]), "已设立")  # type: ignore[attr-defined]
    return web.page(request, "boards/devices.html", {"rows": queries.hall_devices(actor.center), "form": form})


@web.allow(*KEEPERS)
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest, code: str) -> HttpResponse:
    """What one device offers or shows; screens follow at once."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.device_for(actor, code)
    form = forms.ChangeDevice(request.POST or None, device=row, on=clock.local(at).date())
    if form.is_valid() and web.attempt(
        request, form, actions.change_hall_device, device=row, by=actor, at=at, **form.cleaned_data
    ):
        return web.done(request, reverse("boards:devices"), "已保存")
    return web.page(request, "boards/device.html", {"row": row, "form": form})


@web.allow(*KEEPERS)
@require_POST
def offer_pairing(request: HttpRequest, code: str) -> HttpResponse:
    """The one-time code is shown once, on the answer itself."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    row = access.device_for(actor, code)
    secret = actions.offer_pairing(device=row, by=actor, at=at)
    form = forms.ChangeDevice(device=row, on=clock.local(at).date())
    return web.page(request, "boards/device.html", {"row": row, "form": form, "secret": secret})


@web.allow(*KEEPERS)
@require_POST
def lock_device(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = access.device_for(actor, code)
    locked = request.POST.get("locked") == "1"
    actions.lock_hall_device(device=row, locked=locked, by=actor, at=clock.now())
    return web.done(request, reverse("boards:device", args=[row.code]), "已停用" if locked else "已恢复使用")


@web.allow(*KEEPERS)
@require_POST
def end_device(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    actions.end_hall_device(device=access.device_for(actor, code), by=actor, at=clock.now())
    return web.done(request, reverse("boards:devices"), "已撤除")
