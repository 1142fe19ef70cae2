"""Reading the calendar: the day table of a centre, and what a change would make of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max, Subquery

from shouwen.rulebook import queries as rulebook
from shouwen.rules.workdays import LAST_DAY, DayError, DayInfo, DayTable, OpeningHours, Session, StatutoryDay
from shouwen.workcalendar import models

SEED = Path(__file__).with_name("days.json")
MAX_CLOSURE_DAYS = 366


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A year's notice as read from JSON or typed lines; nothing is stored yet."""

    title: str
    known_until: date
    days: tuple[StatutoryDay, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """Hours about to be set from `active_from` to before `active_to`."""

    name: str
    active_from: date
    active_to: date | None
    sessions: tuple[Session, ...]
    make_up: tuple[Session, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClosureDraft:
    start_date: date
    end_date: date
    reason: str


_tables: dict[Any, tuple[tuple[Any, ...], DayTable]] = {}
_lock = threading.Lock()


@cache
def seed() -> dict[str, Any]:
    """The statutory days 2004–2026 that come with Shouwen."""
    return json.loads(SEED.read_text("utf-8"))  # type: ignore[no-any-return]


def known_from() -> date:
    return date.fromisoformat(seed()["known_from"])


def day_table(center: Any) -> DayTable:
    """The centre's days and hours; one small query says whether the table of this process is still good."""
    version = _version(center)
    with _lock:
        known, table = _tables.get(center.pk, (None, None))
        if known == version and table is not None:
            return table
        closures = spread(_closures(center).values_list("start_date", "end_date", "reason"))
        seasons = rulebook.spans_of(center, "R24", "season")
        hours = [piece for row in _hours(center) for piece in under_reading(as_rule(row), seasons)]
        table = _statutory(version[1]).for_center(closures=closures, hours=hours)
        _tables[center.pk] = (version, table)
    return table


def _version(center: Any) -> tuple[Any, Any, Any]:
    """What a table rests on: the centre's own changes, the newest notice, the newest rulebook (R24)."""
    notice, rules = models.Notice.objects.order_by("-id").values("id")[:1], rulebook.newest(center)
    rows = models.CalendarState.objects.of(center).annotate(notice=Subquery(notice), rules=Subquery(rules))
    state = rows.values_list("id", "version", "notice", "rules").first()
    if state is None:
        return None, notice.values_list("id", flat=True).first(), rules.values_list("id", flat=True).first()
    return state[:2], state[2], state[3]


def _statutory(notice: Any) -> DayTable:
    """The days that come with Shouwen, and over them what notices on record say."""
    known, table = _tables.get("statutory", (None, None))
    if known != (notice,) or table is None:
        table = DayTable.from_document(seed())
        if notice is not None:
            rows = models.StatutoryDay.objects.filter(ended_at__isnull=True).select_related("notice")
            days = [StatutoryDay(row.date, row.is_working, row.reason, row.notice.title) for row in rows]
            until = models.Notice.objects.aggregate(last=Max("known_until"))["last"]
            table = _with_days(table, days, until)
        _tables["statutory"] = ((notice,), table)
    return table


def _with_days(table: DayTable, days: Iterable[StatutoryDay], until: date) -> DayTable:
    merged = {day.date: day for day in table.days} | {day.date: day for day in days}
    return DayTable(merged.values(), known_from=table.known_from, known_until=max(table.known_until, until))


def proposed(center: Any, draft: NoticeDraft | HoursDraft | ClosureDraft) -> DayTable:
    """The day table as it would be after the change (L4: a change first lists what it would move)."""
    table = day_table(center)
    if isinstance(draft, NoticeDraft):
        return _with_days(table, draft.days, draft.known_until).for_center(closures=table.closures, hours=table.hours)
    if isinstance(draft, ClosureDraft):
        closures = table.closures | spread([(draft.start_date, draft.end_date, draft.reason)])
        return table.for_center(closures=closures, hours=table.hours)
    new = as_drafted(draft)
    kept = [piece for row in table.hours for piece in cut(row, draft.active_from, draft.active_to)]
    return table.for_center(closures=table.closures, hours=[*kept, new])


def cut(row: OpeningHours, start: date, end: date | None) -> list[OpeningHours]:
    """What is left of `row` when [start, end) is taken out of it."""
    if (row.active_to is not None and row.active_to <= start) or (end is not None and row.active_from >= end):
        return [row]
    pieces = []
    if row.active_from < start:
        pieces.append(replace(row, active_to=start))
    if end is not None and (row.active_to is None or row.active_to > end):
        pieces.append(replace(row, active_from=end))
    return pieces


def under_reading(row: OpeningHours, seasons: Iterable[tuple[date, date | None]]) -> list[OpeningHours]:
    """Hours as R24 reads them: where a make-up day keeps the season's hours, its own ones are silent."""
    if row.make_up is None:
        return [row]
    pieces, silent = [row], []
    for start, end in seasons:
        pieces = [rest for piece in pieces for rest in cut(piece, start, end)]
        first, ends = max(row.active_from, start), [one for one in (row.active_to, end) if one is not None]
        if not ends or first < min(ends):
            silent.append(replace(row, active_from=first, active_to=min(ends, default=None), make_up=None))
    return sorted([*pieces, *silent], key=lambda piece: piece.active_from)


def spread(closures: Iterable[tuple[date, date, str]]) -> dict[date, str]:
    """Closures from–to as one entry a day."""
    return {start + timedelta(days=index): reason for start, end, reason in closures for index in range((end - start).days + 1)}


def as_drafted(draft: HoursDraft) -> OpeningHours:
    return OpeningHours(draft.active_from, draft.sessions, draft.active_to, make_up=draft.make_up)


def as_rule(row: models.OpeningHours) -> OpeningHours:
    make_up = None if row.make_up is None else read_sessions(row.make_up)
    return OpeningHours(row.active_from, read_sessions(row.sessions), row.active_to, make_up=make_up)


def read_sessions(pairs: Iterable[Iterable[str]]) -> tuple[Session, ...]:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def write_sessions(sessions: Iterable[Session]) -> list[list[str]]:
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in sessions]


def _closures(center: Any) -> Any:
    return models.Closure.objects.of(center).filter(ended_at__isnull=True).order_by("start_date")


def _hours(center: Any) -> Any:
    return models.OpeningHours.objects.of(center).filter(ended_at__isnull=True).order_by("active_from")


def closures(center: Any) -> list[models.Closure]:
    return list(_closures(center))


def hours(center: Any) -> list[models.OpeningHours]:
    return list(_hours(center))


def last_day(active_to: date | None) -> date | None:
    """The exclusive end as people say it."""
    return active_to - timedelta(days=1) if active_to else None


def notices() -> list[models.Notice]:
    """The newest first; shared by all centres."""
    return list(models.Notice.objects.order_by("-known_until", "-imported_at")[:20])


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month for the year page: leading empty cells, then each day."""

    first: date
    blanks: range
    days: tuple[DayInfo, ...]
    workdays: int


def year(table: DayTable, number: int) -> list[MonthView]:
    """Twelve months of a year, each day with its kind and reason."""
    months = []
    for month in range(1, 13):
        first = date(number, month, 1)
        after = (first + timedelta(days=32)).replace(day=1)
        days = tuple(table.kind(first + timedelta(days=index)) for index in range((after - first).days))
        months.append(MonthView(first, range(first.weekday()), days, sum(day.working for day in days)))
    return months


def parse_notice(text: str) -> NoticeDraft:
    """Read a notice from JSON ({"title", "url", "known_until", "days": {"2027-01-01": ["rest", "元旦"]}}) or typed lines.

    Typed: the first line is the title, then one line a day or span: `2027-02-06..2027-02-12 休 春节`, `2027-02-14 班 春节`.
    Raises DayError naming the line.
    """
    text = text.strip().lstrip("\ufeff")
    draft = _from_json(text) if text.startswith("{") else _from_lines(text)
    refuse_beyond(draft)
    return draft


def refuse_beyond(draft: NoticeDraft) -> None:
    """A day table reckons from the first seeded year to 2099, and a notice is known at least as far as its own days."""
    dates = [day.date for day in draft.days]
    if dates and not known_from() <= min(dates) <= max(dates) <= LAST_DAY:
        raise DayError(f"日期须在 {known_from()} 至 {LAST_DAY} 之间")
    if dates and not max(dates) <= draft.known_until <= LAST_DAY:
        raise DayError(f"已知到哪天(known_until)须不早于通知里最后一天 {max(dates)},不晚于 {LAST_DAY}:{draft.known_until}")


def _from_json(text: str) -> NoticeDraft:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DayError(f"不是有效的 JSON:第 {getattr(error, 'lineno', 1)} 行附近有误") from None
    try:
        days = tuple(
            StatutoryDay(date.fromisoformat(day), {"work": True, "rest": False}[row[0]], str(row[1])[:20], document["title"])
            for day, row in document["days"].items()
        )
        until = date.fromisoformat(document["known_until"])
        return NoticeDraft(str(document["title"])[:200], until, days, str(document.get("url", ""))[:300])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise DayError(f"JSON 缺少或写错了内容:{error}。须有 title、known_until、days(日期: [rest 或 work, 事由])") from None


def _from_lines(text: str) -> NoticeDraft:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < 2:
        raise DayError("第一行写通知名称,以后每行写“日期 休或班 事由”")
    title, days = lines[0][1][:200], []
    for number, line in lines[1:]:
        parts = line.replace("至", "..").split()
        try:
            start, _, end = parts[0].partition("..")
            first, last = date.fromisoformat(start), date.fromisoformat(end or start)
            working, reason = {"休": False, "班": True}[parts[1]], parts[2][:20]
        except (ValueError, KeyError, IndexError):
            raise DayError(f"第 {number} 行看不懂:{line[:30]}。例:2027-02-06..2027-02-12 休 春节") from None
        if not 0 <= (last - first).days <= 31:
            raise DayError(f"第 {number} 行的起止日期颠倒或过长:{line[:30]}")
        days += [StatutoryDay(first + timedelta(days=i), working, reason, title) for i in range((last - first).days + 1)]
    doubled = {day.date for day in days if sum(other.date == day.date for other in days) > 1}
    if doubled:
        raise DayError(f"同一天写了两次:{min(doubled)}")
    return NoticeDraft(title, date(max(day.date for day in days).year, 12, 31), tuple(days))


def needs_notice(table: DayTable, at: datetime) -> bool:
    """From November on the next year's days should be known (notices appear late October to mid-December)."""
    return at.month >= 11 and table.known_until.year <= at.year
