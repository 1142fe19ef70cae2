"""From a matter to a case: choose the item, tick what came in, give the receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from shouwen.cases import actions, queries
from shouwen.cases.forms.intake import Receive
from shouwen.catalogue import queries as catalogue
from shouwen.core import clock, web
from shouwen.core.clock import local
from shouwen.documents.queries import document_of
from shouwen.reception.access import matter_for

WAYS: dict[str, tuple[Callable[..., Any], str]] = {
    "receive": (actions.receive_case, "已收件，收件凭证可打印"),
    "accept": (actions.receive_and_accept, "已受理，请打印受理通知书"),
    "at_once": (actions.handle_on_the_spot, "已当场办结"),
}


def _after(case: Any, how: str) -> str:
    """The case, or after acceptance the notice itself, ready to print."""
    paper = document_of(case.center, "acceptance", f"cases.acceptance:{case.code}") if how == "accept" else None
    return reverse("documents:detail", args=[paper.code]) if paper else reverse("cases:detail", args=[case.code])


@web.allow("member")
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt; an immediate item may be done in the same step while the person waits."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    matter = matter_for(actor, code, at)
    if (known := queries.case_of(matter)) is not None:
        return web.done(request, reverse("cases:detail", args=[known.code]))
    version = _version(request, matter, at)
    if version is None:
        text = request.GET.get("q", matter.subject)
        found = catalogue.search(actor.center, text, local(at).date(), 12)
        return web.page(request, "cases/choose.html", {"matter": matter, "text": text, "found": found})
    form = _form(request, matter, version)
    if request.method == "POST" and "refresh" not in request.POST and form.is_valid():
        how = next((name for name in ("at_once", "accept") if name in request.POST), "receive")
        call, said = WAYS[how]
        if web.attempt(request, form, call, matter=matter, by=actor, at=at, **form.values(at_once=how == "at_once")):
            return web.done(request, _after(form.result, how), said)  # type: ignore[attr-defined]
    return web.page(request, "cases/receive.html", {"matter": matter, "version": version, "form": form})


def _version(request: HttpRequest, matter: Any, at: Any) -> Any:
    """The version in force of the item chosen, or of the matter's own item."""
    code = request.POST.get("item") or request.GET.get("item") or (matter.item.code if matter.item else "")
    return catalogue.version_in_force(matter.center, code, local(at).date()) if code else None


def _form(request: HttpRequest, matter: Any, version: Any) -> Receive:
    """The list follows the answers given: those posted, else the usual ones."""
    questions = catalogue.questions(version)
    posted = [request.POST.get(f"situation_{number}", "") for number in range(1, len(questions) + 1)]
    chosen = posted if all(posted) and posted else catalogue.usual(questions)
    first = {"token": str(uuid4()), "item": version.item.code}
    first |= {f"situation_{number}": code for number, code in enumerate(chosen, 1)}
    refreshed = "refresh" in request.POST
    data = None if request.method != "POST" or refreshed else request.POST
    if refreshed:
        first |= {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    lines = catalogue.checklist(version, chosen)
    if request.POST.get("refresh") == "all":
        first |= {f"got_{position}": True for position in range(1, len(lines) + 1)}
    return Receive(data, version=version, person=matter.inquiry.person, questions=questions, lines=lines, initial=first)
