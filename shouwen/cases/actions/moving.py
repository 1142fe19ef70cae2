"""After a change of the calendar the dates of open cases move, each with the reason as an entry (L3, L4, L35; K9, K10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.story import plain
from shouwen.cases.models import Case, CaseCalendar, Event
from shouwen.cases.queries.moving import PROJECTED, MovedCase, Mover, digest_of, moment, stored
from shouwen.core.actors import Actor
from shouwen.core.tenancy import uuid7
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

CLAUSE = "3.3"
_digests: dict[Any, tuple[DayTable, str]] = {}


def move_dates(*, old: DayTable | None = None, reason: str = "", by: Actor, at: datetime) -> int:
    """Bring the dates of every open case of the centre in line with the calendar as it is now; returns how many moved.

    `old` is the calendar before the change: with it each entry names the days that changed. A breach on record stays whatever
    the new calendar says (L5). Five thousand cases a transaction, so that the hall can go on working; run again, it goes on
    where it was cut off. Effects: projections, an entry "move_dates" with old and new date for each case whose date moved, audit
    "cases.move_dates" a transaction. 依据: 三(三) ("3.3")
    """
    table, total = day_table(by.center), 0
    for moved in Mover(by.center, table, old).chunks():
        if moved:
            total += _write(moved, reason, by, at)
    _remember(by.center, table)
    return total


def follow_calendar(*, by: Actor, at: datetime) -> int:
    """What the tick does first: when the calendar is not the one the dates were made with, move them. One small query else."""
    table = day_table(by.center)
    seen = CaseCalendar.objects.of(by.center).values_list("digest", flat=True).first()
    return 0 if seen == _digest(by.center, table) else move_dates(reason="日历有变动", by=by, at=at)


def _digest(center: Any, table: DayTable) -> str:
    known = _digests.get(center.pk)
    if known is None or known[0] is not table:
        known = _digests[center.pk] = (table, digest_of(table))
    return known[1]


def _remember(center: Any, table: DayTable) -> None:
    digest = _digest(center, table)
    if CaseCalendar.objects.of(center).update(digest=digest) == 0:
        CaseCalendar.objects.bulk_create([CaseCalendar(center=center, digest=digest)], ignore_conflicts=True)


@transaction.atomic
def _write(moved: Sequence[MovedCase], reason: str, by: Actor, at: datetime) -> int:
    """Two statements for all of them. A case somebody changed meanwhile is left out: its own entry has the new dates already."""
    keys = [one.row.id for one in moved]
    rows = Case.objects.of(by.center).select_for_update(no_key=True).filter(pk__in=keys, ended_at__isnull=True)
    fresh = {stored("id", pk): revision for pk, revision in rows.values_list("pk", "revision")}
    kept = [one for one in moved if fresh.get(one.row.id) == one.row.revision]
    told = [one for one in kept if one.words]
    center = stored("center", by.center.pk)
    with connection.cursor() as cursor:
        if kept:
            changes = [(*one.dates.stored, 1 if one.words else 0, center, one.row.id) for one in kept]
            cursor.executemany(_update(), changes)
        if told:
            cursor.executemany(_insert(), list(_entries(told, reason, by, at)))
            record(
                by=by, at=at, verb="cases.move_dates", label=f"{len(told)} 件办件的到期日随日历变动", detail={"reason": reason}
            )
    return len(told)


@cache
def _update() -> str:
    """SQL by hand: a hundred thousand rows, each with values of its own."""
    sets = ", ".join(f'"{Case._meta.get_field(name).column}" = %s' for name in PROJECTED)  # type: ignore[union-attr]
    return f'UPDATE "{Case._meta.db_table}" SET {sets}, "revision" = "revision" + %s WHERE "center_id" = %s AND "id" = %s'


@cache
def _insert() -> str:
    columns = [f'"{one.column}"' for one in Event._meta.concrete_fields]
    return f'INSERT INTO "{Event._meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(["%s"] * len(columns))})'


def _entries(told: Sequence[MovedCase], reason: str, by: Actor, at: datetime) -> Iterator[list[Any]]:
    """The entries as the database keeps them; what is alike for all is prepared once."""
    because = f"{reason}：" if reason else ""
    alike = {"center": by.center.pk, "kind": "move_dates", "at": at, "by": by.label[:60], "clause": CLAUSE}
    row = {field.name: _kept(field.name, alike[field.name]) for field in Event._meta.concrete_fields if field.name in alike}
    order = [field.name for field in Event._meta.concrete_fields]
    spans: dict[Any, Any] = {}
    for one in told:
        span = (one.row.projected[3], one.dates.stored[3])
        if span not in spans:
            data = {"from": plain(moment(span[0])), "to": plain(one.dates.values["current_due_at"])}
            spans[span] = _kept("data", data)
        row |= {
            "id": _kept("id", uuid7()), "case": one.row.id, "number": one.row.revision + 1,
            "words": f"{because}{one.words}"[:300], "data": spans[span],
        }  # fmt: skip
        yield [row[name] for name in order]


def _kept(name: str, value: Any) -> Any:
    return Event._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]
