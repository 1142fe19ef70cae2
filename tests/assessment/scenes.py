"""Offences as the areas report them, months brought to a state, and results found again: what the assessment's tests are made of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.assessment import actions, queries
from shouwen.assessment.models import Month, MonthResult
from shouwen.attendance import actions as attendance
from shouwen.attendance.models import PostCheck
from shouwen.core.actors import Actor, system
from shouwen.duty.models import Breach, Shift
from shouwen.org.models import Member
from shouwen.workcalendar import actions as workcalendar
from shouwen.workcalendar.queries import HoursDraft, day_table

SHANGHAI = ZoneInfo("Asia/Shanghai")
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
PUNCTUAL = ("08:21:05", "12:02:11", "13:55:40", "17:33:09")
CLAUSES = {"door": "1.3.4", "handover": "1.3.5", "cleaning": "1.3.6"}


def local(day: date, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def workdays(center: Any, month: str) -> tuple[date, ...]:
    return day_table(center).month_days(month)


def offend(
    member: Member, kind: str, times: int = 1, *, month: str = "2026-10", first: int = 0, status: str = "verified"
) -> None:
    """One verified offence on each of so many working days of a month, from the `first`-th on: a post check or a breach of duty."""
    for day in workdays(member.center, month)[first : first + times]:
        if kind in CLAUSES:
            _breach(member, kind, day)
        else:
            _check(member, kind, day, status)


def _check(member: Member, kind: str, day: date, status: str) -> PostCheck:
    checker = Member.objects.of(member.center).get(name="陈监督" if member.name != "陈监督" else "王主任")
    at = local(day, "10:10") + timedelta(minutes=PostCheck.objects.of(member.center).count())
    return PostCheck.objects.create(
        center=member.center, member=member, checker=checker, seen=kind, seen_at=at, place="大厅", witness="群众", state=status
    )


def _breach(member: Member, kind: str, day: date) -> Breach:
    shift, _ = Shift.objects.get_or_create(center=member.center, date=day, kind="hall", defaults={"member": member})
    return Breach.objects.create(
        center=member.center,
        key=f"{kind}:{day}:{member.code}",
        clause=CLAUSES[kind],
        shift=shift,
        member=member,
        date=day,
        happened_at=local(day, "17:40"),
        text="现场检查",
        state=Breach.State.UPHELD,
    )


def open_doors(center: Any, first: date = date(2026, 1, 1), end: date | None = None) -> None:
    """Hours from a day to before another; without a source of punches who is on no leave is absent."""
    workcalendar.set_hours(draft=HoursDraft("全年", first, end, SESSIONS), by=system(center), at=local(date(2026, 1, 1)))


def open_hall(center: Any) -> Any:
    """Hours and a terminal; from now on who does not punch is absent."""
    by, at = system(center), local(date(2026, 1, 1))
    open_doors(center)
    return attendance.add_device(name="大厅考勤机", kind="terminal", by=by, at=at)


def punch(
    terminal: Any,
    at: datetime,
    *,
    month: str = "2026-10",
    late: dict[str, int] | None = None,
    absent: dict[str, int] | None = None,
    away: dict[str, int] | None = None,
) -> None:
    """A month of the terminal's log, everybody punctual but: `late` {"3": 6} times in the morning, `absent` {"3": 2} afternoons, `away` whole days."""
    rows = []
    people = Member.objects.of(terminal.center).exclude(staff_no="").order_by("staff_no")
    for index, day in enumerate(workdays(terminal.center, month)):
        for person in people:
            clocks = list(PUNCTUAL)
            if index < (late or {}).get(person.staff_no, 0):
                clocks[0] = "08:34:10"
            if index < (absent or {}).get(person.staff_no, 0):
                clocks = clocks[:2]
            if index < (away or {}).get(person.staff_no, 0):
                clocks = []
            rows += [f"{person.staff_no} {day} {clock}" for clock in clocks]
    data = "".join("\t".join((*row.split(" ", 1), "255", "15", "0", "0", "0")) + "\r\n" for row in rows).encode()
    attendance.import_punches(
        data=data, device=terminal, file_name="attlog.dat", synced_until=at, by=system(terminal.center), at=at
    )


def bring(month: date, state: str, *, by: Actor, at: datetime) -> Month:
    """The month collected and taken to a state by one assessor; the assessor's own result is confirmed by the director."""
    row = actions.collect(month=month, by=by, at=at)
    if state == "provisional":
        return row
    row = actions.freeze(month=row, by=by, at=at)
    if state == "frozen":
        return row
    for own in queries.unconfirmed(row):
        actions.confirm_result(result=own, by=director(by.center), at=at)
    actions.post(month=row, by=by, at=at)
    row.refresh_from_db()
    return row if state == "posted" else actions.finalise(month=row, by=by, at=at)


def director(center: Any) -> Actor:
    from tests.factories import actor

    return actor(Member.objects.of(center).get(name="王主任"))


def result(month: Month, name: str, sheet: str = "month") -> MonthResult:
    month.refresh_from_db()
    return MonthResult.objects.of(month.center_id).get(month=month, edition=month.edition, sheet=sheet, name=name)


def total(month: Month, name: str, sheet: str = "month") -> Any:
    return result(month, name, sheet).total


def close_year(number: int, *, by: Actor, months: Any = range(1, 13)) -> Any:
    """These months collected, frozen and posted in the first days after the year, then the year closed."""
    at = local(date(number + 1, 1, 4))
    for month in months:
        bring(date(number, month, 1), "posted", by=by, at=at)
    return actions.close_year(year=number, by=by, at=at)
