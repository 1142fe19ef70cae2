"""Commands as people run them: real processes with a data folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def bare(data: Path, url: str) -> dict[str, str]:
    """The environment of a command: nothing of the test run's own settings."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("SHOUWEN_") and name != "DATABASE_URL"}
    found |= {
        "SHOUWEN_DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "shouwen.settings",
    }
    return found | ({"DATABASE_URL": url} if url else {})


class Databases:
    """Fresh databases on the run's PostgreSQL server; on SQLite there is nothing to make and every address is empty."""

    def __init__(self, worker: str) -> None:
        self.prefix = f"cli_{worker}_"

    def make(self, name: str, template: str = "template0") -> str:
        if connection.vendor != "postgresql":
            return ""
        source = template if template == "template0" else self.prefix + template
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.prefix}{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.prefix}{name}" TEMPLATE "{source}"')
        return f"postgres://shouwen@/{self.prefix}{name}?host={connection.settings_dict['HOST']}"


@pytest.fixture(scope="session")
def databases(worker_id: str, django_db_blocker) -> Iterator[Databases]:
    with django_db_blocker.unblock():
        yield Databases(worker_id)


@pytest.fixture
def environment(tmp_path: Path, databases: Databases) -> dict[str, str]:
    """An empty data folder and, when the run is on PostgreSQL, an empty database."""
    return bare(tmp_path / "data", databases.make("one"))


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """`run("verify")` runs `shouwen verify` and returns its ended process; `data=` is another data folder, `stdin=` its input."""

    def start(*words: str, data: Path | None = None, stdin: str = "", url: str = "") -> subprocess.CompletedProcess[str]:
        changed = environment | ({"SHOUWEN_DATA_DIR": str(data)} if data else {}) | ({"DATABASE_URL": url} if url else {})
        command = [sys.executable, "-m", "shouwen", *words]
        return subprocess.run(
            command, env=changed, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=120, check=False
        )

    return start


MAKE_A_HALL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from shouwen.audit.actions import record
from tests import factories
cast = factories.cast()
for _ in range(5):
    record(by=factories.actor(cast.zhou), at=factories.AT, verb="org.test")
"""


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Path:
    """A migrated hall with two centres, their people and a trail; made once, copied for each test."""
    data = tmp_path_factory.mktemp("hall") / "data"
    settings = bare(data, databases.make("hall"))
    done = subprocess.run(
        [sys.executable, "-c", MAKE_A_HALL], env=settings, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return data


@pytest.fixture
def hall(pattern: Path, environment: dict[str, str], databases: Databases) -> dict[str, str]:
    """The environment, now with a hall of the test's own in it."""
    shutil.copytree(pattern, environment["SHOUWEN_DATA_DIR"])
    databases.make("one", template="hall")
    return environment


@pytest.fixture
def elsewhere(tmp_path: Path, databases: Databases) -> dict[str, Any]:
    """Where to restore to: an empty folder and, on PostgreSQL, an empty database; keywords for `run`."""
    return {"data": tmp_path / "restored", "url": databases.make("two")}
