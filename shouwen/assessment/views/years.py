"""The year: twelve months, sum, line, rank, ties, and what people decide ("1.6", "1.7")."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwen.assessment import access, actions, forms, queries
from shouwen.core import clock, web
from shouwen.documents import actions as documents
from shouwen.documents import queries as papers

FIRST, LAST = 2004, 2099
PAPERS = {"table": actions.issue_year_table, "standby": actions.issue_standby}


@web.allow("member")
@require_GET
def year(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Everybody for those who run the assessment, one's own row for others; the figures of a closed year never change."""
    actor, today = request.actor, clock.local(clock.now()).date()  # type: ignore[attr-defined]
    number = min(max(number or today.year, FIRST), LAST)
    page = queries.year_page(actor, number, today)
    context = {
        "number": number,
        "page": page,
        "rows": web.rows(request, page.lines),
        "may_close": queries.may(actor, "year"),
        "may_decide": queries.may(actor, "decide"),
        "may_print": queries.may(actor, "papers"),
        "sees_all": queries.may(actor, "see_all"),
        "columns": range(1, 13),
    }
    return web.page(request, "assessment/year.html", context)


def _require_year(number: int) -> None:
    """404 for a year no calendar of ours has."""
    if not FIRST <= number <= LAST:
        raise Http404


@web.allow("assessor", "leader", "director", "supervisor")
@require_GET
def year_export(request: HttpRequest, number: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    _require_year(number)
    page = queries.year_page(actor, number, clock.local(clock.now()).date())
    title = f"{number}年度量化考核"
    content = documents.hand_out_table(title=title, table=queries.year_sheet(page), by=actor, at=clock.now())
    return papers.file_response(content, f"{title}.xlsx")


@web.allow("assessor")
@require_POST
def close_year(request: HttpRequest, number: int) -> HttpResponse:
    _require_year(number)
    actions.close_year(year=number, by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return web.done(request, reverse("assessment:of_year", args=[number]), f"{number}年度已算定")


@web.allow("assessor", "leader", "director")
@require_POST
def year_paper(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The year table, or the list of those below the line and last."""
    actor = request.actor  # type: ignore[attr-defined]
    if kind not in PAPERS:
        raise Http404
    document = PAPERS[kind](year=access.year_for(actor, number), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]), "已编号")


@web.allow("leader", "director")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, number: int, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    result = access.year_result_for(actor, number, code)
    form = forms.Decide(request.POST or None, is_vertical=result.is_vertical)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(request, form, actions.decide_year, result=result, by=actor, at=clock.now(), **form.cleaned_data):
        return web.done(request, reverse("assessment:of_year", args=[number]), "决定已记录")
    return web.page(request, "assessment/decide.html", {"result": result, "form": form, "number": number})


@web.allow("leader", "director")
@require_POST
def letter(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """The letter to the superior department of a 条管 unit."""
    actor = request.actor  # type: ignore[attr-defined]
    document = actions.issue_transfer(result=access.year_result_for(actor, number, code), by=actor, at=clock.now())
    return web.done(request, reverse("documents:detail", args=[document.code]), "函已编号")
