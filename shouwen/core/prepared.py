"""Reads that every request pays for, put into words once: composing SQL costs Django more than the database needs to answer.

    LIVE = Prepared(lambda center, on: Ticket.objects.of(center).filter(date=on).values_list("id", "code"), UUID, date)
    rows = LIVE(center.pk, today)

The queryset is composed with stand-ins the first time a connection sees it and kept with the connection; later calls put the
real values in their places. Only for equality and order (=, <, <=, in_force …) of the kinds below, without prefetch and
without anything in the shape that depends on the values. What comes back is what the queryset would give: models with their
related rows, or tuples.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """`build(*values)` composes the queryset, `kinds` are the types of its values: UUID, date, datetime or str."""

    def __init__(self, build: Callable[..., QuerySet[Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds

    def __call__(self, *values: Any) -> list[Any]:
        """The rows for these values, in one statement."""
        kept: dict[Prepared, _Composed] = connection.__dict__.setdefault("_prepared_reads", {})
        composed = kept.get(self)
        if composed is None:
            composed = kept[self] = _Composed(self.build, self.kinds)
        return composed.rows(values)

    def first(self, *values: Any) -> Any:
        """The first row, None without one; the queryset itself says how few are read."""
        return next(iter(self(*values)), None)


class _Composed:
    """One read on one connection: its SQL, its parameters with holes, and Django's own reader of the rows."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: tuple[type, ...]) -> None:
        self.kinds = kinds
        stand_ins = [_stand_in(kind, number) for number, kind in enumerate(kinds)]
        self.queryset = build(*stand_ins)
        self.compiler: Any = self.queryset.query.get_compiler(connection=connection)
        self.sql, params = self.compiler.as_sql()
        marks = {_adapted(value): number for number, value in enumerate(stand_ins)}
        self.params = list(params)
        self.holes = [(place, marks[value]) for place, value in enumerate(params) if _is_mark(value, marks)]
        if {number for _, number in self.holes} != set(range(len(kinds))):
            raise ValueError("a value of this read is not found in its SQL")
        # The iterable asks the query for a compiler and the compiler for its SQL: both answers are known.
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler  # type: ignore[method-assign]

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        if tuple(map(type, values)) != self.kinds:
            raise TypeError(f"{values} are not {self.kinds}")
        params, adapted = list(self.params), [_adapted(value) for value in values]
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


def _adapted(value: Any) -> Any:
    """A value as the database takes it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
