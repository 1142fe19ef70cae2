"""Reads: a person's messages and what waits to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.core.actors import Actor
from shouwen.notifications.models import Message
from shouwen.notifications.transports import INBOX

MOST_ATTEMPTS = 8


def inbox(actor: Actor) -> Any:
    """The actor's own messages, newest first (a queryset for `web.rows`)."""
    own = Message.objects.of(actor.center).filter(to=actor.member, transport=INBOX)
    return own.order_by("-created_at", "-id")


def unread_count(actor: Actor) -> int:
    """How many the actor has not opened yet; 0 for everyone who is no member."""
    if not actor.is_member:
        return 0
    return Message.objects.of(actor.center).filter(to=actor.member, transport=INBOX, read_at__isnull=True).count()


def due(center: Any, at: datetime, limit: int = 200) -> list[Message]:
    """Messages to send now, the oldest first."""
    waiting = Message.objects.of(center).filter(delivered_at__isnull=True, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
    return list(waiting.order_by("due_at", "id")[:limit])
