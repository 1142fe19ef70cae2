"""Guessing something short, such as the last four figures of a telephone: counted as failed logins are, in the same local table.

Slower and slower, and nobody is locked out: who guesses from elsewhere does not keep the right person waiting.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.actors import Actor
from shouwen.org.actions.attempts import locked_row
from shouwen.org.models import LoginAttempt
from shouwen.org.queries.accounts import digest

WINDOW = timedelta(hours=1)
FREE = 5
"""Wrong guesses about one subject from one network before the delay begins; it doubles with each one more."""
FIRST, LONGEST = 10, 600
NETWORK_FREE = 20
"""Wrong guesses an hour from one network, whatever they were about."""


@transaction.atomic
def reserve_guess(*, subject: str, by: Actor, at: datetime) -> int:
    """Count the guess as wrong before it is looked at; seconds to wait instead, 0 when it may be looked at now.

    In a transaction of its own, so a refusal that follows does not undo the count; `release_guess` takes it back when it was right.
    """
    net, own = _rows(subject, by, at)
    if wait := max(_own_wait(own, at), _network_wait(net, at)):
        return wait
    for row in (net, own):
        row.recent = [*_recent(row, at), at.timestamp()][-NETWORK_FREE:]
        row.last_at = at
        row.save(update_fields=["recent", "last_at"])
    return 0


@transaction.atomic
def release_guess(*, subject: str, by: Actor, at: datetime) -> None:
    """The guess was right: it counts for nothing, and neither do those before it about the same subject."""
    net, own = _rows(subject, by, at)
    if own.recent and own.recent[-1] in net.recent:
        net.recent.remove(own.recent[-1])
        net.save(update_fields=["recent"])
    own.recent = []
    own.save(update_fields=["recent"])


def _rows(subject: str, by: Actor, at: datetime) -> tuple[LoginAttempt, LoginAttempt]:
    """The row of the visitor's network over all subjects, and that of the subject from there."""
    return locked_row(digest("guesses", ""), by.network, at), locked_row(digest("guess", subject), by.network, at)


def _recent(row: LoginAttempt, at: datetime) -> list[float]:
    since = (at - WINDOW).timestamp()
    return [moment for moment in row.recent if moment > since]


def _own_wait(own: LoginAttempt, at: datetime) -> int:
    """Seconds until the next guess about this subject from this network."""
    tries = _recent(own, at)
    free = 1 if tries and _elsewhere(own, at) >= NETWORK_FREE else FREE
    if len(tries) < free:
        return 0
    pause = min(LONGEST, FIRST * 2 ** (len(tries) - free))
    return max(0, round(tries[-1] + pause - at.timestamp()))


def _network_wait(net: LoginAttempt, at: datetime) -> int:
    """Seconds until the oldest of the hour's guesses is an hour old."""
    tries = _recent(net, at)
    if len(tries) < NETWORK_FREE:
        return 0
    return max(1, round(tries[-NETWORK_FREE] + WINDOW.total_seconds() - at.timestamp()))


def _elsewhere(own: LoginAttempt, at: datetime) -> int:
    others = LoginAttempt.objects.filter(account=own.account, last_at__gt=at - WINDOW).exclude(pk=own.pk)
    return sum(len(_recent(row, at)) for row in others)
