"""Filters somebody keeps."""

from __future__ import annotations

from shouwen.cases.models import SavedFilter
from shouwen.core.actors import Actor


def saved_filters(actor: Actor) -> list[SavedFilter]:
    """The actor's own, in the order they were made."""
    return list(SavedFilter.objects.of(actor.center).filter(member=actor.member, ended_at__isnull=True).order_by("id"))
