"""What a calendar makes of the dates of open cases, a hundred thousand at a time (L3, L4, L35; K9, K10).

Cases with the same days, limits and ledger have the same dates, so each such group is computed once. Rows are read and compared
as the database keeps them (text on SQLite, values on PostgreSQL): turning a million of them into objects would take longer than
all the counting.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from shouwen.cases.models import Case
from shouwen.cases.queries.ledger import Ledger, ledgers, project
from shouwen.core.clock import local
from shouwen.rules.clock.story import DAY_UNITS
from shouwen.rules.workdays import DayTable

PROJECTED = ("due_at", "statutory_due_at", "delivery_due_at", "current_due_at", "is_provisional", "next_event_at")
TOLD = (
    "id", "code", "item_name", "revision", "status", "clock_date", "unit", "promised_n", "statutory_unit", "statutory_n",
    "renewal_date", "received_at", "completed_at", "accepted_at", "decided_at",
)  # fmt: skip
CHUNK = 5000
SHOWN = 3
EIGHT = timedelta(hours=8)
WHAT = {"received": "应告知", "correction": "应补正", "decided": "应送达"}


class Row(NamedTuple):
    """One open case as stored: the columns of `TOLD`, then those of `PROJECTED` as one tuple."""

    id: Any
    code: str
    item_name: str
    revision: int
    status: str
    clock_date: Any
    unit: str
    promised_n: int
    statutory_unit: str
    statutory_n: int | None
    renewal_date: Any
    received_at: Any
    completed_at: Any
    accepted_at: Any
    decided_at: Any
    projected: tuple[Any, ...]


class Dates(NamedTuple):
    """The projection of a group, as values and as the database keeps it."""

    values: dict[str, Any]
    stored: tuple[Any, ...]


class MovedCase(NamedTuple):
    """A case whose dates a calendar changes, and the line for it, "" when only the next reminder moves."""

    row: Row
    dates: Dates
    words: str


@dataclass(slots=True)
class Mover:
    """The dates of a centre's open cases under `new`; `old`, where it is known, names the days that changed."""

    center: Any
    new: DayTable
    old: DayTable | None = None
    _books: dict[Any, Ledger] = field(default_factory=dict)
    _known: dict[Any, Dates] = field(default_factory=dict)
    _lines: dict[Any, str] = field(default_factory=dict)
    _changed: list[date] | None = None

    def __post_init__(self) -> None:
        self._books = {stored("id", pk): ledger for pk, ledger in ledgers(self.center).items()}

    def chunks(self) -> Iterator[list[MovedCase]]:
        """Those of the open cases that are stored otherwise than they should be, some thousand at a time."""
        for rows in _open_rows(self.center):
            keys = [group_of(row, self._books.get(row.id)) for row in rows]
            self._learn(rows, keys)
            dated = ((row, self._known[key]) for row, key in zip(rows, keys, strict=True))
            yield [MovedCase(row, dates, self._line(row, dates)) for row, dates in dated if row.projected != dates.stored]

    def _learn(self, rows: Sequence[Row], keys: Sequence[Any]) -> None:
        """Compute the groups not met before, each from one of its cases."""
        fresh = {key: row.id for row, key in zip(rows, keys, strict=True) if key not in self._known}
        if not fresh:
            return
        cases = {}
        wanted = list(fresh.values())
        for start in range(0, len(wanted), 900):
            found = Case.objects.of(self.center).filter(pk__in=wanted[start : start + 900]).defer("search_words", "situations")
            cases.update({stored("id", case.pk): case for case in found})
        for key, pk in fresh.items():
            if (case := cases.get(pk)) is None:
                continue
            values = project(case, self._books.get(pk) or Ledger(), self.new)
            self._known[key] = Dates(values, tuple(stored(name, values[name]) for name in PROJECTED))

    def _line(self, row: Row, dates: Dates) -> str:
        key = (id(dates), row.status, row.projected[1], row.projected[3], row.projected[4], row.clock_date or row.received_at)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._words(row, dates.values)
        return found

    def _words(self, row: Row, wanted: dict[str, Any]) -> str:
        """应办结日由 12-07 顺延到 12-08（…）; the statutory date where only that moves; 暂定 to 确定 and back."""
        before, after = moment(row.projected[3]), wanted["current_due_at"]
        what = WHAT.get(row.status, "应办结")
        if before != after:
            return f"{what}日由 {_span(before, after)}{self._because(row, max(before, after))}"
        if bool(row.projected[4]) != wanted["is_provisional"]:
            return f"{what}日 {_day(after)} 由{'确定转为暂定' if wanted['is_provisional'] else '暂定转为确定'}"
        was, will = row.projected[1] and moment(row.projected[1]), wanted["statutory_due_at"]
        return f"法定到期日由 {_span(was, will)}{self._because(row, max(was, will))}" if was and will and was != will else ""

    def _because(self, row: Row, end: datetime) -> str:
        """The changed days between the start and the later due date, the first few by name."""
        if self.old is None:
            return ""
        days, start = self._days(), local(moment(row.received_at)).date()
        named = days[bisect_left(days, start) : bisect_right(days, local(end).date())]
        words = "、".join(f"{day:%m-%d} 改为{self.new.kind(day)}" for day in named[:SHOWN])
        more = f"等 {len(named)} 天" if len(named) > SHOWN else ""
        return f"（{words}{more}）" if named else ""

    def _days(self) -> list[date]:
        if self._changed is None and self.old is not None:
            last = max(self.old.known_until, self.new.known_until, *self.old.closures, *self.new.closures)
            span = (self.new.known_from + timedelta(days=n) for n in range((last - self.new.known_from).days + 1))
            self._changed = [day for day in span if _answer(self.old, day) != _answer(self.new, day)]
        return self._changed or []


def _answer(table: DayTable, day: date) -> tuple[bool, bool]:
    return table.is_workday(day), table.is_workday(day, local=True)


def _open_rows(center: Any) -> Iterator[list[Row]]:
    """By the primary key, some thousand at a time; the statement is by hand because its rows stay as they are stored."""
    names = ", ".join(f'"{Case._meta.get_field(name).column}"' for name in (*TOLD, *PROJECTED))  # type: ignore[union-attr]
    where = '"center_id" = %s AND "ended_at" IS NULL AND "id" > %s'
    sql = f'SELECT {names} FROM "{Case._meta.db_table}" WHERE {where} ORDER BY "id" LIMIT {CHUNK}'
    last = stored("id", "00000000-0000-0000-0000-000000000000")
    n = len(TOLD)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [stored("center", center.pk), last])
            rows = [Row._make((*line[:n], line[n:])) for line in cursor.fetchall()]
        if not rows:
            return
        yield rows
        last = rows[-1].id


def stored(name: str, value: Any) -> Any:
    """A value of a field of Case as this database keeps it."""
    return Case._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]


def moment(value: Any) -> datetime:
    """A stored moment as a value."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_tomorrow: dict[str, str] = {}


def _day_of(value: Any) -> Any:
    """The local day of a stored moment, to be compared; Shanghai is eight hours ahead, all the year."""
    if not isinstance(value, str):
        return value and (value.astimezone(UTC) + EIGHT).date()
    day = value[:10]
    if value[11:13] < "16":
        return day
    if day not in _tomorrow:
        _tomorrow[day] = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return _tomorrow[day]


def group_of(row: Row, ledger: Ledger | None) -> Any:
    """What the dates depend on and nothing else; moments only where a limit counts opening time."""
    exact = row.unit not in DAY_UNITS or row.statutory_unit not in DAY_UNITS or row.promised_n == 0
    moments = row[11:15]
    days = (*row[4:11], *(moments if exact else map(_day_of, moments)))
    if ledger is None:
        return days
    notice = ledger.notice
    return (
        *days,
        tuple((one.started_at, one.ended_at, one.needed_days) for one in ledger.pauses),
        tuple((one.at, one.n) for one in ledger.extensions),
        tuple((one.at, one.n) for one in ledger.expedites),
        notice and (notice.number, local(notice.told_at).date(), notice.due_date),
        tuple((one.position, one.promised_date) for one in ledger.promises),
        frozenset(ledger.warned),
        frozenset(ledger.breached),
    )


def _day(value: datetime) -> str:
    return f"{local(value):%Y-%m-%d}"


def _span(before: datetime, after: datetime) -> str:
    verb = "顺延到" if after > before else "提前到"
    if local(before).date() != local(after).date():
        return f"{_day(before)} {verb} {_day(after)}"
    return f"{local(before):%Y-%m-%d %H:%M} {verb} {local(after):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class CalendarEffects:
    """What a new calendar would move: how many dates, and the first of them as lines (code, item, words)."""

    moved: int
    shown: tuple[tuple[str, str, str], ...]


def calendar_effects(center: Any, old: DayTable, new: DayTable, most: int = 50) -> CalendarEffects:
    """The open cases whose dates `new` would move, those due first first; nothing is written (L4)."""
    found = [one for chunk in Mover(center, new, old).chunks() for one in chunk if one.words]
    found.sort(key=lambda one: (one.row.projected[3], one.row.code))
    return CalendarEffects(len(found), tuple((one.row.code, one.row.item_name, one.words) for one in found[:most]))


def digest_of(table: DayTable) -> str:
    """A mark of everything in a calendar that dates depend on."""
    days = sorted((day.date.toordinal(), day.working) for day in table.days)
    told = repr((table.known_until, days, sorted(table.closures), table.hours))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
