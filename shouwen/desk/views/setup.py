"""The first-run page, opened with the one-time address that `shouwen init` (or the township) gives."""

from __future__ import annotations

from typing import Any

from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from shouwen.core import clock, web
from shouwen.desk import actions, forms
from shouwen.desk.forms.setup import LINES, MOST_LINES
from shouwen.org import queries as org
from shouwen.org.middleware import Request
from shouwen.org.models import Role, SetupCode

ROLES = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.ASSESSOR, Role.LEADER)
Rows = formset_factory(
    forms.PersonRow, formset=forms.PeopleRows, extra=LINES, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


USED = "开通地址只能用一次,24 小时内有效。已经开通的请直接登录;还没有开通的,请装机的人再生成一个地址。"


def _bound(request: Request, found: SetupCode) -> dict[str, Any]:
    """The page's four forms; "more" asks for more lines and keeps what was typed."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    first = clock.local(clock.now()).date().replace(day=1)
    start = forms.Start(data, files, prefix="start", initial={"active_from": first})
    since = start.cleaned_data.get("active_from", first) if start.is_valid() else first
    return {
        "center": forms.CenterForm(data, prefix="center", station=found.parent is not None),
        "start": start,
        "hours": forms.OpeningHours(data, prefix="hours", active_from=since),
        "rows": Rows(data, prefix="people"),
    }


@require_http_methods(["GET", "POST"])
@web.allow("anyone")
def setup(request: Request, code: str) -> HttpResponse:
    found = org.setup_code(code, clock.now())
    if found is None:
        return web.error_page(request, 404, "开通地址已失效", USED)
    bound = _bound(request, found)
    context = {"parent": found.parent, "code": code, "roles": ROLES, "problems": [], **bound}
    if request.method == "POST" and "more" in request.POST:
        longer = request.POST.copy()
        longer["people-TOTAL_FORMS"] = str(min(MOST_LINES, len(bound["rows"].forms) + LINES))
        context["rows"] = Rows(longer, prefix="people")
    elif request.method == "POST" and all(form.is_valid() for form in bound.values()):
        return _open(request, found, code, context)
    return web.page(request, "desk/setup.html", context)


def _open(request: Request, found: SetupCode, code: str, context: dict[str, Any]) -> HttpResponse:
    """Every problem of the people at once; then one action, and the slips as its only answer."""
    center, start = context["center"].cleaned_data, context["start"].cleaned_data
    people = context["rows"].people() if start["sheet"] is None else start["sheet"]
    context["problems"] = org.opening_problems(people, found.kind if found.parent else center["kind"])
    if not context["problems"]:
        given = {"code": code, "center": center, "people": people, "active_from": start["active_from"]}
        given |= {"hours": context["hours"].cleaned_data["draft"], "by": request.actor, "at": clock.now()}
        if web.attempt(request, context["center"], actions.open_center, **given):
            return web.page(request, "desk/setup_done.html", {"opening": context["center"].result})
    return web.page(request, "desk/setup.html", context)


@require_safe
@web.allow("anyone")
def setup_template(request: Request, code: str) -> HttpResponse:
    if org.setup_code(code, clock.now()) is None:
        raise Http404
    headers = {"Content-Disposition": "attachment; filename*=UTF-8''%E4%BA%BA%E5%91%98%E6%A8%A1%E6%9D%BF.xlsx"}
    return HttpResponse(
        org.people_template(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers=headers
    )
