"""One month: the table, where it stands, what blocks the next step, the steps themselves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.assessment import access, actions, queries
from shouwen.core import clock, web
from shouwen.documents import actions as documents
from shouwen.documents import queries as papers

STEPS = {"freeze": ("冻结", actions.freeze), "post": ("公示", actions.post), "final": ("定案", actions.finalise)}


@web.allow("member")
@require_GET
def month(request: HttpRequest, key: str = "") -> HttpResponse:
    """Own row always; everybody's for those who run the assessment, and for all once it is on the wall."""
    actor, today = request.actor, clock.local(clock.now()).date()  # type: ignore[attr-defined]
    recent = list(queries.all_months(actor.center)[:12])
    shown = access.month_for(actor, key) if key else queries.month_to_show(actor, recent, today)
    if shown is None:
        return web.page(request, "assessment/empty.html", {"today": today, "may_collect": queries.may(actor, "close")})
    page = queries.month_page(actor, shown, today)
    rows = web.rows(request, page.people)
    context = {
        "month": shown,
        "recent": recent,
        "page": page,
        "rows": rows,
        "money": queries.has_money(rows.items),
        "may_close": queries.may(actor, "close"),
        "may_confirm": queries.may(actor, "confirm"),
        "may_print": queries.may(actor, "papers"),
        "sees_all": queries.may(actor, "see_all"),
    }
    return web.page(request, "assessment/month.html", context)


@web.allow("assessor")
@require_POST
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """Collect, freeze, post or make final."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if step not in STEPS and step != "collect":
        raise Http404
    if step == "collect":
        word, row = "归集", actions.collect(month=queries.first_of(key, clock.local(at).date()), by=actor, at=at)
    else:
        (word, action), row = STEPS[step], access.month_for(actor, key)
        action(month=row, by=actor, at=at)
    return web.done(request, reverse("assessment:of_month", args=[row.key]), f"{row}已{word}")


@web.allow("assessor", "leader", "director")
@require_POST
def confirm(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Somebody else confirms the result of the one who froze the month."""
    actor = request.actor  # type: ignore[attr-defined]
    result = access.result_for(actor, key, code)
    actions.confirm_result(result=result, by=actor, at=clock.now())
    return web.done(request, reverse("assessment:of_month", args=[key]), f"已确认{result.name}的结果")


@web.allow("assessor", "leader", "director")
@require_POST
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """The numbered poster."""
    actor = request.actor  # type: ignore[attr-defined]
    document = actions.issue_notice(month=access.month_for(actor, key), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]), "公示已编号")


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def month_export(request: HttpRequest, key: str) -> HttpResponse:
    """The month's table as Excel."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.month_for(actor, key)
    title = f"{row}量化考核"
    content = documents.hand_out_table(title=title, table=queries.month_sheet(row), by=actor, at=clock.now())
    return papers.file_response(content, f"{title}.xlsx")


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def ledger_export(request: HttpRequest, key: str) -> HttpResponse:
    """Every line of the month's ledger, reversals included, as Excel."""
    actor = request.actor  # type: ignore[attr-defined]
    row = access.month_for(actor, key)
    title = f"{row}考核台账"
    content = documents.hand_out_table(title=title, table=queries.ledger_sheet(row), by=actor, at=clock.now())
    return papers.file_response(content, f"{title}.xlsx")
