"""Whose message is it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.notifications import queries
from shouwen.notifications.models import Message


def message_for(actor: Actor, code: str) -> Message:
    """A message of the actor's own, or 404."""
    message: Message = get_object_or_404(queries.inbox(actor).select_related("to"), code=code)
    return message
