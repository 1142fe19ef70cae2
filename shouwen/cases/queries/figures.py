"""The centre's cases in figures: how many are open and how they stand, by department and window, and the weeks behind ("3.3")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncWeek

from shouwen.cases.models import Case
from shouwen.cases.queries.lists import SOON_WORKDAYS
from shouwen.core.clock import local, midnight
from shouwen.rules.workdays import DayTable

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """Open cases of the centre or a part of it, each figure counted as the list's view of the same name shows them.

    `name` is "" for the whole; `code` is the department's, "" for a window.
    """

    name: str
    code: str
    open: int
    soon: int
    late: int
    paused: int
    correction: int
    deliver: int


@dataclass(frozen=True, slots=True)
class Standings:
    """The whole centre, each department and each window with open cases, the busiest first."""

    whole: Standing
    departments: list[Standing]
    windows: list[Standing]


FIGURES = ("open", "soon", "late", "paused", "correction", "deliver")


def standings(center: Any, table: DayTable, at: datetime) -> Standings:
    """Everything open at a moment; one statement over the open cases alone, however many have ended."""
    running = Q(paused_at__isnull=True)
    soon = midnight(table.add(local(at).date(), SOON_WORKDAYS + 1).date)
    rows: Any = Case.objects.of(center).filter(ended_at__isnull=True).order_by()
    rows = rows.values("department__code", "department__short_name", "counter_label").annotate(
        open=Count("pk"),
        soon=Count("pk", running & Q(current_due_at__gte=at, current_due_at__lt=soon)),
        late=Count("pk", running & Q(current_due_at__lt=at)),
        paused=Count("pk", ~running),
        correction=Count("pk", Q(status=Case.Status.CORRECTION)),
        deliver=Count("pk", Q(status=Case.Status.DECIDED)),
    )
    found = list(rows)
    by_unit: dict[tuple[str, str], list[dict[str, Any]]] = {}
    by_window: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        by_unit.setdefault((row["department__short_name"], row["department__code"]), []).append(row)
        by_window.setdefault((row["counter_label"], ""), []).append(row)
    return Standings(_summed("", "", found), _parts(by_unit), _parts(by_window))


def _parts(groups: dict[tuple[str, str], list[dict[str, Any]]]) -> list[Standing]:
    return sorted((_summed(*key, rows) for key, rows in groups.items()), key=lambda one: (-one.open, one.name))


def _summed(name: str, code: str, rows: Iterable[dict[str, Any]]) -> Standing:
    total: Counter[str] = Counter()
    for row in rows:
        total.update({figure: row[figure] for figure in FIGURES})
    return Standing(name, code, *(total[figure] for figure in FIGURES))


@dataclass(frozen=True, slots=True)
class Week:
    """Cases received and decided in the week from Monday `start`; `on_time` of the decided kept the promise."""

    start: date
    received: int
    decided: int
    on_time: int

    @property
    def end(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def share(self) -> int | None:
        """Per cent decided within the promised time, rounded down so that 100 means every one; None when none was decided."""
        return self.on_time * 100 // self.decided if self.decided else None


def weeks(center: Any, on: date, count: int = WEEKS) -> list[Week]:
    """The week of a day and those before it, the oldest first; two statements over these weeks alone."""
    monday = on - timedelta(days=on.weekday())
    starts = [monday - timedelta(weeks=back) for back in reversed(range(count))]
    first, rows = midnight(starts[0]), Case.objects.of(center).order_by()
    came = rows.filter(received_at__gte=first).values(week=TruncWeek("received_at")).annotate(n=Count("pk"))
    went = rows.filter(decided_at__gte=first).values(week=TruncWeek("decided_at"))
    went = went.annotate(n=Count("pk"), kept=Count("pk", Q(decided_at__lte=F("due_at"))))
    received = {local(row["week"]).date(): row["n"] for row in came}
    decided = {local(row["week"]).date(): (row["n"], row["kept"]) for row in went}
    return [Week(start, received.get(start, 0), *decided.get(start, (0, 0))) for start in starts]
