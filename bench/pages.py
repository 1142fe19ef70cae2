"""今日 and every page with a list: queries and server time with 30 and with 3,000 rows in the table it lists, 50 a page.

The same pages by the same people in two halls of one database: in the second every list is a hundred times as long. Pages
that list people are compared with a hall of 3,000 people. A page whose queries grow, or are more than 12, ends the bench.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from bench import Row

FEW, MANY = 30, 3_000
ROUNDS = 9
MOST_QUERIES = 12
LEADER, ASSESSOR, AUDITOR, CLERK, NOBODY = "周丽", "孙会", "审计员", "张敏", ""

# What it is, who opens it, where; `{center}`, `{batch}`, `{person}` are codes of the hall.
LISTS = (
    ("今日(窗口,当天值日)", CLERK, "/"),
    ("今日(中心负责人)", LEADER, "/"),
    ("今日(分管领导)", "王主任", "/"),
    ("今日(考核员)", ASSESSOR, "/"),
    ("今日(监督员)", "陈监督", "/"),
    ("消息", ASSESSOR, "/messages/"),
    ("文书", ASSESSOR, "/documents/"),
    ("值守", ASSESSOR, "/duty/"),
    ("巡查", ASSESSOR, "/duty/rounds/"),
    ("值守表", ASSESSOR, "/duty/roster/"),
    ("值守问题", ASSESSOR, "/duty/breaches/"),
    ("换班", LEADER, "/duty/swaps/"),
    ("请假", ASSESSOR, "/attendance/leaves/"),
    ("查岗", ASSESSOR, "/attendance/checks/"),
    ("补卡", ASSESSOR, "/attendance/corrections/"),
    ("打卡导入", ASSESSOR, "/attendance/imports/"),
    ("一批导入的有误行", ASSESSOR, "/attendance/imports/{batch}/"),
    ("编号对应", ASSESSOR, "/attendance/pins/"),
    ("考勤设备", ASSESSOR, "/attendance/devices/"),
    ("签到簿", ASSESSOR, "/attendance/register/"),
    ("一人的考勤", ASSESSOR, "/attendance/people/{person}/"),
    ("一人的考核", ASSESSOR, "/assessment/people/{person}/2026-09/"),
    ("异议", ASSESSOR, "/assessment/objections/"),
    ("弄虚作假认定", ASSESSOR, "/assessment/findings/"),
    ("更正", ASSESSOR, "/assessment/adjustments/"),
    ("大会议程", ASSESSOR, "/assessment/agenda/"),
    ("制度版本", ASSESSOR, "/rulebook/"),
    ("班子会决定", ASSESSOR, "/decisions/"),
    ("部门与窗口", ASSESSOR, "/center/structure/"),
    ("日历", ASSESSOR, "/calendar/"),
    ("审计", AUDITOR, "/audit/"),
    ("公示目录", NOBODY, "/p/{center}/"),
    ("总览", "王主任", "/overview/"),
    ("业务科", LEADER, "/section/"),
    ("办件", CLERK, "/cases/"),
    ("办件(超期)", LEADER, "/cases/?view=late"),
    ("首问登记", CLERK, "/reception/inquiries/"),
    ("大厅现在", LEADER, "/reception/queue/"),
)
PEOPLE = (
    ("今日(中心负责人,人多)", LEADER, "/"),
    ("今日(考核员,人多)", ASSESSOR, "/"),
    ("中心与人员", ASSESSOR, "/people/"),
    ("考勤月表", ASSESSOR, "/attendance/"),
    ("考核月份(待公示)", ASSESSOR, "/assessment/"),
    ("考核月份(已公示)", ASSESSOR, "/assessment/month/2026-09/"),
    ("年度考核", ASSESSOR, "/assessment/year/"),
    ("公示(外网)", NOBODY, "/p/{center}/2026-09/"),
    ("公示屏", ASSESSOR, "/board/{center}/posting/"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """How many queries, and the median of the server's time in milliseconds, template included."""

    queries: int
    time: float


def run() -> list[Row]:
    os.environ["SHOUWEN_DEMO_DATE"] = "2026-11-23"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench import town
    from bench.town.cases import cases_of

    small, tall, wide = town.build("小镇", FEW, FEW), town.build("高镇", FEW, MANY), town.build("宽镇", MANY, FEW)
    for hall, count in ((small, FEW), (tall, MANY), (wide, FEW)):
        cases_of(hall, count)
    rows = [compared(page, "行", small, tall) for page in LISTS]
    return rows + [compared(page, "人", small, wide) for page in PEOPLE]


def compared(page: tuple[str, str, str], unit: str, small: Any, large: Any) -> Row:
    title, who, url = page
    few, many = visit(small, who, url), visit(large, who, url)
    if few.queries != many.queries or many.queries > MOST_QUERIES:
        raise SystemExit(f"{title}:{FEW} {unit}时 {few.queries} 次查询,{MANY:,} {unit}时 {many.queries} 次")
    what = f"{title}:{many.queries} 次查询;{FEW} {unit} {few.time:.0f} 毫秒,{MANY:,} {unit}"
    return Row(what, many.time, "毫秒", f"≤ 50 毫秒、≤ {MOST_QUERIES} 次", "SQLite")


def visit(town: Any, who: str, url: str) -> Visit:
    """Warm, then counted, then timed."""
    from django.db import connection

    browser, address = opened_by(town, who), place(town, url)
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    opened(browser, address)
    with connection.execute_wrapper(note):
        opened(browser, address)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        opened(browser, address)
        times.append((perf_counter() - start) * 1000)
    return Visit(len(statements), median(times))


def opened_by(town: Any, who: str) -> Any:
    """The person's browser; for `NOBODY` a citizen's, without a session."""
    from django.test import Client

    return client(town.cast[who]) if who else Client()


def opened(browser: Any, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def client(member: Any) -> Any:
    """A browser in which the person has just logged in."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest
    from django.test import Client

    from shouwen.core import clock
    from shouwen.org import access

    request = HttpRequest()
    request.session = SessionStore()
    access.begin_session(request, member, member.user, clock.now())
    request.session.save()
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return browser


def place(town: Any, url: str) -> str:
    from shouwen.attendance.models import ImportBatch

    batch = ImportBatch.objects.of(town.center).order_by("-imported_at").first()
    return url.format(center=town.center.code, batch=batch.code if batch else "", person=town.people[-1].code)
