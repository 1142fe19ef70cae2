"""Taking money at the counter, receipts, refunds, the end of the day ("3.5")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import access
from shouwen.cases.actions import fees as actions
from shouwen.cases.forms import fees as forms
from shouwen.cases.queries import fees as queries
from shouwen.cases.views.verbs import Verb, act
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.documents import actions as documents
from shouwen.documents.queries import file_response

CHANGING = ["GET", "POST"]


@web.allow(*sorted(queries.CASHIERS))
@require_http_methods(CHANGING)
def charge(request: HttpRequest, code: str) -> HttpResponse:
    """First what it comes to, then the money: rows of the schedule, quantities, reductions, no amounts."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.case_for(actor, code, at)
    form = forms.Charge(request.POST or None, offers=queries.offers(case, at))
    quoted: Any = None
    if request.method == "POST" and form.is_valid():
        told = {"case": case, "lines": form.lines(), "by": actor, "at": at}
        if "take" in request.POST:
            paid = {name: form.cleaned_data[name] for name in ("way", "invoice_number", "token")}
            if web.attempt(request, form, actions.charge, **told, **paid):
                receipt = form.result  # type: ignore[attr-defined]
                return web.done(request, reverse("cases:receipt", args=[receipt.code]), f"已收费，{receipt.number}")
        elif web.attempt(request, form, actions.quote, **told):
            quoted = form.result  # type: ignore[attr-defined]
    total = sum(line.amount for line in quoted or ())
    context = {"case": case, "form": form, "quoted": quoted, "total": total, "receipts": queries.receipts_of(case)}
    return web.page(request, "cases/charge.html", context)


@web.allow(*access.READERS)
@require_http_methods(CHANGING)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """One receipt: its lines with their basis, the 财政票据 number, a refund to ask for or to decide."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.receipt_for(actor, code)
    left = [line for line in found.lines if not line.given and line.amount]  # type: ignore[attr-defined]
    verbs = {
        "invoice": Verb(forms.NoteInvoice, actions.note_invoice, "已登记票据号"),
        "refund": Verb(
            forms.AskRefund, actions.refund, "已申请退费，等审批", {"lines": [(one.code, one.line) for one in left]}
        ),
    }
    bound, done = act(request, verbs, receipt=found)
    if done is not None:
        return web.done(request, reverse("cases:receipt", args=[code]), done.said)
    pending = next((one for one in found.asked if one.state == "asked"), None)  # type: ignore[attr-defined]
    decides = actor.has(*queries.REFUND_APPROVERS) and pending is not None and not actor.is_self(pending.cashier)
    context = {
        "receipt": found, "forms": bound, "left": left, "pending": pending, "decides": decides,
        "decide": forms.DecideRefund(), "takes": actor.has(*queries.CASHIERS),
    }  # fmt: skip
    return web.page(request, "cases/receipt.html", context)


@web.allow(*sorted(queries.REFUND_APPROVERS))
@require_http_methods(CHANGING)
def decide_refund(request: HttpRequest, code: str, refund: str) -> HttpResponse:
    """Approve or decline; never by whoever took the money."""
    actor = request.actor  # type: ignore[attr-defined]
    found = access.receipt_for(actor, code)
    row = access.refund_for(actor, found, refund)
    form = forms.DecideRefund(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"refund": row, "by": actor, "at": clock.now(), **form.cleaned_data}
        if web.attempt(request, form, actions.decide_refund, **told):
            return web.done(request, reverse("cases:receipt", args=[code]), "已审批")
    return web.page(request, "cases/decide_refund.html", {"receipt": found, "refund": row, "form": form})


@web.allow(*access.READERS)
@require_GET
def receipts(request: HttpRequest) -> HttpResponse:
    """The last thirty days' receipts: one's own, or everybody's for those who oversee."""
    actor, today = request.actor, local(clock.now()).date()  # type: ignore[attr-defined]
    cashier = None if actor.has(*queries.LEAD_READERS) else actor.member
    rows = web.rows(request, queries.receipts_between(actor.center, today - timedelta(days=30), today, cashier))
    return web.page(request, "cases/receipts.html", {"rows": rows, "tab": "receipts"})


@web.allow(*access.READERS)
@require_http_methods(CHANGING)
def day_end(request: HttpRequest) -> HttpResponse:
    """Count the till against the system; closed days below."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    form = forms.CloseDay(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and web.attempt(request, form, actions.close_day, by=actor, at=at, **form.cleaned_data):
        day = form.result  # type: ignore[attr-defined]
        return web.done(request, reverse("cases:closed_day", args=[day.code]), f"已日结，{day.number}")
    till = queries.till(actor.center, actor.member)
    context = {"till": till, "form": form, "days": queries.day_ends(actor), "tab": "day_end"}
    return web.page(request, "cases/day_end.html", context)


@web.allow(*access.READERS)
@require_GET
def closed_day(request: HttpRequest, code: str) -> HttpResponse:
    day = access.day_end_for(request.actor, code)  # type: ignore[attr-defined]
    return web.page(request, "cases/closed_day.html", {"day": day, "sheet": queries.sheet_of(day), "tab": "day_end"})


@web.allow("member")
@require_GET
def side_paper(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A receipt, refund, day-end sheet or flow sheet as it was issued, or its editable copy; every copy is on record."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = access.side_paper_for(actor, code, at)
    if form not in ("pdf", "word"):
        raise Http404
    content = documents.hand_out(document=found, form=form, by=actor, at=at)
    return file_response(content, f"{found}.{'pdf' if form == 'pdf' else 'docx'}")
