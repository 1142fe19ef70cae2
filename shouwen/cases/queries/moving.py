"""What a calendar makes of the dates of open cases, a hundred thousand at a time (L3, L4, L35; K9, K10).

Cases with the same days, limits and ledger have the same dates: each such group is computed once.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from shouwen.cases.models import Case
from shouwen.cases.queries.ledger import Ledger, ledgers, project
from shouwen.core.clock import local
from shouwen.rules.clock.story import DAY_UNITS
from shouwen.rules.workdays import DayTable

PROJECTED = ("due_at", "statutory_due_at", "delivery_due_at", "current_due_at", "is_provisional", "next_event_at")
NEEDED = (
    "status", "revision", "received_at", "completed_at", "renewal_date", "accepted_at", "clock_date", "unit", "statutory_unit",
    "statutory_n", "promised_n", "paused_at", "decided_at", "ended_at", "code", "item_name", *PROJECTED,
)  # fmt: skip
CHUNK = 5000
SHOWN = 3
WHAT = {"received": "应告知", "correction": "应补正", "decided": "应送达"}


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case whose dates a calendar changes: `fields` as they must be, `words` the line for the case, "" when only the next
    reminder moves."""

    case: Case
    fields: dict[str, Any]
    words: str


@dataclass(slots=True)
class Mover:
    """The dates of a centre's open cases under `new`; `old`, where it is known, names the days that changed."""

    new: DayTable
    old: DayTable | None = None
    _known: dict[Any, dict[str, Any]] = field(default_factory=dict)
    _changed: list[date] | None = None

    def moved(self, cases: Sequence[Case], books: dict[UUID, Ledger]) -> Iterator[MovedCase]:
        """Those of the cases that are stored otherwise than they should be."""
        for case in cases:
            wanted = self._wanted(case, books.get(case.pk) or _EMPTY)
            if any(getattr(case, name) != value for name, value in wanted.items()):
                yield MovedCase(case, wanted, self._words(case, wanted))

    def _wanted(self, case: Case, ledger: Ledger) -> dict[str, Any]:
        key = group_of(case, ledger)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = project(case, ledger, self.new)
        return found

    def _words(self, case: Case, wanted: dict[str, Any]) -> str:
        before, after = case.current_due_at, wanted["current_due_at"]
        what = WHAT.get(case.status, "应办结")
        if before == after:
            if case.is_provisional == wanted["is_provisional"]:
                return self._law(case, wanted)
            return f"{what}日 {_day(after)} 由{'确定转为暂定' if wanted['is_provisional'] else '暂定转为确定'}"
        verb = "顺延到" if after > before else "提前到"
        same_day = local(before).date() == local(after).date()
        span = f"{_moment(before)} {verb} {_moment(after)}" if same_day else f"{_day(before)} {verb} {_day(after)}"
        return f"{what}日由 {span}{self._because(case, max(before, after))}"

    def _law(self, case: Case, wanted: dict[str, Any]) -> str:
        before, after = case.statutory_due_at, wanted["statutory_due_at"]
        if before == after or before is None or after is None:
            return ""
        return f"法定到期日由 {_day(before)} {'顺延到' if after > before else '提前到'} {_day(after)}{self._because(case, max(before, after))}"

    def _because(self, case: Case, end: datetime) -> str:
        """The changed days between the start and the later due date, the first few by name."""
        if self.old is None:
            return ""
        days = self._days()
        start = case.clock_date or local(case.received_at).date()
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


_EMPTY = Ledger()


def _answer(table: DayTable, day: date) -> tuple[bool, bool]:
    return table.is_workday(day), table.is_workday(day, local=True)


def group_of(case: Case, ledger: Ledger) -> Any:
    """What the dates depend on and nothing else; moments only where a limit counts opening time."""
    exact = case.unit not in DAY_UNITS or case.statutory_unit not in DAY_UNITS or case.promised_n == 0
    when = (lambda moment: moment) if exact else _day_of
    notice = ledger.notice
    return (
        case.status, case.clock_date, case.unit, case.promised_n, case.statutory_unit, case.statutory_n, case.renewal_date,
        when(case.received_at), when(case.completed_at), when(case.accepted_at), when(case.decided_at), when(case.ended_at),
        tuple((row.started_at, row.ended_at, row.needed_days) for row in ledger.pauses),
        tuple((row.at, row.n) for row in ledger.extensions),
        tuple((row.at, row.n) for row in ledger.expedites),
        notice and (notice.number, _day_of(notice.told_at), notice.due_date),
        tuple((row.position, row.promised_date) for row in ledger.promises),
        frozenset(ledger.warned), frozenset(ledger.breached),
    )  # fmt: skip


def _day_of(moment: datetime | None) -> date | None:
    """The local day; Shanghai has had no summer time since 1991, so eight hours are all."""
    return None if moment is None else (moment + timedelta(hours=8)).date()


def _day(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d}"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"


def open_cases(center: Any) -> Iterator[list[Case]]:
    """The open cases in chunks, with what the dates need, in the order of their ids."""
    rows = Case.objects.of(center).filter(ended_at__isnull=True).only(*NEEDED).order_by("pk")
    last = None
    while chunk := list((rows.filter(pk__gt=last) if last else rows)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


@dataclass(frozen=True, slots=True)
class CalendarEffects:
    """What a new calendar would move: how many dates, and the first of them as lines."""

    moved: int
    shown: tuple[tuple[str, str, str], ...]


def calendar_effects(center: Any, old: DayTable, new: DayTable, most: int = 50) -> CalendarEffects:
    """The open cases whose dates `new` would move, those due first first, each (code, item, line); nothing is written (L4)."""
    mover, books = Mover(new, old), ledgers(center)
    found = [one for chunk in open_cases(center) for one in mover.moved(chunk, books) if one.words]
    found.sort(key=lambda one: (one.case.current_due_at, one.case.code))
    return CalendarEffects(len(found), tuple((one.case.code, one.case.item_name, one.words) for one in found[:most]))


def digest_of(table: DayTable) -> str:
    """A mark of everything in a calendar that dates depend on."""
    days = sorted((day.date.toordinal(), day.working) for day in table.days)
    told = repr((table.known_until, days, sorted(table.closures), table.hours))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
