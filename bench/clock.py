"""Readings of a clock a second, and 100,000 open cases after a change of the calendar (bar: 5 s), on one core."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from time import perf_counter

from bench import Row
from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import CaseClock, Event, Limit, OpenClock, read, read_case, recompute
from shouwen.rules.workdays import ZONE, DayTable, OpeningHours, StatutoryDay

READINGS, CASES = 50_000, 100_000
HOURS = (OpeningHours(date(2004, 1, 1), ((time(8, 30), time(12)), (time(14), time(17, 30)))),)
FIRST, CHANGED = date(2026, 8, 20), date(2026, 10, 10)
ONE = timedelta(days=1)


def paused(start: date) -> tuple[Event, ...]:
    return Event("pause", start + 2 * ONE), Event("resume", start + 7 * ONE)


def per_second(table: DayTable, limit: Limit, *, pause: bool) -> float:
    starts = [date(2019, 1, 1) + ONE * (index % 2500) for index in range(READINGS)]
    asked = [(start, paused(start) if pause else (), start + 9 * ONE) for start in starts]
    began = perf_counter()
    for start, events, at in asked:
        read(table, start, limit, events, at)
    return READINGS / (perf_counter() - began)


def cases_per_second(table: DayTable) -> float:
    moments = [datetime(2019, 1, 1, 10, tzinfo=ZONE) + ONE * (index % 2500) for index in range(READINGS)]
    clocks = [(CaseClock(at, Limit(5), Limit(20), paused(at)), at + 9 * ONE) for at in moments]
    began = perf_counter()
    for clock, at in clocks:
        read_case(table, clock, at)
    return READINGS / (perf_counter() - began)


def recomputed(table: DayTable) -> tuple[float, int]:
    """Every fifth case was paused, every third is a promise; the make-up Saturday 10-10 becomes a day of rest."""
    days = {day.date: day for day in table.days} | {CHANGED: StatutoryDay(CHANGED, False, "国庆节")}
    new = DayTable(days.values(), known_from=table.known_from, known_until=table.known_until).for_center(hours=HOURS)
    rows = []
    for index in range(CASES):
        start = FIRST + ONE * (index % 50)
        rows.append(OpenClock(index, start, Limit(5 + index % 40), paused(start) if index % 5 == 0 else (), index % 3 == 0))
    began = perf_counter()
    moved = recompute(table, new, rows, CHANGED - ONE)
    return perf_counter() - began, len(moved)


def run() -> list[Row]:
    table = shipped_table().for_center(hours=HOURS)
    seconds, moved = recomputed(table)
    assert moved > CASES // 2
    return [
        Row("读一个办件时钟(20 个工作日)", per_second(table, Limit(20), pause=False), "次/秒"),
        Row("读一个办件时钟(暂停过一次)", per_second(table, Limit(20), pause=True), "次/秒"),
        Row("读一个办件时钟(40 个工作小时)", per_second(table, Limit(40, "hour"), pause=False), "次/秒"),
        Row("读一个办件的承诺、法定两个时钟(暂停过一次)", cases_per_second(table), "次/秒"),
        Row(f"日历改一天,重算 {CASES:,} 个在办时钟({moved:,} 个改期,各有一行理由)", seconds, "秒", "≤ 5 秒"),
    ]
