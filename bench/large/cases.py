"""Case list and search with very many cases: queries, median and 95 % of the server's time, template included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import quantiles
from time import perf_counter
from typing import Any

from bench import Row
from bench.__main__ import show
from bench.pages import client

ROUNDS, MOST_QUERIES, PAGES_ON = 21, 12, 20
NEXT = re.compile(r"after=([\w=-]+)\"")
BAR = "中位 ≤ 50、95% ≤ 100 毫秒"


def run(count: int) -> Iterator[str]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    from bench import town
    from bench.town.cases import cases_of
    from shouwen.org.models import Department

    begun = perf_counter()
    hall = town.build("大镇", 30, 30)
    codes = cases_of(hall, count)
    database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    yield show(Row(f"{count:,} 件:造数据", perf_counter() - begun, "秒", "", database))
    browser = client(hall.cast["周丽"])
    unit = Department.objects.of(hall.center).order_by("name").first().code
    for what, query in lists(browser, unit):
        yield show(timed(f"{count:,} 件:{what}", lambda query=query: browser.get(f"/cases/?{query}"), database))
    for text in (codes[3], codes[3][:7], "王秀兰", "秀兰", "王", "0042", "13800000042", "第7项"):
        sent = {"q": text, "stay": "1"}
        yield show(timed(f"{count:,} 件:查找“{text}”", lambda sent=sent: browser.post("/search/", sent), database))


def lists(browser: Any, unit: str) -> Iterator[tuple[str, str]]:
    for view, label in (
        ("open", "在办"),
        ("mine", "我负责的"),
        ("late", "已超期"),
        ("soon", "临期"),
        ("ended", "已结束"),
        ("all", "全部"),
    ):
        yield f"办件列表（{label}）", f"view={view}"
    yield "办件列表（一个部门的全部）", f"view=all&department={unit}"
    yield "办件列表（姓名含“秀兰”）", "view=all&name=秀兰"
    after = ""
    for _ in range(PAGES_ON):
        page = browser.get(f"/cases/?view=all&after={after}").content.decode()
        after = NEXT.findall(page)[-1]
    yield f"办件列表（全部，第 {PAGES_ON} 页以后）", f"view=all&after={after}"


def timed(what: str, visit: Any, database: str) -> Row:
    """Warm, then counted, then timed. Raises SystemExit for a page that fails or asks too much."""
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    visit()
    with connection.execute_wrapper(note):
        answer = visit()
    if answer.status_code != 200 or len(statements) > MOST_QUERIES:
        raise SystemExit(f"{what}: {answer.status_code}, {len(statements)} 次查询")
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        visit()
        times.append((perf_counter() - start) * 1000)
    cuts = quantiles(times, n=20)
    return Row(f"{what}:{len(statements)} 次查询,95% 快于 {cuts[-1]:.0f} 毫秒;中位", cuts[9], "毫秒", BAR, database)
