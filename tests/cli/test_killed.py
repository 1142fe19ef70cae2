"""Power cuts: the real commands, killed with SIGKILL at random moments, leave nothing half-done and can be run again."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.cli.conftest import ROOT

KILLS, LINES, SEED = 5, 8_000, 20261009
# What a month needs to be closed: the founding rulebook, opening hours, and six offences of 李明 in October.
PREPARE = """
import django; django.setup()
from datetime import date
from shouwen.core.actors import system
from shouwen.org.models import Center, Member
from shouwen.rulebook.actions import adopt_founding
from tests import factories
from tests.assessment import scenes
center = Center.objects.get(short_name="青山镇")
adopt_founding(center=center, active_from=date(2026, 1, 1), by=system(center), at=factories.MADE_AT)
scenes.open_doors(center)
scenes.offend(Member.objects.select_related("center").get(center=center, name="李明"), "games", 6)
print(center.code)
"""


@pytest.fixture
def at_work(hall: dict[str, str]) -> dict[str, str]:
    return hall | {"SHOUWEN_DEMO_DATE": "2026-11-23"}


def begin(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "shouwen", *words]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def seen(environment: dict[str, str], *tables: str) -> tuple[int, ...]:
    """How many rows the tables have, asked past Django."""
    with closing(connected(environment)) as connection:
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def connected(environment: dict[str, str]) -> Any:
    if url := environment.get("DATABASE_URL"):
        parts = urlsplit(url)
        return psycopg.connect(user=parts.username, dbname=parts.path.lstrip("/"), host=parse_qs(parts.query)["host"][0])
    return sqlite3.connect(Path(environment["SHOUWEN_DATA_DIR"]) / "shouwen.sqlite3")


def punches() -> bytes:
    """One bad line and so many punches of three people, each second once."""
    lines = [
        f"{number % 3 + 1}\t2026-10-{number % 28 + 1:02d} {8 + number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}\t255\t15"
        for number in range(LINES)
    ]
    return "\r\n".join(["nonsense", *lines, ""]).encode()


def bring(environment: dict[str, str], pipe: Path, center: str) -> subprocess.Popen[str]:
    """The file is a pipe: the work begins at the moment the last byte is written."""
    process = begin(environment, "import-punches", str(pipe), "--center", center)
    pipe.write_bytes(punches())
    return process


def duration(process: subprocess.Popen[str]) -> float:
    """Seconds until it ends, when nobody kills it."""
    began = time.monotonic()
    assert process.wait(timeout=120) == 0, process.communicate()
    return time.monotonic() - began


def kill(process: subprocess.Popen[str], after: float) -> None:
    time.sleep(after)
    process.kill()
    process.communicate()


def test_a_killed_import_left_nothing_and_the_next_one_brings_everything(at_work, tmp_path):
    pipe, moments, left = tmp_path / "attlog.dat", random.Random(SEED), []
    os.mkfifo(pipe)
    usual = duration(bring(at_work, pipe, "白河镇"))
    tables = ("attendance_punch", "attendance_importbatch", "attendance_quarantineline")
    for _ in range(KILLS):
        kill(bring(at_work, pipe, "青山镇"), moments.uniform(0, usual))
        left.append(seen(at_work, *tables))
    duration(bring(at_work, pipe, "青山镇"))
    # All lines of the file or none, and each kept file with its one bad line.
    assert [(count % LINES, files == bad) for count, files, bad in left] == [(0, True)] * KILLS
    assert seen(at_work, "attendance_punch") == (2 * LINES,)
    assert begin(at_work, "verify").wait(timeout=60) == 0


def test_a_killed_closing_left_the_month_at_a_whole_step(at_work):
    prepared = subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=at_work, capture_output=True, text=True, check=True
    )
    words = ("--center", prepared.stdout.strip(), "--by", "sunhui")
    usual = duration(begin(at_work, "close-month", "2026-09", *words))
    moments, left, tables = random.Random(SEED), [], ("assessment_month", "assessment_entry", "assessment_collectedfact")
    before = seen(at_work, *tables)
    for moment in sorted(moments.uniform(0.4, 0.95) for _ in range(KILLS)):
        kill(begin(at_work, "close-month", "2026-10", *words), moment * usual)
        left.append(seen(at_work, *tables))
    begin(at_work, "close-month", "2026-10", *words).communicate()
    assert set(left) <= {before, seen(at_work, *tables)}
    assert seen(at_work, "assessment_month WHERE state = 'frozen'") == (2,)
    assert begin(at_work, "verify").wait(timeout=60) == 0
