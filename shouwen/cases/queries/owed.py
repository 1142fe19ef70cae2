"""One row for everything owed on cases, so that 今日 reads all of it in one statement as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from shouwen.core.obligations import Obligation

NOTHING = Value("", CharField())
NEVER = Value(None, DateTimeField())


class Owed(NamedTuple):
    """`kind` says what it is, `page` which code its page has; `who` and `word` are what the kind makes of them."""

    kind: str
    code: str
    page: str
    title: str
    who: str
    word: str
    since: datetime
    due: datetime | None


Select = QuerySet[Any, Any]
Shape = Callable[[Owed, datetime], Obligation]


def select(
    rows: QuerySet[Any], kind: Any, title: Any = NOTHING, who: Any = NOTHING, word: Any = NOTHING, *, since: Any,
    due: Any = NEVER, code: Any = "code", page: Any = "code",
) -> Select:  # fmt: skip
    """One part of the statement: names of fields or expressions for the columns of `Owed`; a `kind` in words is that word."""
    text = [Cast(F(one) if isinstance(one, str) else one, CharField()) for one in (code, page, title, who, word)]
    moments = [F(one) if isinstance(one, str) else one for one in (since, due)]
    first = Value(kind, CharField()) if isinstance(kind, str) else kind
    return rows.order_by().values_list(first, *text, *moments)


def read_owed(selects: Iterable[Select]) -> list[Owed]:
    """All parts in one statement, none without parts; in no order."""
    parts = list(selects)
    if not parts:
        return []
    return [Owed(*row) for row in parts[0].union(*parts[1:], all=True)]


def shaped(rows: Iterable[Owed], shapes: dict[str, Shape], at: datetime) -> list[Obligation]:
    """What is due first first, what has no limit last."""
    found = [shapes[row.kind](row, at) for row in rows]
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.started_at, one.started_at, one.code))
