"""`shouwen eval queue`: who is next, the order, the wait; one JSON row in, one JSON line out (docs/reference/eval-queue.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.rules import queueing
from shouwen.rules.queueing import ANYBODY, PRIORITIES, Desk, Learned, Line, QueueRules, ServiceTimes, Serving, Waiting

ZONE = ZoneInfo("Asia/Shanghai")
MOMENT = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
SAMPLE = "2026-11-23 09:12"
LIMITS = {
    "priority_run": (1, 1000),
    "longest_wait_minutes": (1, 1440),
    "call_again_minutes": (0, 1440),
    "call_max": (1, 100),
    "return_after": (0, 1000),
}
MOST = 2000


class RowError(ValueError):
    """A row that cannot be answered; the message says what is wrong, in Chinese."""


def run(lines: Iterable[str | bytes]) -> Iterator[tuple[str, bool]]:
    """For each row that is not blank, the answer as one JSON line and whether it is an answer (False: an error)."""
    for line in lines:
        if not line.strip():
            continue
        try:
            answer, ok = _answer(_row(line)), True
        except RowError as error:
            answer, ok = {"error": str(error)}, False
        yield json.dumps(answer, ensure_ascii=False), ok


def _row(line: str | bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise RowError("这一行不是可读的 JSON") from None
    if not isinstance(row, dict):
        raise RowError("一行应是一个 JSON 对象")
    return row


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    op = row.get("op")
    known = {"next": _next, "order": _order, "estimate": _estimate, "issue": _issue, "return": _return, "no_show": _no_show}
    if not isinstance(op, str) or op not in known:
        raise RowError(f"op 应是 {'、'.join(known)}")
    return known[op](row, _rules(row))


# --- the six questions -------------------------------------------------------------------------------------------


def _next(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    desk = _desk(row["counter"], "counter") if row.get("counter") is not None else ANYBODY
    choice = queueing.choose(desk, Line.of(_tickets(row)), _moment(row, "at"), rules, _whole(row, "streak", 0))
    told: dict[str, Any] = {"ticket": choice.ticket.ticket if choice.ticket else None, "rule": choice.rule}
    told |= {"reason": choice.reason, "clause": choice.clause}
    return told | ({"again_at": _written(choice.again_at)} if choice.again_at else {})


def _order(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    placed = queueing.order(_tickets(row), _moment(row, "at"), rules, _whole(row, "streak", 0))
    told = [
        {"ticket": one.ticket.ticket, "place": one.place, "rule": one.rule, "reason": one.reason, "clause": one.clause}
        for one in placed
    ]
    return {"order": told}


def _estimate(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    told = _wait(row, rules)
    found = {"seconds": told.seconds, "low": told.low, "high": told.high, "ahead": told.ahead}
    return found | {"starts_at": _written(told.starts_at) if told.starts_at else None}


def _issue(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    told = _wait({**row, "ticket": None}, rules)
    sessions = _sessions(row)
    decision = queueing.may_issue(
        told.starts_at,
        sessions[-1][1] if sessions else None,
        at=_moment(row, "at"),
        next_day=_text(row, "next_day"),
        override=_text(row, "override"),
    )
    return {"allowed": decision.allowed, "reason": decision.reason, "clause": decision.clause, "seconds": told.seconds}


def _return(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    at, name = _moment(row, "at"), _text(row, "ticket")
    if not name:
        raise RowError("ticket 缺少或不对,应是一个号码")
    back = Waiting(name, at, _text(row, "queue"), "", _priority(row))
    others = [one for one in _tickets(row) if one.ticket != name]
    since, place, decision = queueing.returning(back, others, at, rules, _whole(row, "streak", 0))
    return {"place": place, "since": _written(since), "reason": decision.reason, "clause": decision.clause}


def _no_show(row: dict[str, Any], rules: QueueRules) -> dict[str, Any]:
    state, decision = queueing.after_no_show(_whole(row, "calls"), rules)
    return {"state": state, "reason": decision.reason, "clause": decision.clause}


def _wait(row: dict[str, Any], rules: QueueRules) -> queueing.Estimate:
    at, name, tickets = _moment(row, "at"), row.get("ticket"), _tickets(row)
    if name is not None and name not in {one.ticket for one in tickets}:
        raise RowError("ticket 不在 tickets 里")
    newcomer = Waiting("", at, _text(row, "queue"), _text(row, "item"), _priority(row)) if name is None else None
    desks = [_desk(one, f"counters[{index}]") for index, one in enumerate(_list(row, "counters"))]
    more: dict[str, Any] = {"sessions": _sessions(row), "streak": _whole(row, "streak", 0)}
    return queueing.estimate(tickets, desks, at, _times(row), rules, newcomer=newcomer, ticket=name or "", **more)


# --- reading -----------------------------------------------------------------------------------------------------


def _rules(row: dict[str, Any]) -> QueueRules:
    given = _mapping(row, "rules")
    for name in given:
        if name not in LIMITS:
            raise RowError(f"rules 里只有 {'、'.join(LIMITS)}")
        least, most = LIMITS[name]
        if not least <= _whole(given, name) <= most:
            raise RowError(f"{name} 应在 {least} 至 {most} 之间")
    return QueueRules(**given)


def _tickets(row: dict[str, Any]) -> list[Waiting]:
    found = [_ticket(one, f"tickets[{index}]") for index, one in enumerate(_list(row, "tickets"))]
    if len({one.ticket for one in found}) != len(found):
        raise RowError("tickets 里有重复的号码")
    return found


def _ticket(row: Any, where: str) -> Waiting:
    name = row.get("ticket") if isinstance(row, dict) else None
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= 15:
        raise RowError(f"{where} 应是对象,ticket 是 1 至 15 个字的号码")
    called = _moment(row, "called_at") if row.get("called_at") is not None else None
    return Waiting(name, _moment(row, "since"), _text(row, "queue"), _text(row, "item"), _priority(row), called)


def _priority(row: dict[str, Any]) -> str:
    name = _text(row, "priority")
    if name and name not in PRIORITIES:
        raise RowError(f"priority 应是 {'、'.join(PRIORITIES)}")
    return name


def _desk(row: Any, where: str) -> Desk:
    if not isinstance(row, dict):
        raise RowError(f"{where} 应是一个对象")
    serving = None
    if row.get("serving") is not None:
        busy = _mapping(row, "serving")
        begun = _moment(busy, "begun_at") if busy.get("begun_at") is not None else None
        serving = Serving(_text(busy, "queue"), _text(busy, "item"), begun)
    opens = _moment(row, "opens_at") if row.get("opens_at") is not None else None
    quick = row.get("quick", False)
    if not isinstance(quick, bool):
        raise RowError("quick 应是 true 或 false")
    return Desk(_text(row, "id"), _names(row, "own"), _names(row, "others"), quick, serving, opens)


def _names(row: dict[str, Any], name: str) -> frozenset[str]:
    found = _list(row, name)
    if not all(isinstance(one, str) for one in found):
        raise RowError(f"{name} 应是一列队列名")
    return frozenset(found)


def _times(row: dict[str, Any]) -> ServiceTimes:
    learned = {}
    for index, one in enumerate(_list(row, "times")):
        if not isinstance(one, dict):
            raise RowError(f"times[{index}] 应是一个对象")
        key = _text(one, "queue"), _text(one, "item"), _text(one, "counter")
        seconds, spread = _number(one, "seconds"), _number(one, "deviation")
        learned[key] = Learned(_whole(one, "count"), seconds, spread**2)
    minutes = _mapping(row, "ordinary_minutes")
    return ServiceTimes(learned, {name: _number(minutes, name) for name in minutes})


def _sessions(row: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for pair in _list(row, "sessions"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise RowError(f'sessions 应写作 [["{SAMPLE}", "2026-11-23 12:00"]] 的样子')
        start, end = (_moment({"sessions": edge}, "sessions") for edge in pair)
        if end <= start or (found and start < found[-1][1]):
            raise RowError("sessions 应由早到晚,互不重叠")
        found.append((start, end))
    return found


def _moment(row: dict[str, Any], name: str) -> datetime:
    value = row.get(name)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is not None:
            return found.astimezone(ZONE) if found.tzinfo else found.replace(tzinfo=ZONE)
    raise RowError(f"{name} 缺少或不对,应写作 {SAMPLE} 的样子")


def _written(moment: datetime) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="microseconds" if moment.microsecond else "seconds")


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowError(f"{name} 应是文字")
    return value


def _whole(row: dict[str, Any], name: str, default: int | None = None) -> int:
    value = row.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000:
        raise RowError(f"{name} 缺少或不对,应是不为负的整数")
    return value


def _number(row: dict[str, Any], name: str) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86_400:
        raise RowError(f"{name} 缺少或不对,应是 0 至 86400 之间的数")
    return float(value)


def _list(row: dict[str, Any], name: str) -> list[Any]:
    value = [] if row.get(name) is None else row[name]
    if not isinstance(value, list):
        raise RowError(f"{name} 应是一个数组")
    if len(value) > MOST:
        raise RowError(f"{name} 最多 {MOST} 项")
    return value


def _mapping(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = {} if row.get(name) is None else row[name]
    if not isinstance(value, dict):
        raise RowError(f"{name} 应是一个对象")
    return value
