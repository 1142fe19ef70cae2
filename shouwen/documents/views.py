"""Issued papers: list, one paper, its copies, and the check page a square code leads to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.core import clock, web
from shouwen.documents import access, actions, forms, queries
from shouwen.documents.models import Kind, Printing


@web.allow("member")
@require_GET
def list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    kinds = [kind for kind in Kind if kind in queries.open_kinds(actor)]
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    context = {
        "rows": web.rows(request, queries.documents(actor, kind)),
        "kinds": kinds,
        "kind": kind,
        "query": f"kind={kind}&" if kind else "",
        "missing": queries.missing_fonts(),
    }
    return web.page(request, "documents/list.html", context)


@web.allow("member")
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = access.document_for(actor, code)
    context = {
        "document": document,
        "a3": queries.PAPERS[document.kind].a3,
        "may_void": access.may_void(actor, document) and not document.is_void,
        "printings": queries.printings(document),
    }
    return web.page(request, "documents/detail.html", context)


@web.allow("member")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = access.document_for(actor, code, to="void")
    form = forms.Void(request.POST or None)
    if form.is_valid() and web.attempt(
        request, form, actions.void, document=document, by=actor, at=clock.now(), **form.cleaned_data
    ):
        return web.done(request, reverse("documents:detail", args=[code]), "已作废，文号保留")
    return web.page(request, "documents/void.html", {"document": document, "form": form})


@web.allow("member")
@require_GET
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF in the browser; `?size=a3` the poster."""
    actor = request.actor  # type: ignore[attr-defined]
    document = access.document_for(actor, code)
    is_poster = request.GET.get("size") == "a3" and queries.PAPERS[document.kind].a3
    form = Printing.Form.A3 if is_poster else Printing.Form.PDF
    content = actions.hand_out(document=document, form=form, by=actor, at=clock.now())
    return queries.file_response(content, f"{document}.pdf")


@web.allow("member")
@require_GET
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The first page as a picture for the page of the paper; not a copy, so not in the printing log."""
    document = access.document_for(request.actor, code)  # type: ignore[attr-defined]
    return queries.file_response(queries.render_png(document.kind, document.data), f"{document.code}.png")


@web.allow("member")
@require_GET
def word(request: HttpRequest, code: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = access.document_for(actor, code)
    content = actions.hand_out(document=document, form=Printing.Form.WORD, by=actor, at=clock.now())
    return queries.file_response(content, f"{document}.docx")


@web.allow("anyone")
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Is this paper ours and still valid; nothing of what it says about anybody."""
    document = queries.by_code(code)
    return web.page(request, "documents/check.html", {"document": document, "code": code}, status=200 if document else 404)
