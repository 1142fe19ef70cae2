"""`shouwen eval clock`: what a case's clock says, one JSON row in, one JSON line out; the format is in docs/reference/eval-clock.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from shouwen.cli.eval_workdays import read_day, read_number, read_row, shipped_table
from shouwen.rules.clock import KINDS, ClockError, Event, Limit, read, ruler
from shouwen.rules.workdays import DayError, DayTable


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each row that is not blank, the answer as one JSON line and whether it is an answer (False: an error)."""
    table = shipped_table()
    for line in lines:
        if not line.strip():
            continue
        try:
            answer, ok = _answer(table, read_row(line)), True
        except (ClockError, DayError) as error:
            answer, ok = {"error": str(error)}, False
        yield json.dumps(answer, ensure_ascii=False), ok


def _answer(table: DayTable, row: dict[str, Any]) -> dict[str, Any]:
    received, at = read_day(row, "received"), read_day(row, "at")
    if (at - received).days > 36_600:
        raise ClockError("at 距 received 超过一百年")
    limit = row.get("limit")
    if not isinstance(limit, dict) or not isinstance(limit.get("unit", "workday"), str):
        raise ClockError('limit 缺少或不对,应写作 {"n": 10, "unit": "workday"}')
    reading = read(table, received, Limit(read_number(limit, "n"), limit.get("unit", "workday")), _events(row), at)
    answer: dict[str, Any] = {
        "used": reading.used,
        "left": reading.left,
        "due": reading.due.isoformat(),
        "state": reading.state,
        "overdue_by": reading.overdue_by,
        "provisional": reading.provisional,
        "days": [{"date": mark.date.isoformat(), "kind": mark.kind} for mark in ruler(table, received, reading, at)],
    }
    if reading.refused:
        answer["refused"] = [{"kind": event.kind, "date": event.when.isoformat()} for event in reading.refused]
    return answer


def _events(row: dict[str, Any]) -> list[Event]:
    events = row.get("events", [])
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise ClockError("events 应是一列对象")
    return [_event(event, index) for index, event in enumerate(events)]


def _event(event: dict[str, Any], index: int) -> Event:
    kind = event.get("kind")
    if kind not in KINDS:
        raise ClockError(f"events[{index}].kind 应是 {'、'.join(KINDS)}")
    day: date = read_day(event, "date")
    return Event(kind, day, read_number(event, "n") if kind == "extend" else 0)
