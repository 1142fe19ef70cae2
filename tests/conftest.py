"""The test run: a data folder and a database of its own, the standing cast, and a client for each of them.

`--database=postgres` (or TEST_DATABASE=postgres) starts a PostgreSQL server for the run; the default is SQLite in a file.
Pages see the clock stand still at 2026-11-23 09:12 local; actions are told `at`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import pytest

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
RUN_DIR = Path(tempfile.mkdtemp(prefix="shouwen-test-"))

# Before Django reads them. Each worker has a data folder of its own.
os.environ.update(
    DJANGO_SETTINGS_MODULE="shouwen.settings",
    SHOUWEN_DATA_DIR=str(RUN_DIR / "data"),
    SHOUWEN_DEMO_DATE="2026-11-23",
)
os.environ.pop("SHOUWEN_DEMO_EPOCH", None)
if not IS_WORKER:
    os.environ.pop("DATABASE_URL", None)

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    default = os.environ.get("TEST_DATABASE", "sqlite")
    parser.addoption("--database", choices=["sqlite", "postgres"], default=default, help="which database the tests use")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "postgres" and not IS_WORKER:
        from tests.postgres import Cluster

        config.cluster = Cluster()
        os.environ["DATABASE_URL"] = config.cluster.url
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"] = {"NAME": str(RUN_DIR / "test.sqlite3")}
        default["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    django.setup()
    # Once there are models: every statement of every test must name one centre (house.md T22).
    config.pluginmanager.register(import_module("tests.tenancy_check"), "tenancy_check")


def pytest_unconfigure(config: pytest.Config) -> None:
    if cluster := getattr(config, "cluster", None):
        cluster.stop()
    shutil.rmtree(RUN_DIR, ignore_errors=True)


@pytest.fixture
def at() -> datetime:
    """Monday 2026-11-23 09:00 local, a working day."""
    return AT


@pytest.fixture
def cast(db):
    """Everybody of the standing cast and both centres; see `factories.Cast`."""
    from tests import factories

    return factories.cast()


@pytest.fixture
def center(cast):
    """青山镇便民服务中心."""
    return cast.center


@pytest.fixture
def other_center(cast):
    """白河镇便民服务中心, whose 赵强 must see nothing of the first."""
    return cast.other_center


@pytest.fixture
def zhou(cast):
    """周丽, counter 1, leads the office (leader)."""
    return cast.zhou


@pytest.fixture
def zhang(cast):
    """张敏, counter 2 (clerk)."""
    return cast.zhang


@pytest.fixture
def li(cast):
    """李明, counter 3 (clerk)."""
    return cast.li


@pytest.fixture
def wang(cast):
    """王主任 (director)."""
    return cast.wang


@pytest.fixture
def chen(cast):
    """陈监督 (supervisor)."""
    return cast.chen


@pytest.fixture
def sun(cast):
    """孙会 of the party-government office (assessor)."""
    return cast.sun


@pytest.fixture
def zhao(cast):
    """赵强, counter 1 of the OTHER centre (leader there)."""
    return cast.zhao


@pytest.fixture
def actor() -> Callable:
    """`actor(member)` is the `core.actors.Actor` that person acts as."""
    from tests import factories

    return factories.actor


@pytest.fixture
def client_for(db) -> Callable:
    """`client_for(member)` is a Django test client with that person just logged in."""
    from tests import factories

    return factories.client
