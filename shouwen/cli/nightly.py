"""`shouwen nightly`: work the open months out again, write next month's duty, close the queue's day, anchor the trail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from shouwen.assessment import actions as assessment
from shouwen.assessment import queries as reads
from shouwen.audit import actions as audit
from shouwen.cases import actions as cases
from shouwen.cli import orphans
from shouwen.cli.parser import Parser, day
from shouwen.core import clock
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.duty import actions as duty
from shouwen.org import queries as org
from shouwen.reception import actions as reception

log = logging.getLogger("shouwen.nightly")
# The next month's duty is written from this day of the month on.
ROSTER_DAY = 20


def main(argv: list[str]) -> int:
    """Idempotent: a second run changes nothing; after days without one, one run catches up."""
    parser = Parser(
        "nightly", "每夜的工作:重算考勤,记下值班漏项,收集考核事实,排好下月值班,结束忘记点办完的号并学习办理时长,给审计链留锚。"
    )
    parser.add_argument(
        "--from", dest="start", type=day, metavar="日期", help="从哪天算起,默认上月一日,停机更久的从没有截止的月份起"
    )
    parser.add_argument("--to", dest="end", type=day, metavar="日期", help="算到哪天(含),默认昨天")
    arguments = parser.parse_args(argv)
    return 0 if run(clock.now(), arguments.start, arguments.end) else 1


def run(at: datetime, start: date | None = None, end: date | None = None) -> bool:
    """Every centre's night, then the anchors and the files nobody names; False when a centre failed."""
    today = clock.local(at).date()
    last = end or today - timedelta(days=1)
    if start is not None and last < start:
        raise Refused(f"起止日期颠倒:{start} 至 {last}")

    def night(by: Actor, at: datetime) -> None:
        first = start or open_since(by.center, today)
        duty.sweep(start=first, end=last, by=by, at=at)
        for month in months(first, end or today):
            collect(month, by, at)
        if today.day >= ROSTER_DAY:
            duty.fill_month(month=after(today), by=by, at=at)
        reception.close_day(by=by, at=at)
        reception.learn(by=by, at=at)
        cases.move_task_dates(by=by, at=at)
        cases.sweep_follow_ups(by=by, at=at)

    whole = each_center(at, night)
    audit.anchor(by=Actor(kind="system", label="系统"), at=at)
    orphans.sweep()
    return whole


def open_since(center: Any, today: date) -> date:
    """From where a night looks: the month before, or, after months without one, the first month not settled yet (a year at most)."""
    settled = reads.latest_settled(center)
    waiting = after(settled) if settled else reads.first_open_month(center)
    return max(min(before(today), waiting or today), today.replace(year=today.year - 1, day=1))


def collect(month: date, by: Actor, at: datetime) -> None:
    """Slots, facts and ledger of a month ("1.1"); a month without a rulebook in force is nobody's fault ("1.10")."""
    try:
        assessment.collect(month=month, by=by, at=at)
    except Refused as refused:
        log.info("%s %s: %s", by.center.code, month, refused.message)


def each_center(at: datetime, work: Callable[[Actor, datetime], None]) -> bool:
    """Do the work in every centre as the system; one that fails is logged and the others go on."""
    whole = True
    for center in org.centers():
        try:
            work(system(center), at)
        except Exception:
            log.exception("%s: %s", center.code, work.__name__)
            whole = False
    return whole


def months(first: date, last: date) -> list[date]:
    """The first days of the months that the days from `first` to `last` lie in."""
    found = []
    while first <= last:
        found.append(first.replace(day=1))
        first = after(first)
    return found


def before(day: date) -> date:
    """The first of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def after(day: date) -> date:
    """The first of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
