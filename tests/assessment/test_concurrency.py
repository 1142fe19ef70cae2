"""Two assessors close one month at once: one wins, nothing doubled. Killed in the middle: nothing half-done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from shouwen.assessment.models import CollectedFact, Entry, Month, MonthResult
from tests import factories
from tests.assessment import scenes

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES = 3
CLOSER = """
import sys
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from datetime import UTC, datetime
from shouwen.cli.close_month import acting, close
from shouwen.core.errors import Refused
from datetime import date

at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
by = acting(sys.argv[2], sys.argv[3], at)
print("ready", flush=True)
sys.stdin.readline()
try:
    print(close(date(2026, 10, 1), "frozen", by=by, at=at).state)
except Refused as refused:
    print(refused.message)
"""


@pytest.fixture
def hall(transactional_db):
    """A centre with three assessors, the founding rulebook and six offences of 李明 in October, committed."""
    from shouwen.core.actors import system
    from shouwen.rulebook import actions as rulebook

    cast = factories.cast()
    for number in range(1, PROCESSES):
        factories.member(cast.center, f"考核员{number}", roles=("assessor",), username=f"assessor{number}")
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=factories.MADE_AT)
    scenes.offend(cast.li, "games", 6)
    return cast


def start(center, account: str) -> subprocess.Popen:
    command = [sys.executable, "-c", CLOSER, str(connection.settings_dict["NAME"]), center.code, account]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def test_1_2_two_who_close_at_once_one_wins_and_nothing_is_doubled(hall):
    accounts = ["sunhui", *(f"assessor{number}" for number in range(1, PROCESSES))]
    started = [start(hall.center, account) for account in accounts]
    ended = [process.communicate("\n", timeout=60) for process in _go(started)]
    said = sorted(out.splitlines()[-1] for out, _ in ended)
    assert [error for _, error in ended] == [""] * PROCESSES
    assert said.count("frozen") == 1
    assert ["已被他人处理" in text for text in said if text != "frozen"] == [True] * (PROCESSES - 1)
    month = Month.objects.of(hall.center).get()
    assert (month.state, scenes.total(month, "李明")) == ("frozen", 2)
    assert Entry.objects.of(hall.center).count() == 6
    assert CollectedFact.objects.of(hall.center).count() == 6


def _go(started):
    """All at the same moment."""
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    return started


@pytest.mark.parametrize("wait", [0.02, 0.08, 0.15, 0.25])
def test_kill_9_during_closing_leaves_nothing_half_done(hall, wait):
    process = start(hall.center, "sunhui")
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    months = list(Month.objects.of(hall.center))
    entries, results = Entry.objects.of(hall.center).count(), MonthResult.objects.of(hall.center).count()
    assert [month.collected_at is None for month in months] in ([], [False])
    assert (entries, results > 0) == ((0, False) if not months else (6, True))
    assert [month.state for month in months] in ([], ["provisional"], ["frozen"])
