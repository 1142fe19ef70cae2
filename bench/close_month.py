"""Closing a month of 30 people with a terminal's punches and sixty-six late arrivals: collect, count, freeze, confirm, post. Bar: 0.5 s."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from bench import Row

PEOPLE, ROUNDS = 30, 5
MONTH = date(2026, 10, 1)
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
CLOCKS = ("08:21:05", "12:02:11", "13:55:40", "17:33:09")


def ready() -> None:
    """A fresh database."""
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)


def run() -> list[Row]:
    ready()
    taken = [close(hall(number)) for number in range(ROUNDS)]
    each = f"{PEOPLE} 人的月份(每次一个新中心,{ROUNDS} 次的中位)"
    return [
        Row(f"冻结并公示一个 {each}", median(both for both, _, _ in taken), "秒", "≤ 0.5 秒", "SQLite"),
        Row("其中冻结:重新判定考勤、归集、计分、记账", median(frozen for _, frozen, _ in taken), "秒", "", "SQLite"),
    ]


def close(center: Any) -> tuple[float, float, Any]:
    """Seconds of freezing and posting, of freezing alone, and the posted month. Everything is collected anew in freezing."""
    from shouwen.assessment import actions, queries
    from shouwen.core.actors import Actor
    from shouwen.org.models import Member

    def actor(number: str, role: str) -> Actor:
        member = Member.objects.of(center).get(staff_no=number)
        return Actor("member", center=center, member=member, label=member.name, roles=frozenset({role}))

    assessor, leader = actor("1", "assessor"), actor("2", "leader")
    month = actions.collect(month=MONTH, by=assessor, at=AT)
    start = perf_counter()
    month = actions.freeze(month=month, by=assessor, at=AT)
    frozen = perf_counter()
    for result in queries.unconfirmed(month):
        actions.confirm_result(result=result, by=leader, at=AT)
    actions.post(month=month, by=assessor, at=AT)
    done = perf_counter()
    month.refresh_from_db()
    assert len(queries.posted_month(center, MONTH).people) == PEOPLE  # type: ignore[union-attr]
    return done - start, frozen - start, month


def hall(number: int) -> Any:
    """A hall with people, hours, a terminal and a month of punches; every tenth punch in the morning is late."""
    from shouwen.attendance import actions as attendance
    from shouwen.core.actors import system
    from shouwen.org.models import Center, Department, Member, Membership
    from shouwen.rulebook import actions as rulebook
    from shouwen.workcalendar import actions as workcalendar
    from shouwen.workcalendar.queries import HoursDraft, day_table

    center = Center.objects.create(name=f"第{number}中心", short_name="某镇", report_phone="0731-8800001", created_at=AT)
    by, since = system(center), date(2026, 1, 1)
    sessions = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    workcalendar.set_hours(draft=HoursDraft("全年", since, None, sessions), by=by, at=AT)
    rulebook.adopt_founding(center=center, active_from=since, by=by, at=AT)
    units = [Department(center=center, name=f"第{index}科", short_name=f"{index}科", active_from=since) for index in range(7)]
    people = [
        Member(center=center, name=f"人员{index}", staff_no=str(index), joined_date=since) for index in range(1, PEOPLE + 1)
    ]
    Department.objects.bulk_create(units)
    Member.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(center=center, member=one, department=units[index % 7], active_from=since)
        for index, one in enumerate(people)
    )
    device = attendance.add_device(name="考勤机", kind="terminal", by=by, at=AT - timedelta(days=90))
    rows = []
    for index, day in enumerate(day_table(center).month_days("2026-10")):
        for place, person in enumerate(people):
            clocks = ("08:34:10", *CLOCKS[1:]) if (index + place) % 10 == 0 else CLOCKS
            rows += [f"{person.staff_no}\t{day} {clock}\t255\t15\t0\t0\t0\r\n" for clock in clocks]
    attendance.import_punches(data="".join(rows).encode(), device=device, file_name="attlog.dat", synced_until=AT, by=by, at=AT)
    return center
