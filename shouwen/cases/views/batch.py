"""One action over many cases: asked for, run, looked at, gone on with (L31)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.cases import access
from shouwen.cases.actions import batch as actions
from shouwen.cases.forms import batch as forms
from shouwen.cases.models import Batch, BatchItem
from shouwen.cases.queries import batch as queries
from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.org import queries as org

SEEN = sorted(queries.OPERATORS | queries.WATCHERS)


@web.allow(*SEEN)
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    rows = web.rows(request, queries.visible_batches(request.actor))  # type: ignore[attr-defined]
    return web.page(request, "cases/batches.html", {"rows": rows})


def _choices(actor: Actor, at: datetime) -> dict[str, list[tuple[str, str]]]:
    allowed = [(name, str(Batch.Action(name).label)) for name, one in actions.HANDLERS.items() if actor.has(*one.roles)]
    people = [(one.code, one.name) for one in org.members(actor.center, local(at).date())]
    return {"actions": allowed, "people": people}


@web.allow(*sorted(queries.OPERATORS))
@require_http_methods(["GET", "POST"])
def start_batch(request: HttpRequest) -> HttpResponse:
    """`?case=` as often as there are cases fills the list; a reason is always asked for."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    initial = {"codes": "\n".join(request.GET.getlist("case")), "action": request.GET.get("action", "")}
    form = forms.StartBatch(request.POST or None, initial=initial, **_choices(actor, at))
    if request.method == "POST" and form.is_valid() and _start(request, form, actor, at):
        batch = form.result  # type: ignore[attr-defined]
        actions.run_batch(batch=batch, by=actor, at=at)
        return web.done(request, reverse("cases:batch", args=[batch.code]), "已开始，逐件核对办理")
    return web.page(request, "cases/start_batch.html", {"form": form})


def _start(request: HttpRequest, form: forms.StartBatch, actor: Actor, at: datetime) -> bool:
    lines = form.cleaned_data["codes"]
    cases = queries.cases_by_code(actor.center, [code for code, _ in lines])
    if unknown := {code for code, _ in lines} - {case.code for case in cases}:
        form.add_error("codes", f"没有找到：{'、'.join(sorted(unknown)[:5])}")
        return False
    told = {name: form.cleaned_data[name] for name in ("reason", "token")}
    each = {code: {"parcel": parcel} for code, parcel in lines if parcel}
    start = partial(actions.start_batch, action=form.cleaned_data["action"], cases=cases, options=form.options(), each=each)
    return web.attempt(request, form, start, by=actor, at=at, **told)


@web.allow(*SEEN)
@require_GET
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """How far it is, and what became of each case."""
    found = access.batch_for(request.actor, code)  # type: ignore[attr-defined]
    status = request.GET.get("status", "")
    status = status if status in BatchItem.Status.values else ""
    rows = web.rows(request, queries.batch_items(found, status))
    states = [("", "全部"), *BatchItem.Status.choices]
    context = {"batch": found, "rows": rows, "progress": queries.progress(found), "status": status, "states": states}
    return web.page(request, "cases/batch.html", context)


@web.allow(*sorted(queries.OPERATORS))
@require_POST
def go_on_batch(request: HttpRequest, code: str) -> HttpResponse:
    """Do the next hundred, or stop."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = access.batch_for(actor, code)
    if "stop" in request.POST:
        actions.stop_batch(batch=found, by=actor, at=at)
    else:
        actions.run_batch(batch=found, by=actor, at=at)
    return web.done(request, reverse("cases:batch", args=[code]), "已停止" if "stop" in request.POST else "已继续")
