"""The papers of the hall's duty: hand-over form, roster, calendar feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.documents.actions import issue
from shouwen.documents.queries import document_of
from shouwen.duty import models, queries
from shouwen.workcalendar.queries import day_table


def issue_handover(row: models.ShiftHandover, *, by: Actor, at: datetime) -> Any:
    """值日交接单 ("1.3.5"): both signatures, open matters, seals, keys, equipment. The same paper when it was issued before."""
    source = f"{row.code}:{row.state}"
    subject = f"{row.shift.date} 值日交接 {row.giver.name} → {row.receiver.name}"
    found = document_of(row.center, "handover_form", source)
    return found or issue(kind="handover_form", data=handover_data(row), subject=subject, source=source, by=by, at=at)


def handover_data(row: models.ShiftHandover) -> dict[str, Any]:
    moment = lambda at: f"{local(at):%Y-%m-%d %H:%M}" if at else ""  # noqa: E731
    shift = row.shift
    return {
        "center": row.center.name,
        "code": row.code,
        "date": f"{shift.date.year}年{shift.date.month}月{shift.date.day}日",
        "shift": shift.get_kind_display(),
        "giver": row.giver.name,
        "receiver": row.receiver.name,
        "opened_at": moment(shift.opened_at),
        "closed_at": moment(shift.closed_at),
        "rounds": [f"{local(datetime.fromisoformat(text)):%H:%M}" for text in shift.rounds],
        "open_matters": [*row.open_matters, *([row.other_matters] if row.other_matters else [])],
        "seals": row.seals,
        "keys": row.keys,
        "equipment": row.equipment,
        "abnormal": row.abnormal or "无",
        "given_at": moment(row.given_at),
        "confirmed_at": moment(row.answered_at) if row.state == "confirmed" else "",
    }


def issue_roster(center: Any, month: date, *, by: Actor, at: datetime) -> Any:
    """值守表 of a month."""
    return issue(kind="roster", data=roster_data(center, month), subject=f"{month:%Y-%m}", by=by, at=at)


def roster_data(center: Any, month: date) -> dict[str, Any]:
    name = lambda day, kind: day.shifts[kind].member.name if kind in day.shifts else ""  # noqa: E731
    days = queries.month_roster(center, month, day_table(center))
    return {
        "center": center.name,
        "month": f"{month.year}年{month.month}月",
        "rows": [
            {
                "date": f"{day.date.month}月{day.date.day}日",
                "weekday": "星期" + "一二三四五六日"[day.date.weekday()],
                "label": day.label,
                "hall": name(day, models.Kind.HALL),
                "holiday": name(day, models.Kind.HOLIDAY),
                "leader": name(day, models.Kind.LEADER),
            }
            for day in days
        ],
    }


def icalendar(rows: Iterable[models.Shift], center: Any) -> bytes:
    """Shifts as all-day events; the uid is the shift's code, so a change moves the event instead of adding one."""
    # Here and not above: 3 MB in every page's process, for a feed that a telephone reads now and then.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Shouwen//duty//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{center.short_name}值班")
    for row in rows:
        event = Event()
        event.add("uid", f"{row.code}@{center.code}")
        event.add("dtstamp", datetime.combine(row.date, time(0), UTC))
        event.add("dtstart", row.date)
        event.add("dtend", row.date + timedelta(days=1))
        event.add("summary", f"{row.get_kind_display()} {row.member.name}")
        event.add("location", center.address or center.name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
