"""100,000 lines of a terminal, read and stored in SQLite in one transaction (bar: 10 s, 300 MB)."""

from __future__ import annotations

import resource
import time
from datetime import UTC, date, datetime, timedelta

import django

from bench import Row

PEOPLE, DAYS, LINES = 100, 250, 100_000
TIMES = ((8, 21), (12, 3), (13, 52), (17, 34))


def lines() -> bytes:
    """A terminal's export: 100 people, 250 days, four punches a day, in order of time."""
    first = date(2026, 1, 1)
    found = []
    for number in range(DAYS):
        day = first + timedelta(days=number)
        for hour, minute in TIMES:
            found += [
                f"{pin:04d}\t{day} {hour:02d}:{(minute + pin) % 60:02d}:{pin % 60:02d}\t255\t15\t0\t0\t0\r\n"
                for pin in range(1, PEOPLE + 1)
            ]
    return "".join(found).encode()


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    from shouwen.attendance import actions
    from shouwen.core.actors import system
    from shouwen.org.models import Center

    call_command("migrate", verbosity=0)
    at = datetime(2026, 11, 23, tzinfo=UTC)
    center = Center.objects.create(name="青山镇便民服务中心", short_name="青山镇", report_phone="0731-8800001", created_at=at)
    by = system(center)
    device = actions.add_device(name="大厅考勤机", kind="terminal", by=by, at=at)
    data = lines()
    rows = []
    for what in ("导入 10 万行打卡(含解析)", "再次导入同一文件(不增一行)"):
        start = time.perf_counter()
        batch = actions.import_punches(device=device, data=data, file_name="attlog.dat", by=by, at=at)
        rows.append(Row(what, time.perf_counter() - start, "秒", "≤ 10 秒", "SQLite"))
        assert batch.good == LINES
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*rows, Row("导入时的内存峰值", memory, "MB", "≤ 300 MB", "SQLite")]
