"""Rows by the million: COPY on PostgreSQL, one long executemany on SQLite. For benches only: nothing is checked, nothing is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, ForeignKey, JSONField, UUIDField

Row = Mapping[str, Any]


@transaction.atomic
def pour(model: Any, rows: Iterable[Row]) -> None:
    """Write rows given as {field name: value}; what is not given takes the field's default. All rows name the same fields."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    columns = [_column(field, first) for field in fields]
    lines = (tuple(column(row) for column in columns) for row in _again(first, rows))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for line in lines:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', lines)


def _again(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _column(field: Any, first: Row) -> Callable[[Row], Any]:
    """How to get a column out of a row: a constant for what no row names, and no conversion the driver does itself."""
    name = field.name
    if name not in first:
        if callable(field.default):
            return lambda row: prepared(field, field.get_default())
        constant = prepared(field, field.get_default())
        return lambda row: constant
    if isinstance(field, ForeignKey):
        inner = field.target_field
        return lambda row: prepared(inner, _key(row[name]))
    if isinstance(field, UUIDField | DateTimeField | JSONField):
        return lambda row: prepared(field, row[name])
    return lambda row: row[name]


def _key(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value


def prepared(field: Any, value: Any) -> Any:
    if value is not None and isinstance(field, UUIDField):
        return value.hex if connection.vendor == "sqlite" else value
    return field.get_db_prep_save(value, connection)
