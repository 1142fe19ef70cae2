"""The paper register: typed by one, confirmed by another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from shouwen.attendance import access, actions, forms, queries
from shouwen.core import clock, web
from shouwen.core.errors import Refused
from shouwen.org import queries as org

ROLES = ("leader", "director", "assessor", "supervisor")


@web.allow(*ROLES)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Type a day's lines; below, what waits for a second person."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    today = clock.local(at).date()
    members = [member for member in org.members(actor.center, today) if not actor.is_self(member)]
    form = forms.Register(request.POST or None, members=members, initial={"day": today})
    if form.is_valid() and web.attempt(request, form, actions.type_register, by=actor, at=at, **form.cleaned_data):
        return web.done(request, reverse("attendance:register"), f"已录入 {form.result} 条,等待另一人复核")  # type: ignore[attr-defined]
    waiting = [
        (row, not actor.is_self(row.typed_by) and not actor.is_self(row.member))
        for row in queries.typed_entries(actor.center)[:200]
    ]
    context = {
        "form": form,
        "waiting": waiting,
        "may": any(mine for _, mine in waiting),
        "rows": web.rows(request, queries.settled_entries(actor.center)),
    }
    return web.page(request, "attendance/register.html", context)


@web.allow(*ROLES)
@require_POST
def confirm_register(request: HttpRequest) -> HttpResponse:
    """Every line that was ticked."""
    actor = request.actor  # type: ignore[attr-defined]
    entries = [access.register_entry_for(actor, code) for code in request.POST.getlist("entry")[:200]]
    if not entries:
        raise Refused("没有勾选任何一条", "1.9")
    count = actions.confirm_register(entries=entries, by=actor, at=clock.now())
    return web.done(request, reverse("attendance:register"), f"已复核 {count} 条")


@web.allow(*ROLES)
@require_POST
def reject_register(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    entry, form = access.register_entry_for(actor, code), forms.RejectEntry(request.POST)
    if not form.is_valid():
        raise Refused("请写明哪里不符", "1.9")
    actions.reject_register(entry=entry, note=form.cleaned_data["note"], by=actor, at=clock.now())
    return web.done(request, reverse("attendance:register"), "已退回")
