"""Leave, checks, corrections, the paper register, files of punches, and the slots of the month."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django.db import connection

from bench.town.ground import AT, CAST, DAY, SINCE, SLOTS, TODAY, Town, fill, moment, past_days, waits
from shouwen.attendance import models as attendance
from shouwen.workcalendar.queries import day_table


def attendance_of(town: Town, rows: int) -> None:
    center, people = town.center, town.people
    others = [one for one in people if one.name not in CAST] or people[:1]
    of = lambda n: others[n % len(others)]  # noqa: E731
    days = list(islice(past_days(), rows))
    leaves = fill(attendance.Leave, [_leave(town, n, of(n), day) for n, day in enumerate(days)])
    steps = [
        attendance.LeaveApproval(
            center=center, leave=one, order=1, role="leader", state="waiting" if one.state == "pending" else "approved"
        )
        for one in leaves
    ]
    fill(attendance.LeaveApproval, steps)
    fill(attendance.PostCheck, [_check(town, n, of(n), day) for n, day in enumerate(days)])
    fill(attendance.Correction, [_correction(town, n, of(n), day) for n, day in enumerate(days)])
    fill(attendance.RegisterEntry, [_entry(town, n, of(n), day) for n, day in enumerate(days)])


def _leave(town: Town, n: int, member: Any, day: date) -> Any:
    state = "pending" if waits(n) else "approved"
    span = {"start_date": day, "end_date": day, "starts_at": moment(day, time(8, 30)), "ends_at": moment(day, time(17, 30))}
    done = {"returned_at": moment(day, time(18))} if state == "approved" else {}
    return attendance.Leave(
        center=town.center, member=member, kind="personal", half_days=2, form="oral", reason="家事", state=state, **span, **done,
        filed_by=member.name, filed_at=moment(day - DAY),
    )  # fmt: skip


def _check(town: Town, n: int, member: Any, day: date) -> Any:
    state = "pending" if waits(n) else "verified"
    times = {"seen_at": moment(day), "replied_at": moment(day, time(11)), "reply_due_at": moment(day, time(17))}
    checker = town.cast["陈监督"]
    return attendance.PostCheck(
        center=town.center, member=member, checker=checker, seen="games", place="3 号窗口", state=state, **times
    )


def _correction(town: Town, n: int, member: Any, day: date) -> Any:
    state = "pending" if waits(n) else "approved"
    where = {"date": day, "session": "am", "side": "in", "claimed_at": moment(day, time(8, 20))}
    return attendance.Correction(
        center=town.center, member=member, reason="指纹没识别", state=state, asked_by=member.name, asked_at=moment(day), **where
    )


def _entry(town: Town, n: int, member: Any, day: date) -> Any:
    typed = {"typed_by": town.cast["陈监督"], "typed_at": moment(day), "state": "typed"}
    if not waits(n):
        typed |= {"state": "confirmed", "confirmed_by": town.cast["孙会"], "confirmed_at": moment(day)}
    return attendance.RegisterEntry(center=town.center, member=member, signed_at=moment(day, time(8, 20)), **typed)


def sources_of(town: Town, rows: int) -> None:
    """Files brought in, lines that could not be read, numbers nobody owns, and every slot of the month for everybody."""
    center = town.center
    device = attendance.Device.objects.create(
        center=center, name="大厅考勤机", kind="terminal", active_from=SINCE, synced_until=AT
    )
    attendance.Device.objects.create(center=center, name="网页打卡", kind="web", active_from=SINCE, is_source=False)
    batches = [
        attendance.ImportBatch(
            center=center, device=device, state="done", kind="attlog", file_name=f"attlog-{n}.dat", sha256="0" * 64, size=4096,
            good=88, imported_by="孙会", imported_at=AT - timedelta(hours=n),
        )
        for n in range(rows)
    ]  # fmt: skip
    fill(attendance.ImportBatch, batches)
    bad = [attendance.QuarantineLine(center=center, batch=batches[0], line=n, raw="0x", reason="不是时间") for n in range(rows)]
    fill(attendance.QuarantineLine, bad)
    pins = [attendance.UnmatchedPin(center=center, device=device, pin=f"9{n:06}", first_at=AT, last_at=AT) for n in range(rows)]
    fill(attendance.UnmatchedPin, pins)
    mapped = [
        attendance.PinMapping(
            center=center,
            device=device,
            pin=f"8{n:06}",
            member=town.people[n % len(town.people)],
            active_from=SINCE,
            mapped_by="孙会",
            mapped_at=AT,
        )
        for n in range(rows)
    ]
    fill(attendance.PinMapping, mapped)
    for day in day_table(center).month_days(f"{TODAY:%Y-%m}"):
        if day < TODAY:
            _slots(town, day)


def _slots(town: Town, day: date) -> None:
    """Four slots a person; every tenth came late. By hand: three thousand people have a quarter of a million."""
    late = "迟到 4 分钟(8:34,应 8:30 前)"
    columns = (
        "center_id",
        "member_id",
        "date",
        "session",
        "side",
        "due_at",
        "state",
        "minutes",
        "text",
        "fact",
        "fact_text",
        "reading",
        "covers",
    )
    model = attendance.SlotResult
    fields: list[Any] = [model._meta.get_field(name) for name in ("id", *columns)]
    rows = [
        [None, town.center.pk, one.pk, day, session, side, moment(day, due), *_outcome(n, session, side, late), "", ""]
        for n, one in enumerate(town.people, day.day)
        for session, side, due in SLOTS
    ]
    for row in rows:
        row[0] = fields[0].get_default()
    names = ", ".join(f'"{field.column}"' for field in fields)
    sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})'
    prepared = [[field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, prepared)


def _outcome(n: int, session: str, side: str, late: str) -> tuple[str, int, str, str, str]:
    if n % 10 == 0 and (session, side) == ("am", "in"):
        return "late", 4, late, "late", late
    return "normal", 0, "", "", ""
