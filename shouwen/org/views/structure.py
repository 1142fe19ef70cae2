"""Departments, windows, stations, the centre's settings, decisions of the leadership meeting."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.org import access, actions, forms, queries
from shouwen.org.middleware import Request
from shouwen.org.models import RIGHTS, Center, Department
from shouwen.org.views.answers import answer

form_page = require_http_methods(["GET", "POST"])


def _here() -> str:
    return reverse("org:structure")


@web.allow("member")
def structure(request: Request) -> HttpResponse:
    on = local(clock.now()).date()
    context = {
        "departments": queries.department_rows(request.actor.center, on),
        "counters": queries.counters(request.actor.center, on),
        "stations": queries.stations(request.actor.center),
        "may": {right: queries.may(request.actor, right) for right in ("structure", "station")},
    }
    return web.page(request, "org/structure.html", context)


@form_page
@web.allow(*RIGHTS["structure"])
def department_add(request: Request) -> HttpResponse:
    form = forms.DepartmentForm(request.POST or None)
    start = local(clock.now()).date()
    return answer(request, form, actions.add_department, active_from=start, title="增设部门", to=_here(), said="部门已增设")


@form_page
@web.allow(*RIGHTS["structure"])
def department_change(request: Request, code: str) -> HttpResponse:
    row = access.department_for(request.actor, code, to="structure")
    initial = {name: getattr(row, name) for name in ("name", "short_name", "is_vertical", "superior_name")}
    form = forms.DepartmentForm(request.POST or None, initial=initial)
    return answer(
        request, form, actions.change_department, department=row, title=f"修改部门:{row.name}", to=_here(), said="部门已修改"
    )


@form_page
@web.allow(*RIGHTS["structure"])
def department_end(request: Request, code: str) -> HttpResponse:
    row = access.department_for(request.actor, code, to="structure")
    form = forms.Last(request.POST or None, initial={"last_date": local(clock.now()).date()})
    title = f"撤销部门:{row.name}"
    return answer(
        request, form, actions.end_department, department=row, title=title, to=_here(), said="部门已撤销", submit="撤销"
    )


def _departments(request: Request) -> list[Department]:
    return queries.departments(request.actor.center, local(clock.now()).date())


@form_page
@web.allow(*RIGHTS["structure"])
def counter_add(request: Request) -> HttpResponse:
    form = forms.CounterForm(request.POST or None, departments=_departments(request))
    start = local(clock.now()).date()
    return answer(request, form, actions.add_counter, active_from=start, title="增设窗口", to=_here(), said="窗口已增设")


@form_page
@web.allow(*RIGHTS["structure"])
def counter_change(request: Request, code: str) -> HttpResponse:
    row = access.counter_for(request.actor, code, to="structure")
    initial = {"number": row.number, "name": row.name, "department": row.department.code}
    form = forms.CounterForm(request.POST or None, initial=initial, departments=_departments(request))
    return answer(request, form, actions.change_counter, counter=row, title=f"修改窗口:{row}", to=_here(), said="窗口已修改")


@form_page
@web.allow(*RIGHTS["structure"])
def counter_end(request: Request, code: str) -> HttpResponse:
    row = access.counter_for(request.actor, code, to="structure")
    form = forms.Last(request.POST or None, initial={"last_date": local(clock.now()).date()})
    title = f"撤销窗口:{row}"
    return answer(request, form, actions.end_counter, counter=row, title=title, to=_here(), said="窗口已撤销", submit="撤销")


@form_page
@web.allow(*RIGHTS["station"])
def station_add(request: Request) -> HttpResponse:
    """Shows the one-time address under which the station opens itself; like a slip, only once."""
    if request.method == "POST":
        code = actions.invite_center(kind=Center.Kind.VILLAGE, by=request.actor, at=clock.now())
        address = request.build_absolute_uri(reverse("desk:setup", args=[code]))
        return web.page(request, "org/station_add.html", {"address": address})
    return web.page(request, "org/station_add.html", {"address": ""})


@form_page
@web.allow("member")
def center(request: Request) -> HttpResponse:
    if not queries.may(request.actor, "settings"):
        return web.page(request, "org/center.html", {"center": request.actor.center})
    row = request.actor.center
    initial = {name: getattr(row, name) for name in forms.CenterSettings.base_fields}
    form = forms.CenterSettings(request.POST or None, initial=initial)
    given = {"by": request.actor, "at": clock.now()}
    if form.is_valid() and web.attempt(request, form, actions.change_center, **given, **form.cleaned_data):
        return web.done(request, reverse("org:center"), "设置已保存")
    return web.page(request, "org/center.html", {"form": form})


@web.allow("member")
def decisions(request: Request) -> HttpResponse:
    context = {
        "rows": web.rows(request, queries.decisions(request.actor.center)),
        "today": local(clock.now()).date(),
        "may_record": queries.may(request.actor, "decisions"),
        "standing": queries.standing_decisions(request.actor.center, local(clock.now()).date()),
    }
    return web.page(request, "org/decisions.html", context)


@form_page
@web.allow(*RIGHTS["decisions"])
def decision_add(request: Request) -> HttpResponse:
    today = local(clock.now()).date()
    initial = {"decided_date": today, "active_from": today, "kind": request.GET.get("kind", "")}
    form = forms.DecisionForm(request.POST or None, initial=initial)
    to = reverse("org:decisions")
    return answer(request, form, actions.record_decision, title="记录班子会决定", to=to, said="决定已记录", submit="记录")


@form_page
@web.allow(*RIGHTS["decisions"])
def decision_end(request: Request, code: str) -> HttpResponse:
    row = access.decision_for(request.actor, code, to="decisions")
    form = forms.Last(request.POST or None, initial={"last_date": local(clock.now()).date()})
    title, to = f"终止决定:{row.get_kind_display()}", reverse("org:decisions")
    note = "决定仍留在记录里,只是过了最后一天不再生效。"
    return answer(
        request, form, actions.end_decision, decision=row, title=title, to=to, said="决定已终止", submit="终止", note=note
    )
