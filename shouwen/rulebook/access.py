"""Who may see, draft and decide about the rulebook. Everybody of the centre may read every version."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.rulebook.models import Rulebook

DRAFTERS = frozenset({"assessor", "leader", "director"})


def version_for(actor: Actor, code: str, *, to: str = "see") -> Rulebook:
    """A version of the actor's centre, or 404. `to` is "see" or "change" (a draft, by those who may draft)."""
    if to == "change" and not actor.has(*DRAFTERS):
        raise Refused("制度由考核员、中心负责人或分管领导起草", "1.10")
    rows = Rulebook.objects.of(actor.center).select_related("decision", "based_on", "drafter")
    if to == "change":
        rows = rows.filter(state=Rulebook.State.DRAFT)
    found: Rulebook = get_object_or_404(rows, code=code)
    return found
