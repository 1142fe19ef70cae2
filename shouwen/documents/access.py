"""Who may open or void a paper."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.documents import queries
from shouwen.documents.models import Document

VOID_ROLES = frozenset({"assessor", "director", "leader"})


def document_for(actor: Actor, code: str, *, to: str = "see") -> Document:
    """A paper of the actor's centre he may open, or 404; `to` "void" is for the office and for who issued it."""
    document: Document = get_object_or_404(queries.visible(actor), code=code)
    if to == "void" and not may_void(actor, document):
        raise Refused("文书只能由出具人、考核员或中心负责人作废")
    return document


def may_void(actor: Actor, document: Document) -> bool:
    return actor.has(*VOID_ROLES) or (actor.member is not None and document.issued_by_id == actor.member.pk)
