"""The trail: writing a record in its own transaction, and verifying a chain of 100,000."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

from bench import Row

RECORDS, SINGLE = 100_000, 500


def run() -> list[Row]:
    import django
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    call_command("migrate", verbosity=0)
    from shouwen.audit.actions import record
    from shouwen.audit.queries import verify
    from shouwen.core.actors import Actor

    by, at = Actor("system", label="系统"), datetime(2026, 11, 23, tzinfo=UTC)
    start = perf_counter()
    for number in range(SINGLE):
        record(by=by, at=at, verb="bench.single", label=f"第 {number} 条")
    single = SINGLE / (perf_counter() - start)
    with transaction.atomic():
        for number in range(SINGLE, RECORDS):
            record(by=by, at=at, verb="bench.many", label=f"第 {number} 条", detail={"from": "08:30", "to": "09:00"})
    start = perf_counter()
    report = verify(None)
    seconds = perf_counter() - start
    assert (report.rows, report.found) == (RECORDS, 0)
    return [
        Row("核对 10 万条审计链", seconds, "秒", "", "SQLite"),
        Row("写审计记录,每条一个事务、落盘(synchronous=FULL)", single, "条/秒", "", "SQLite"),
    ]
