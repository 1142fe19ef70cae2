"""`shouwen eval punches`: one person's shift, punches and leave in, what each required punch came to out.

One JSON row in, one JSON line out; the shapes are in docs/reference/eval-punches.md. A row that cannot be judged gives
{"error": "…"} on its own line and the run goes on.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.punches import DayResult, Judgement, Leave, OtherPunch, PersonDay, Punch, PunchRules, RuleError, facts, judge
from shouwen.rules.workdays import DayError

T = TypeVar("T")
CORRECTION_DAYS = 3
"""Working days for putting a missing punch right, when the row names no deadline (R20)."""
DAY, CLOCK = r"(?:19|20)\d{2}-\d{2}-\d{2}", r"\d{2}:\d{2}"
SHAPES = {
    len("08:30"): re.compile(CLOCK, re.ASCII),
    len("2026-09-18"): re.compile(DAY, re.ASCII),
    len("2026-09-18 08:30:00"): re.compile(rf"{DAY}[ T]{CLOCK}(?::\d{{2}})?(?:Z|[+-]{CLOCK})?", re.ASCII),
}
STATES = ("normal", "late", "left_early", "absent")


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each row that is not blank, the answer as one JSON line and whether it is an answer (False: an error)."""
    for line in lines:
        if not line.strip():
            continue
        try:
            answer, ok = _answer(line), True
        except (RuleError, DayError) as error:
            answer, ok = {"error": str(error)}, False
        yield json.dumps(answer, ensure_ascii=False), ok


def _answer(line: str | bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise RuleError("这一行不是可读的 JSON") from None
    if not isinstance(row, dict):
        raise RuleError("一行应是一个 JSON 对象")
    days = [_day(day) for day in _list(row, "days")] if "days" in row else [_day(row)]
    if not days:
        raise RuleError("days 不能为空")
    rules = PunchRules.from_document(_mapping(row, "rules"))
    at = _moment(row, "at") if "at" in row else datetime.combine(max(day.date for day in days) + timedelta(days=2), time())
    seen = _moment(row, "seen_until") if "seen_until" in row else None
    punches = [_punch(item) for item in _list(row, "punches")]
    leaves = [_leave(item) for item in _list(row, "leaves")]
    return _told(judge(days, punches, leaves, rules, at=at, seen_until=seen), rules)


# --- reading ---------------------------------------------------------------------------------------------------


def _day(row: Any) -> PersonDay:
    if not isinstance(row, dict):
        raise RuleError("days 里每一天应是一个对象")
    day = _read(row, "date", date.fromisoformat, "2026-09-18")
    sessions = tuple(_session(pair) for pair in _list(row, "sessions"))
    deadline = _read(row, "correct_by", date.fromisoformat, "2026-09-23") if row.get("correct_by") else None
    decided = {_slot(key): _state(value) for key, value in _mapping(row, "decided").items()}
    due = deadline or shipped_table().add(day, CORRECTION_DAYS).date
    return PersonDay(day, sessions, str(row.get("not_due") or ""), due, str(row.get("covers") or ""), decided)


def _session(pair: Any) -> tuple[time, time]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise RuleError('班次应写作 ["08:30", "12:00"] 的样子')
    start, end = ({"班次": edge} for edge in pair)
    return _read(start, "班次", time.fromisoformat, "08:30"), _read(end, "班次", time.fromisoformat, "08:30")


def _slot(key: str) -> tuple[time, str]:
    start, _, side = key.partition(" ")
    if side not in ("in", "out"):
        raise RuleError('decided 的键应写作 "08:30 in" 或 "08:30 out" 的样子')
    return _read({"decided": start}, "decided", time.fromisoformat, "08:30"), side


def _state(value: Any) -> str:
    if value not in STATES:
        raise RuleError(f"decided 的值应是 {'、'.join(STATES)} 之一")
    return str(value)


def _punch(item: Any) -> Punch:
    row = item if isinstance(item, dict) else {"at": item}
    source = row.get("source", "device")
    if source not in ("device", "sheet", "correction"):
        raise RuleError("punches 的 source 应是 device、sheet 或 correction")
    return Punch(_moment(row, "at"), source)


def _leave(item: Any) -> Leave:
    row = item if isinstance(item, dict) else {}
    start, end = _moment(row, "from"), _moment(row, "to")
    try:
        backwards = end <= start
    except TypeError:
        raise RuleError("leaves 的 from 与 to 应同样写法:都带时区或都不带") from None
    if backwards:
        raise RuleError("leaves 的 to 应晚于 from")
    return Leave(start, end, str(row.get("label") or "请假"))


def _moment(row: dict[str, Any], name: str) -> datetime:
    return _read(row, name, datetime.fromisoformat, "2026-09-18 08:30:00")


def _read(row: dict[str, Any], name: str, reader: Callable[[str], T], sample: str) -> T:
    value = row.get(name)
    try:
        # Only the written-out form: the compact and week forms Python also reads invite mistakes.
        if isinstance(value, str) and SHAPES[len(sample)].fullmatch(value):
            return reader(value)
    except ValueError:
        pass
    raise RuleError(f"{name} 缺少或不对,应写作 {sample} 的样子")


def _list(row: dict[str, Any], name: str) -> list[Any]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise RuleError(f"{name} 应是一个数组")
    return value


def _mapping(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name, {})
    if not isinstance(value, dict):
        raise RuleError(f"{name} 应是一个对象")
    return value


# --- writing ---------------------------------------------------------------------------------------------------


def _told(found: Judgement, rules: PunchRules) -> dict[str, Any]:
    offences = facts(found.days, rules, subject="", source="eval")
    return {
        "days": [_told_day(day) for day in found.days],
        "stray": [_told_other(other) for other in found.stray],
        "facts": [
            {
                "kind": fact.kind,
                "clause": fact.attrs["clause"],
                "date": fact.date.isoformat(),
                "minutes": fact.minutes,
                "reading": fact.attrs["reading"],
                "text": fact.reason,
            }
            for fact in offences
        ],
    }


def _told_day(day: DayResult) -> dict[str, Any]:
    slots = [
        {
            "slot": slot.label,
            "session": f"{slot.session:%H:%M}",
            "side": slot.side,
            "due": f"{slot.due_at:%Y-%m-%d %H:%M}",
            "punched": f"{slot.punched_at:%Y-%m-%d %H:%M:%S}" if slot.punched_at else None,
            "state": slot.state,
            "minutes": slot.minutes,
            "clause": slot.clause,
            "reading": slot.reading,
            "text": slot.text,
        }
        for slot in day.slots
    ]
    absences = [
        {"session": f"{absence.session:%H:%M}", "clause": "1.4.1", "reading": absence.reading, "text": absence.text}
        for absence in day.absences
    ]
    others = [_told_other(other) for other in day.others]
    return {"date": day.date.isoformat(), "slots": slots, "absences": absences, "others": others, "note": day.note}


def _told_other(other: OtherPunch) -> dict[str, str]:
    return {"at": f"{other.at:%Y-%m-%d %H:%M:%S}", "why": other.why, "text": other.text}
