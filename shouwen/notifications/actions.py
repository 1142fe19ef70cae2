"""Telling people: queued with the change itself, delivered by the tick."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from shouwen.core.actors import Actor
from shouwen.notifications import queries
from shouwen.notifications.models import Message
from shouwen.notifications.transports import TRANSPORTS, Undelivered
from shouwen.rules.masking import scrub

log = logging.getLogger("shouwen")
FIRST_RETRY = timedelta(minutes=1)


@transaction.atomic
def enqueue(*, to: Any, title: str, text: str = "", url: str = "", key: str, by: Actor, at: datetime) -> int:
    """Tell a member of the actor's centre, in the caller's transaction; returns the messages written (0: told before).

    `key` (≤ 120 characters) names event and person and is told once. `url` is a path of this site. Texts carry no personal
    data: names of matters and codes, never reasons; numbers of identity cards and phones are starred out. No audit row of
    its own: the action that tells is audited.
    """
    if url and not (url.startswith("/") and url_has_allowed_host_and_scheme(url, None)):
        raise ValueError("url must be a path of this site")
    if not key or len(key) > 120:
        raise ValueError("key must have 1 to 120 characters")
    told = set(Message.objects.of(by.center).filter(key=key).values_list("transport", flat=True))
    line, lines = _line(title, 60), _line(text, 300)
    rows = [
        Message(center=by.center, to=to, transport=name, key=key, title=line, text=lines, url=url, created_at=at, due_at=at)
        for name in TRANSPORTS
        if name not in told
    ]
    # Two at once with the same key: one of them writes, the other's rows are dropped by the constraint.
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _line(text: str, length: int) -> str:
    """One line (no header or log can be injected), without personal numbers, at most `length` characters."""
    return scrub(" ".join(text.replace("\x00", "").split()))[:length]


def deliver_due(*, by: Actor, at: datetime) -> int:
    """Hand over what is due in the centre of `by`; returns how many arrived. Outside any transaction, called by the tick.

    1. Claim one message by moving `attempts` and `due_at`: of two senders one wins.
    2. Hand it to its transport; a gateway that fails or a sender that dies leaves it due again, later each time.
    3. Mark it delivered.
    """
    arrived = 0
    for message in queries.due(by.center, at):
        if _claim(message, at) and _hand_over(message):
            mine = Message.objects.of(by.center).filter(pk=message.pk, delivered_at__isnull=True)
            arrived += mine.update(delivered_at=at)
    return arrived


def _claim(message: Message, at: datetime) -> bool:
    free = Message.objects.of(message.center_id).filter(pk=message.pk, attempts=message.attempts, delivered_at__isnull=True)
    later = at + FIRST_RETRY * 2**message.attempts
    return free.update(attempts=message.attempts + 1, due_at=later) == 1


def _hand_over(message: Message) -> bool:
    transport = TRANSPORTS.get(message.transport)
    try:
        if transport is None:
            raise Undelivered(f"没有这种途径：{message.transport}")
        transport().deliver(message)
    except Exception as error:  # whatever a gateway raises, the other messages must still leave
        log.warning("message %s not delivered: %s", message.code, error)
        return False
    return True


@transaction.atomic
def mark_read(*, message: Message, by: Actor, at: datetime) -> bool:
    """The receiver opened it; True the first time. Raises ValueError for somebody else's message."""
    if not by.is_self(message.to):
        raise ValueError("only the receiver reads a message")
    return Message.objects.of(by.center).filter(pk=message.pk, read_at__isnull=True).update(read_at=at) == 1


@transaction.atomic
def mark_all_read(*, by: Actor, at: datetime) -> int:
    """Everything in the actor's own list; returns how many were new."""
    if by.member is None:
        raise ValueError("only a member has messages")
    return queries.inbox(by).filter(read_at__isnull=True).update(read_at=at)
