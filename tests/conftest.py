"""The test run: a data folder and a database of its own, the standing cast, and a client for each of them.

`--database=postgres` (or TEST_DATABASE=postgres) starts a PostgreSQL server for the run; the default is SQLite in a file.
Pages see the clock stand still at 2026-11-23 09:12 local; actions are told `at`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import hypothesis
import pytest
from django.conf import settings

from tests.postgres import Cluster

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# A worker's folder lies in the one of the run, which goes with the run.
RUN_DIR = Path(os.environ["TEST_RUN_DIR"], WORKER) if WORKER else Path(tempfile.mkdtemp(prefix="shouwen-test-"))
# A busy machine is no fault of the code: nothing here fails for being slow.
hypothesis.settings.register_profile("shouwen", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("shouwen")
AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], help="which database the tests use, default TEST_DATABASE or sqlite"
    )


def wanted_database() -> str:
    """`--database`, read before pytest does: the models must be there when the folders' own conftests are imported."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--database", default=os.environ.get("TEST_DATABASE", "sqlite"))
    chosen: str = parser.parse_known_args()[0].database
    return chosen


def prepare() -> None:
    """Environment, database, Django, in this order. Each worker has a data folder of its own and shares the one server."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="shouwen.settings", SHOUWEN_DATA_DIR=str(RUN_DIR / "data"), SHOUWEN_DEMO_DATE="2026-11-23"
    )
    os.environ.pop("SHOUWEN_DEMO_EPOCH", None)
    if not WORKER:
        os.environ.pop("DATABASE_URL", None)
        os.environ["TEST_RUN_DIR"] = str(RUN_DIR)
        atexit.register(shutil.rmtree, RUN_DIR, ignore_errors=True)
        if wanted_database() == "postgres":
            cluster = Cluster()
            atexit.register(cluster.stop)
            os.environ["DATABASE_URL"] = cluster.url
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"] = {"NAME": str(RUN_DIR / "test.sqlite3")}
        default["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    django.setup()


prepare()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """The workers must come here before they know the settings, as this process did."""
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_configure(config: pytest.Config) -> None:
    # Every statement of every test must name one centre (house.md T22).
    config.pluginmanager.register(import_module("tests.tenancy_check"), "tenancy_check")


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
