"""The application's role may add to the trail and read it, no more (等保 8.1.4.3 c-d): the SQL of docs/operate/audit.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from shouwen.audit import queries

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "operate" / "audit.md"
GRANTS = re.search(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.S)[1]


@pytest.fixture
def as_application(hall):
    """On PostgreSQL, the rest of the test runs as the application's role; SQLite knows no roles."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE shouwen_app")
        cursor.execute(GRANTS)
        cursor.execute("SET LOCAL ROLE shouwen_app")


def test_page_takes_change_and_deletion_of_records_from_the_application():
    revoked = dict(re.findall(r"REVOKE (.*?) ON (\w+) FROM shouwen_app;", GRANTS))
    assert revoked == {"UPDATE, DELETE, TRUNCATE": "audit_record", "DELETE, TRUNCATE": "audit_head"}


def test_application_can_write_and_read_the_trail(as_application, write, hall):
    write(2)
    assert queries.verify(hall) == queries.Report(hall.pk, rows=2, found=0, problems=[])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET label = 'x' WHERE 1 = 1",
        "DELETE FROM audit_record WHERE 1 = 1",
        "DELETE FROM audit_head WHERE 1 = 1",
    ],
)
def test_application_cannot_change_the_trail_unseen(as_application, write, sql, hall, statement):
    write(2)
    refused = ""
    try:
        with transaction.atomic():
            sql(statement)
    except ProgrammingError as error:
        refused = error.__cause__.sqlstate
    # Without roles (SQLite) the change goes through, and is found.
    expected = ("42501", 0) if connection.vendor == "postgresql" else ("", 1)
    assert (refused, min(queries.verify(hall).found, 1)) == expected
