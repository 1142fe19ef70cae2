"""After a change of the calendar the dates of open cases move, each with the reason as an entry (L3, L4, L35; K9, K10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.story import plain
from shouwen.cases.models import Case, CaseCalendar, Event
from shouwen.cases.queries.ledger import ledgers
from shouwen.cases.queries.moving import PROJECTED, MovedCase, Mover, digest_of, open_cases
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
    table = day_table(by.center)
    mover, books, total = Mover(table, old), ledgers(by.center), 0
    for chunk in open_cases(by.center):
        moved = list(mover.moved(chunk, books))
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
    keys = [one.case.pk for one in moved]
    fresh = dict(
        Case.objects.of(by.center).select_for_update().filter(pk__in=keys, ended_at__isnull=True).values_list("pk", "revision")
    )
    kept = [one for one in moved if fresh.get(one.case.pk) == one.case.revision]
    told = [one for one in kept if one.words]
    with connection.cursor() as cursor:
        if quiet := [_row(one, 0, by) for one in kept if not one.words]:
            cursor.executemany(_update(), quiet)
        if told:
            cursor.executemany(_update(), [_row(one, 1, by) for one in told])
            cursor.executemany(_insert(), [_entry(one, reason, by, at) for one in told])
            record(by=by, at=at, verb="cases.move_dates", label=f"{len(told)} 件办件的到期日随日历变动", detail={"reason": reason})
    return len(told)


@cache
def _update() -> str:
    """SQL by hand: a hundred thousand rows, each with values of its own."""
    table = Case._meta.db_table
    sets = ", ".join(f'"{Case._meta.get_field(name).column}" = %s' for name in PROJECTED)  # type: ignore[union-attr]
    return f'UPDATE "{table}" SET {sets}, "revision" = "revision" + %s WHERE "center_id" = %s AND "id" = %s'


@cache
def _insert() -> str:
    columns = [f'"{one.column}"' for one in Event._meta.concrete_fields]
    return f'INSERT INTO "{Event._meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(["%s"] * len(columns))})'


def _row(one: MovedCase, step: int, by: Actor) -> list[Any]:
    values = [_stored(Case, name, one.fields[name]) for name in PROJECTED]
    return [*values, step, _stored(Case, "center", by.center.pk), _stored(Case, "id", one.case.pk)]


def _entry(one: MovedCase, reason: str, by: Actor, at: datetime) -> list[Any]:
    because = f"{reason}：" if reason else ""
    data = {"from": plain(one.case.current_due_at), "to": plain(one.fields["current_due_at"])}
    row = {
        "id": uuid7(), "center": by.center.pk, "case": one.case.pk, "number": one.case.revision + 1, "kind": "move_dates", "at": at,
        "by": by.label[:60], "words": f"{because}{one.words}"[:300], "clause": CLAUSE, "data": data,
    }  # fmt: skip
    return [_stored(Event, field.name, row[field.name]) for field in Event._meta.concrete_fields]


def _stored(model: Any, name: str, value: Any) -> Any:
    return model._meta.get_field(name).get_db_prep_save(value, connection)
