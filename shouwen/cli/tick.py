"""`shouwen tick`: what must happen each minute; once a day, after half past midnight, the nightly work as well."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from shouwen.cases import actions as cases
from shouwen.cli import nightly
from shouwen.cli.parser import Parser
from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.duty import actions as duty
from shouwen.notifications import actions as notifications
from shouwen.reception import actions as reception

NIGHT = time(0, 30)


def main(argv: list[str]) -> int:
    """One tick. The second of two at once does nothing; a centre that fails does not keep the others waiting."""
    parser = Parser("tick", "每分钟的工作:发出到期的消息,记下到点未办的值班事项。shouwen serve 会自动做。")
    parser.add_argument("--check", action="store_true", help="只看数据库是否可用,不做事")
    if parser.parse_args(argv).check:
        return 0
    handle = os.open(Path(settings.DATA_DIR) / "tick.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        at = clock.now()
        whole = nightly.each_center(at, minute)
        if night_is_due(lock.read(), at):
            # Noted before it runs: a night that fails is told once, and the next one catches up.
            lock.seek(0)
            lock.write(f"{clock.local(at):%Y-%m-%d}")
            lock.flush()
            whole &= nightly.run(at)
    return 0 if whole else 1


def minute(by: Actor, at: datetime) -> None:
    """What today's duty has missed by now ("1.3.4", "1.3.5", "1.3.6"), matters nobody took or that slip ("4.2"),
    limits that ran out ("3.3"), and the messages."""
    today = clock.local(at).date()
    duty.sweep(start=today, end=today, by=by, at=at)
    reception.sweep(by=by, at=at)
    cases.sweep(by=by, at=at)
    cases.sweep_joint(by=by, at=at)
    cases.run_batches(by=by, at=at)
    notifications.deliver_due(by=by, at=at)


def night_is_due(last: str, at: datetime) -> bool:
    """True once a local day, from half past midnight on; `last` is the day of the last night."""
    now = clock.local(at)
    return now.time() >= NIGHT and last != f"{now:%Y-%m-%d}"
