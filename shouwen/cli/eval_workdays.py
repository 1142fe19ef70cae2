"""`shouwen eval workdays`: answer questions about working days, one JSON row in, one JSON line out.

{"op": "add", "start": "2026-09-18", "n": 1}                       → {"date": "2026-09-20", "provisional": false}
{"op": "count", "start": "2026-09-18", "end": "2026-09-22"}        → {"n": 3}
{"op": "month", "month": "2026-10"}                                → {"n": 18, "days": […]}

Counts that reach past the published calendar also say "provisional": true. A row that cannot be answered gives
{"error": "…"} on its own line and the run goes on.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from shouwen.rules.workdays import DayError, DayTable

DAYS = Path(__file__).resolve().parent.parent / "workcalendar" / "days.json"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


@lru_cache(maxsize=1)
def shipped_table() -> DayTable:
    """The statutory days shipped with the software, without any centre's own days."""
    return DayTable.from_document(json.loads(DAYS.read_text(encoding="utf-8")))


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each row that is not blank, the answer as one JSON line and whether it is an answer (False: an error)."""
    table = shipped_table()
    for line in lines:
        if not line.strip():
            continue
        try:
            answer, ok = _answer(table, read_row(line)), True
        except DayError as error:
            answer, ok = {"error": str(error)}, False
        yield json.dumps(answer, ensure_ascii=False), ok


def read_row(line: str | bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise DayError("这一行不是可读的 JSON") from None
    if not isinstance(row, dict):
        raise DayError("一行应是一个 JSON 对象")
    return row


def _answer(table: DayTable, row: dict[str, Any]) -> dict[str, Any]:
    op = row.get("op")
    if op == "add":
        due = table.add(read_day(row, "start"), read_number(row, "n"))
        return {"date": due.date.isoformat(), "provisional": due.provisional}
    if op == "count":
        start, end = read_day(row, "start"), read_day(row, "end")
        return {"n": table.count(start, end)} | _provisional(table, end)
    if op == "month":
        month = _text(row, "month", ISO_MONTH, "2026-10")
        days = table.month_days(month)
        return {"n": len(days), "days": [day.isoformat() for day in days]} | _provisional(table, days[-1])
    raise DayError("op 应是 add、count 或 month")


def _provisional(table: DayTable, day: date) -> dict[str, bool]:
    return {"provisional": True} if table.is_provisional(day) else {}


def _text(row: dict[str, Any], name: str, shape: re.Pattern[str], sample: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise DayError(f"{name} 缺少或不对,应写作 {sample} 的样子")
    return value


def read_day(row: dict[str, Any], name: str) -> date:
    text = _text(row, name, ISO_DAY, "2026-09-18")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayError(f"{name} 不是存在的日期:{text}") from None


def read_number(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DayError(f"{name} 缺少或不对,应是整数")
    if value < 0:
        raise DayError(f"{name} 不能为负")
    return value
