"""Working-day additions a second, on one core, over starts spread across 2004–2026."""

from __future__ import annotations

import time
from datetime import date, timedelta

from bench import Row
from shouwen.cli.eval_workdays import shipped_table

ADDITIONS = 400_000


def run() -> list[Row]:
    table = shipped_table()
    starts = [date(2004, 1, 1) + timedelta(days=index * 7 % 8000) for index in range(ADDITIONS)]
    began = time.perf_counter()
    for index, start in enumerate(starts):
        table.add(start, index % 45)
    seconds = time.perf_counter() - began
    return [Row("工作日推算", ADDITIONS / seconds, "次/秒")]
