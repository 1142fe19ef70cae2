"""Who is assessed: people, departments, windows, stations, the centre and the assessors (1.1, 1.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from shouwen.rules.scoring.periods import Period

KINDS = ("member", "department", "window", "station", "centre", "assessor")
SUNDAY_AND_SATURDAY = (5, 6)


@dataclass(frozen=True, slots=True)
class Subject:
    """One who has a ledger. `first` and `last` are the days of the membership, both inside, None when open.

    The same id may stand several times with other days (a mover). `assessed` maps a period's key ("2026-10") to the
    assessed working days in it; 0 means a whole period away (R8). `attrs` holds what a rulebook asks by "member.<name>".
    """

    id: str
    kind: str = "member"
    name: str = ""
    department: str | None = None
    post: str | None = None
    first: date | None = None
    last: date | None = None
    assessed: Mapping[str, int] = field(default_factory=dict)
    attrs: Mapping[str, object] = field(default_factory=dict)

    def overlaps(self, period: Period) -> bool:
        """Whether any day of the membership lies in the period."""
        return (self.first is None or self.first <= period.last) and (self.last is None or self.last >= period.first)

    def get(self, name: str) -> object:
        """An attribute by the name a rulebook uses, with or without "member."."""
        name = name.removeprefix("member.")
        if name in {"post", "department", "kind", "name", "id"}:
            return getattr(self, name)
        return self.attrs.get(name)

    def unit(self, kind: str) -> str | None:
        """The unit of that kind this one belongs to: an attribute of that name, else the department."""
        own = self.attrs.get(kind)
        return self.department if own is None else str(own)


@dataclass(frozen=True, slots=True)
class LeaveSpan:
    """An approved leave: who, which kind, first and last day (both inside); its length in days where it is not the working
    days between them (half a day), and what else the ladder of approvers asks of it."""

    subject: str
    kind: str
    first: date
    last: date
    days: Decimal | None = None
    attrs: Mapping[str, object] = field(default_factory=dict)


class Roster:
    """Subjects by id, leaves, and the days that are worked (Monday to Friday unless told otherwise)."""

    def __init__(
        self,
        subjects: Iterable[Subject],
        leaves: Iterable[LeaveSpan] = (),
        rest_days: Iterable[date] = (),
        work_days: Iterable[date] = (),
    ) -> None:
        self.rows: dict[str, list[Subject]] = {}
        for one in subjects:
            self.rows.setdefault(one.id, []).append(one)
        self.leaves: dict[str, list[LeaveSpan]] = {}
        for leave in leaves:
            self.leaves.setdefault(leave.subject, []).append(leave)
        self.rest_days = frozenset(rest_days)
        self.work_days = frozenset(work_days)

    def at(self, code: str, period: Period) -> Subject | None:
        """The row in force on the last day of the period on which the subject was there (R10: a mover counts where he stands)."""
        rows = self.rows[code]
        if len(rows) == 1:
            return rows[0] if rows[0].overlaps(period) else None
        found = [row for row in rows if row.overlaps(period)]
        return max(found, key=lambda row: row.first or date.min) if found else None

    def any(self, code: str) -> Subject | None:
        """Any row of a subject; None when nobody has this id."""
        rows = self.rows.get(code)
        return rows[-1] if rows else None

    def on(self, code: str, day: date) -> Subject | None:
        """The row of a subject on a day, or the nearest when no row holds it."""
        rows = self.rows.get(code)
        if not rows or len(rows) == 1:
            return rows[0] if rows else None
        for row in rows:
            if (row.first is None or row.first <= day) and (row.last is None or day <= row.last):
                return row
        return rows[-1]

    def worked(self, day: date) -> bool:
        """Whether the day is a working day."""
        return day in self.work_days or (day not in self.rest_days and day.weekday() not in SUNDAY_AND_SATURDAY)

    def adjoining(self, earlier: date, later: date) -> bool:
        """Whether no working day lies strictly between two days."""
        day = earlier + timedelta(days=1)
        while day < later:
            if self.worked(day):
                return False
            day += timedelta(days=1)
        return True

    def length(self, leave: LeaveSpan) -> Decimal:
        """A leave in days: as given, else the working days in it."""
        if leave.days is not None:
            return leave.days
        span = (leave.last - leave.first).days + 1
        return Decimal(sum(1 for step in range(span) if self.worked(leave.first + timedelta(days=step))))

    def on_leave(self, code: str, day: date) -> list[str]:
        """The kinds of leave a subject is on that day."""
        return [span.kind for span in self.leaves.get(code, ()) if span.first <= day <= span.last]
