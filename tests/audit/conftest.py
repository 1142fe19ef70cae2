"""A data folder for every test, so that anchors never meet; and a hand for tampering.

This file is read before Django is set up: what needs models is imported where it is used.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

AT = datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def hall(db):
    """青山镇便民服务中心, without people."""
    from tests import factories

    return factories.center()


@pytest.fixture
def by(hall):
    """The system, acting for the hall."""
    from shouwen.core import actors

    return actors.system(hall)


@pytest.fixture
def write(by):
    """`write(3)` appends three records to the hall's chain."""
    from shouwen.audit.actions import record

    def write(count: int) -> None:
        for number in range(count):
            record(by=by, at=AT, verb="demo.thing.do", label=f"第{number}件", detail={"number": number})

    return write


@pytest.fixture
def sql(hall):
    """`sql("UPDATE audit_record …", 3)`: what somebody with the database's password can do; the last parameter is the hall."""
    from django.db import connection

    key = hall.pk.hex if connection.vendor == "sqlite" else hall.pk

    def run(statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} AND center_id = %s", [*values, key])

    return run
