"""Counting login failures so that 50 at once count exactly and a rolled-back page never hides one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from shouwen.core.clock import local
from shouwen.org.models import LoginAttempt

WINDOW = timedelta(minutes=15)
FAILURES = 5
LOCK = timedelta(minutes=30)
NETWORK_FAILURES = 30
NETWORK_PAUSE = 2
LONGEST_PAUSE = 30


@transaction.atomic
def reserve(account: str, network: str, at: datetime) -> str:
    """Count the try as a failure before the password is looked at; `release` takes it back when it was right.

    Returns why the try may not happen, or "". Counting first makes the fifth failure the last one looked at,
    however many come at the same moment, without holding the database while the password is hashed.
    """
    net = locked_row("", network, at)
    own = locked_row(account, network, at)
    refused = _lock(own, at) or _pause(own, net, at)
    if refused:
        return refused
    now = at.timestamp()
    own.recent = [*_recent(own, at), now]
    own.last_at = at
    own.locked_until = at + LOCK if len(own.recent) >= FAILURES else None
    own.save()
    net.recent = [*_recent(net, at), now][-NETWORK_FAILURES:]
    net.last_at = at
    net.save()
    return ""


@transaction.atomic
def release(account: str, network: str, at: datetime) -> None:
    """The password was right: this account's row of failures from this network is over."""
    net = locked_row("", network, at)
    own = locked_row(account, network, at)
    if own.recent and own.recent[-1] in net.recent:
        net.recent.remove(own.recent[-1])
        net.save(update_fields=["recent"])
    own.recent, own.locked_until = [], None
    own.save(update_fields=["recent", "locked_until"])


def locked_row(account: str, network: str, at: datetime) -> LoginAttempt:
    """The row of an account (a digest) from a network, made when there is none, held until the transaction ends."""
    row, _ = LoginAttempt.objects.get_or_create(account=account, network=network, defaults={"last_at": at})
    return LoginAttempt.objects.select_for_update(no_key=True).get(pk=row.pk)


def _recent(row: LoginAttempt, at: datetime) -> list[float]:
    """Failures still inside the window; a lock outlasts it, so after a lock counting starts anew."""
    since = (at - WINDOW).timestamp()
    return [moment for moment in row.recent if moment > since]


def _lock(own: LoginAttempt, at: datetime) -> str:
    if own.locked_until and own.locked_until > at:
        until = f"{local(own.locked_until):%H:%M}"
        return f"在本网络连续 {FAILURES} 次登录失败,请在 {until} 以后再试,或请本中心安全管理员解锁"
    return ""


def _pause(own: LoginAttempt, net: LoginAttempt, at: datetime) -> str:
    """Slow down, never lock: an account attacked from elsewhere, or a network that tries many accounts.

    Somebody's first try from an untroubled network is never slowed, so nobody can be kept out from afar.
    """
    own_recent = _recent(own, at)
    last, wait = 0.0, 0
    if own_recent and _elsewhere(own, at) >= FAILURES:
        last, wait = own_recent[-1], min(LONGEST_PAUSE, 2 ** len(own_recent))
    elif len(_recent(net, at)) >= NETWORK_FAILURES:
        last, wait = net.recent[-1], NETWORK_PAUSE
    left = last + wait - at.timestamp()
    return f"尝试过于频繁,请 {max(1, round(left))} 秒后再试" if left > 0 else ""


def _elsewhere(own: LoginAttempt, at: datetime) -> int:
    others = LoginAttempt.objects.filter(account=own.account, last_at__gt=at - WINDOW).exclude(pk=own.pk)
    return sum(len(_recent(row, at)) for row in others)
