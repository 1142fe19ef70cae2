"""Rows for the pages: issued papers and the copies taken of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from shouwen.core.actors import Actor
from shouwen.core.tenancy import across_centers
from shouwen.documents.models import Document, Printing
from shouwen.documents.queries.papers import EVERYBODY, PAPERS
from shouwen.rules.numbering import check_code

HEAVY = ("data", "pdf")


def open_kinds(actor: Actor) -> list[str]:
    """The kinds of paper an actor may open whoever issued them."""
    return [str(kind) for kind, paper in PAPERS.items() if paper.roles & EVERYBODY or actor.has(*paper.roles)]


def visible(actor: Actor) -> Any:
    """Papers of the actor's centre he may open: of his kinds, and those he issued himself."""
    return Document.objects.of(actor.center).filter(Q(kind__in=open_kinds(actor)) | Q(issued_by=actor.member))


def documents(actor: Actor, kind: str = "") -> Any:
    """The same for a list, newest first, without the heavy columns (a queryset for `web.rows`)."""
    papers = visible(actor).defer(*HEAVY).order_by("-issued_at", "-id")
    return papers.filter(kind=kind) if kind else papers


def document_of(center: Any, kind: str, source: str) -> Document | None:
    """The valid paper of a kind made from a source ("assessment.posting:GS-…"), None when there is none yet."""
    papers = Document.objects.of(center).filter(kind=kind, source=source, voided_at__isnull=True)
    return papers.defer(*HEAVY).first()


def printings(document: Document) -> list[Printing]:
    """Who took copies, the latest first, at most 50."""
    return list(Printing.objects.of(document.center_id).filter(document=document).order_by("-at")[:50])


def by_code(code: str) -> Document | None:
    """For the public check of a paper: the issued paper with this code, whichever centre it is from."""
    if not check_code(code):
        return None
    with across_centers("anybody holding a paper may check its code"):
        return Document.objects.filter(code=code).defer(*HEAVY).select_related("center").first()
