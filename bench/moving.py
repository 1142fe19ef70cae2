"""A changed calendar over a hundred thousand open cases, in the database: every date anew, an entry with its reason for each. Bar: 15 s."""

from __future__ import annotations

import os
from time import perf_counter

from bench import Row

CASES = 100_000


def run() -> list[Row]:
    os.environ["SHOUWEN_DEMO_DATE"] = "2026-11-23"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench import town
    from bench.town.cases import cases_of
    from shouwen.cases.actions import move_dates
    from shouwen.cases.models import Event
    from shouwen.core import clock
    from shouwen.core.actors import system

    hall = town.build("大镇", 30, 30)
    cases_of(hall, CASES, open_one_in=1)
    taken = []
    # The dates as laid are nobody's calendar, so the first time all move; the second time all are looked at and stay.
    for _ in range(2):
        start = perf_counter()
        moved = move_dates(reason="国务院办公厅通知", by=system(hall.center), at=clock.now())
        taken.append((perf_counter() - start, moved))
    (first, moved), (again, none) = taken
    told = Event.objects.of(hall.center).filter(kind="move_dates").exclude(words="").count()
    if (moved, none) != (told, 0) or moved < CASES * 9 // 10:
        raise SystemExit(f"应有 {CASES:,} 件改期、各一行理由：{moved:,} 件改期，{told:,} 行理由，再算又改 {none:,} 件")
    what = f"日历有变，库里 {CASES:,} 个在办件重算"
    return [
        Row(f"{what}（{moved:,} 件改期，各记一行理由）", first, "秒", "≤ 15 秒", "SQLite"),
        Row(f"{what}（都不变）", again, "秒", "≤ 15 秒", "SQLite"),
    ]
