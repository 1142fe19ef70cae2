"""The centre at a glance: what is open and how it stands, the hall today, the weeks behind, what waits too long ("3.3", "4.3.2.1")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from shouwen.cases import queries as cases
from shouwen.cases.queries import Standing
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.desk.queries.charts import WeekChart, week_chart
from shouwen.reception import queries as reception
from shouwen.reception.models import HandOver, Ticket
from shouwen.workcalendar.queries import day_table

OLDEST = 10
OFFERS = 20


@dataclass(frozen=True, slots=True)
class Window:
    """A window today: its visits (`reception` figures, None before the first) and its open cases (None without any)."""

    name: str
    visits: Any
    cases: Standing | None


@dataclass(frozen=True, slots=True)
class Line:
    """People waiting in a queue now; `since` is when the first of them came."""

    name: str
    waiting: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """`late` are the oldest overdue cases, `offers` hand-overs nobody took in time, `hall` the visits of today."""

    whole: Standing
    departments: list[Standing]
    windows: list[Window]
    lines: list[Line]
    hall: Any
    late: list[Any]
    offers: list[HandOver]
    chart: WeekChart

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)


def overview(actor: Actor, at: datetime) -> Overview:
    """Ten queries, whatever the centre's size: open cases are counted by one statement, history by week."""
    center, on = actor.center, local(at).date()
    table = day_table(center)
    standing = cases.standings(center, table, at)
    hall = reception.statistics(center, on, on)
    late = cases.rows(actor, cases.Filter(view="late"), at, table=table, most=OLDEST)
    return Overview(
        whole=standing.whole,
        departments=standing.departments,
        windows=_windows(hall.counters, standing.windows),
        lines=_lines(center, at),
        hall=hall.whole,
        late=list(late.rows),
        offers=_offers(center, at),
        chart=week_chart(cases.weeks(center, on)),
    )


def _windows(visits: Iterable[Any], standings: Iterable[Standing]) -> list[Window]:
    """By label; a window has visits, cases or both. The order is that of the windows, then of units that take cases in."""
    served = {one.label: one for one in visits}
    held = {one.name: one for one in standings if one.name}
    names = sorted({*served, *held}, key=_place)
    return [Window(name, served.get(name), held.get(name)) for name in names]


def _place(name: str) -> tuple[int, str]:
    number = name.partition("号窗口")[0]
    return (int(number) if number.isdecimal() else 1000, name)


def _lines(center: Any, at: datetime) -> list[Line]:
    rows = Ticket.objects.of(center).filter(date=local(at).date(), status=Ticket.Status.WAITING).order_by()
    found = rows.values_list("queue__prefix", "queue__name").annotate(n=Count("pk"), since=Min("rank_at"))
    return [Line(f"{prefix} {name}", n, since) for prefix, name, n, since in sorted(found)]


def _offers(center: Any, at: datetime) -> list[HandOver]:
    """Pending and past the minutes the rulebook gives, the oldest first."""
    rows = HandOver.objects.of(center).filter(status=HandOver.Status.PENDING, remind_at__lte=at)
    return list(rows.select_related("matter").order_by("asked_at", "id")[:OFFERS])
