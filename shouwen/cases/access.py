"""Who may see and do what with cases; every loader starts from the actor's centre."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.cases.models import SavedFilter
from shouwen.core.actors import Actor

# Case files hold people's lives: those who work on them and those who answer for the work, no administrator (等保 8.1.5).
READERS = ("clerk", "section", "leader", "director", "supervisor")


def filter_for(actor: Actor, code: str) -> SavedFilter:
    """A kept filter of one's own."""
    rows = SavedFilter.objects.of(actor.center).filter(member=actor.member, ended_at__isnull=True)
    return get_object_or_404(rows, code=code)
