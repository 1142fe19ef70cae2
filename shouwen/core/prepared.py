"""Statements that every request pays for, put into words once: composing SQL costs Django more than the database needs to answer.

    LIVE = Prepared(lambda center, on: Ticket.objects.of(center).filter(date=on).values_list("id", "code"), UUID, date)
    rows = LIVE(center.pk, today)

The queryset is composed with stand-ins the first time a connection sees it and kept with the connection; later calls put the
real values in their places. Only for equality and order (=, <, <=, in_force …) of the kinds below, without prefetch and
without anything in the shape that depends on the values. What comes back is what the queryset would give: models with their
related rows, or tuples. `change` is the same for the conditional UPDATE by which one of two people wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

from shouwen.core.tenancy import TenantModel, same_center


class Prepared:
    """`build(*values)` composes the queryset, `kinds` are the types of its values: UUID, date, datetime or str."""

    def __init__(self, build: Callable[..., QuerySet[Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds

    def __call__(self, *values: Any) -> list[Any]:
        """The rows for these values, in one statement."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: dict[Prepared, _Composed] = connection.__dict__.setdefault("_prepared_reads", {})
        composed = kept.get(self)
        if composed is None:
            composed = kept[self] = _Composed(self.build, self.kinds, connection)
        return composed.rows(values)

    def first(self, *values: Any) -> Any:
        """The first row, None without one; the queryset itself says how few are read."""
        return next(iter(self(*values)), None)


class _Composed:
    """One read on one connection: its SQL, its parameters with holes, and Django's own reader of the rows."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: tuple[type, ...], connection: Any) -> None:
        self.kinds, self.connection = kinds, connection
        stand_ins = [_stand_in(kind, number) for number, kind in enumerate(kinds)]
        self.queryset = build(*stand_ins)
        self.compiler: Any = self.queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        marks = {_adapted(value, connection): number for number, value in enumerate(stand_ins)}
        self.params = list(params)
        self.holes = [(place, marks[value]) for place, value in enumerate(params) if _is_mark(value, marks)]
        if {number for _, number in self.holes} != set(range(len(kinds))):
            raise ValueError("a value of this read is not found in its SQL")
        # The iterable asks the query for a compiler, the compiler for its SQL and for what turns columns into values: all known.
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler  # type: ignore[method-assign]
        converters = self.compiler.get_converters([column[0] for column in self.compiler.select[: self.compiler.col_count]])
        self.compiler.get_converters = lambda expressions: converters

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        if tuple(map(type, values)) != self.kinds:
            raise TypeError(f"{values} are not {self.kinds}")
        params, adapted = list(self.params), [_adapted(value, self.connection) for value in values]
        for place, number in self.holes:
            params[place] = adapted[number]
        self.compiler.as_sql = lambda *args, **kwargs: (self.sql, tuple(params))
        found: Any = self.queryset._iterable_class(self.queryset)  # type: ignore[attr-defined]
        return list(found)


def _stand_in(kind: type, number: int) -> Any:
    """A value nobody has, of the kind."""
    if kind is UUID:
        return UUID(int=(0x5157 << 96) + number)
    if kind is datetime:
        return datetime(1931, 5, 7, 1, 2, 3, 1000 + number, tzinfo=UTC)
    if kind is date:
        return date(1931, 5, 7 + number)
    if kind is str:
        return f"\x01{number}\x01"
    raise TypeError(kind)


def _is_mark(value: Any, marks: dict[Any, int]) -> bool:
    return isinstance(value, str | date | UUID) and value in marks


def _adapted(value: Any, connection: Any) -> Any:
    """A value as the database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


@cache
def change_sql(model: type[Model], columns: tuple[str, ...], known: tuple[str, ...], empty: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{column}" = %s' for column in columns)
    guards = "".join(f' AND "{column}" = %s' for column in known) + "".join(f' AND "{column}" IS NULL' for column in empty)
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "center_id" = %s AND "id" = %s{guards}'


def change(row: TenantModel, was: Mapping[str, Any], **changes: Any) -> bool:
    """One conditional UPDATE: the row becomes `changes` if its fields still are as they `was`. False: somebody was quicker.

    As `of(center).filter(pk=…, **was).update(**changes)`, composed once; the row in memory shows the changes afterwards. Values
    are plain ones and model instances. Raises IntegrityError as any write.
    """
    same_center(changes)
    model, connection = type(row), connections[DEFAULT_DB_ALIAS]

    def stored(told: Mapping[str, Any]) -> dict[str, Any]:
        found = {model._meta.get_field(name): getattr(value, "pk", value) for name, value in told.items()}
        return {str(field.column): field.get_db_prep_save(value, connection) for field, value in found.items()}  # type: ignore[union-attr]

    sets, guards = stored(changes), stored(was)
    empty = tuple(column for column, value in guards.items() if value is None)
    known = {column: value for column, value in guards.items() if value is not None}
    keys = stored({"center": row.center_id, "id": row.pk})
    with connection.cursor() as cursor:
        cursor.execute(change_sql(model, tuple(sets), tuple(known), empty), [*sets.values(), *keys.values(), *known.values()])
        if cursor.rowcount != 1:
            return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True
