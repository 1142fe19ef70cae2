"""`shouwen eval clock`: what a case's clock says, one JSON row in, one JSON line out; the format is in docs/reference/eval-clock.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from shouwen.cli.eval_workdays import read_day, read_number, read_row, shipped_table
from shouwen.rules.clock import CLOCKS, KINDS, ClockError, Event, Limit, When, read, ruler
from shouwen.rules.workdays import ZONE, DayError, DayTable, OpeningHours, Session, local_time

HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
"""The opening hours of a row that names none: what a new centre is offered."""
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each row that is not blank, the answer as one JSON line and whether it is an answer (False: an error)."""
    for line in lines:
        if not line.strip():
            continue
        try:
            answer, ok = _answer(read_row(line)), True
        except (ClockError, DayError) as error:
            answer, ok = {"error": str(error)}, False
        yield json.dumps(answer, ensure_ascii=False), ok


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    received, at, limit, events = _when(row, "received"), _when(row, "at"), _limit(row), _events(row)
    local = _choice(row, "clock", ("statutory", "promised"), "statutory") == "promised"
    table = _table(_hours(row), _closed(row))
    reading = read(table, received, limit, events, at, local=local)
    answer: dict[str, Any] = {
        "used": reading.in_unit(reading.used),
        "left": reading.in_unit(reading.left),
        "due": reading.due.isoformat() if reading.in_days else _minute(reading.due_at),
        "state": reading.state,
        "overdue_by": reading.overdue_by,
        "provisional": reading.provisional,
        "days": [{"date": mark.date.isoformat(), "kind": mark.kind} for mark in ruler(table, received, reading, at)],
    }
    if reading.refused:
        answer["refused"] = [{"kind": one.kind, "date": _written(one.when)} for one in reading.refused]
    if not reading.in_days:
        answer["overdue_minutes"] = reading.overdue_minutes
    elif "hours" in row or any(isinstance(when, datetime) for when in (received, at, *(one.when for one in events))):
        answer["due_at"] = _minute(reading.due_at)
    return answer


def _minute(moment: datetime) -> str:
    return local_time(moment).replace(tzinfo=None).isoformat(timespec="minutes")


def _written(when: When) -> str:
    return _minute(when) if isinstance(when, datetime) else when.isoformat()


@lru_cache(maxsize=8)
def _table(hours: tuple[Session, ...], closed: frozenset[date]) -> DayTable:
    table = shipped_table()
    season = OpeningHours(table.known_from, hours)
    return table.for_center(closures=dict.fromkeys(closed, "停办"), hours=(season,))


def _when(row: dict[str, Any], name: str) -> When:
    """A day, or a moment: local time unless it names an offset."""
    text = row.get(name)
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        return read_day(row, name)
    try:
        moment = datetime.fromisoformat(text)
        return local_time(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))
    except (ValueError, OverflowError):
        raise DayError(f"{name} 不是存在的时刻:{text}") from None


def _limit(row: dict[str, Any]) -> Limit:
    limit = row.get("limit")
    if not isinstance(limit, dict) or not isinstance(limit.get("unit", "workday"), str):
        raise ClockError('limit 缺少或不对,应写作 {"n": 10, "unit": "workday"}')
    unit = limit.get("unit", "workday")
    if unit == "same_day" and "n" not in limit:
        return Limit(0, unit)
    return Limit(read_number(limit, "n"), unit)


def _choice(row: dict[str, Any], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = row.get(name, default)
    if value not in allowed:
        raise ClockError(f"{name} 应是 {'、'.join(allowed)}")
    return str(value)


def _closed(row: dict[str, Any]) -> frozenset[date]:
    days = row.get("closed", [])
    if not isinstance(days, list):
        raise ClockError('closed 应是一列日期,如 ["2026-11-18"]')
    return frozenset(read_day({"closed": day}, "closed") for day in days)


def _hours(row: dict[str, Any]) -> tuple[Session, ...]:
    if "hours" not in row:
        return HOURS
    sessions = row["hours"]
    if not isinstance(sessions, list) or not sessions or not all(isinstance(one, list) and len(one) == 2 for one in sessions):
        raise ClockError('hours 应写作 [["08:30", "12:00"], ["14:00", "17:30"]]')
    return tuple((_time(start), _time(end)) for start, end in sessions)


def _time(text: Any) -> time:
    if not isinstance(text, str) or not CLOCK.fullmatch(text):
        raise ClockError("hours 里的时刻应写作 08:30 的样子")
    return time.fromisoformat(text)


def _events(row: dict[str, Any]) -> list[Event]:
    events = row.get("events", [])
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise ClockError("events 应是一列对象")
    return [_event(event, index) for index, event in enumerate(events)]


def _event(event: dict[str, Any], index: int) -> Event:
    kind = event.get("kind")
    if kind not in KINDS:
        raise ClockError(f"events[{index}].kind 应是 {'、'.join(KINDS)}")
    n = read_number(event, "n") if kind in ("extend", "expedite") else 0
    return Event(kind, _when(event, "date"), n, _choice(event, "clock", CLOCKS, "both"))
