"""Writing the trail: one record in the caller's transaction, and each night the ends of all chains outside the database."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from shouwen.audit import queries
from shouwen.audit.models import INSTALLATION, SEALED, Head, Record, seal, sealing_key
from shouwen.core.actors import Actor
from shouwen.core.tenancy import across_centers, uuid7
from shouwen.rules.masking import scrub

__all__ = ["anchor", "record"]
# The digest of a paper: one in a hundred has a run of digits that looks like a card or a telephone, and must stay whole.
DIGEST = re.compile(r"[0-9a-f]{64}")


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    obj: Any = None,
    label: str = "",
    detail: dict[str, Any] | None = None,
    result: str = "ok",
) -> None:
    """Append one row to the chain of `by.center` (without one: of the installation).

    `verb` is "app.noun.verb" ("attendance.leave.approve"), `obj` the row acted on, `label` its words (default `str(obj)`),
    `detail` whatever JSON can hold, `result` "ok", "refused" or "failed". Identity, phone and card numbers are starred out.
    Part of the caller's transaction: rolled back with it, without a gap. It holds the centre's chain until that transaction
    ends, so make it the last step of an action. 等保 8.1.4.3.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    center_id = INSTALLATION if by.center is None else by.center.pk
    kind, object_id, code, words = _describe(obj, center_id)
    row = {
        "id": uuid7(),
        "center_id": center_id,
        "at": at,
        "actor_kind": by.kind,
        "actor_id": "" if by.member is None else str(by.member.pk),
        "actor_label": _text(by.label, 60),
        "verb": verb,
        "object_kind": kind,
        "object_id": object_id,
        "object_code": code,
        "label": _text(label or words, 200),
        "detail": _json(detail),
        "result": result,
    }
    if (waiting := _together.get()) is None:
        _append([row])
    else:
        waiting.append(row)


@contextmanager
def together() -> Iterator[None]:
    """Records made inside are written when the block ends, in one go: what consists of several acts holds the chain once, and last.

    Inside the transaction of the action, for one centre; nothing inside may catch a refusal and go on.
    """
    if _together.get() is not None:
        yield
        return
    rows: list[dict[str, Any]] = []
    token = _together.set(rows)
    try:
        yield
    finally:
        _together.reset(token)
    if rows:
        _append(rows)


_together: ContextVar[list[dict[str, Any]] | None] = ContextVar("records_together", default=None)


@transaction.atomic(savepoint=False)
def _append(rows: list[dict[str, Any]]) -> None:
    """Three lean statements; the first one waits for whoever else is writing to this chain."""
    if len({row["center_id"] for row in rows}) != 1:
        raise ValueError("Records made together are of one center")
    connection, center_id = connections[DEFAULT_DB_ALIAS], rows[0]["center_id"]
    sql = _statements(connection.vendor)
    key = Head._meta.pk.get_db_prep_value(center_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql["take"], [key])
        head = cursor.fetchone()
        if head is None:
            # Two first writers at once: one creates the chain, both then wait for its row.
            cursor.execute(sql["begin"], [key])
            cursor.execute(sql["take"], [key])
            head = cursor.fetchone()
        seq, last = head
        values: list[Any] = []
        for row in rows:
            row["seq"], row["previous"] = seq + 1, last
            seq, last = row["seq"], seal(sealing_key(), [row[name] for name in SEALED])
            row["hash"] = last
            values += [field.get_db_prep_save(row[field.attname], connection) for field in Record._meta.concrete_fields]
        more = f", {sql['values']}" * (len(rows) - 1)
        cursor.execute(sql["insert"] + more, values)
        cursor.execute(sql["move"], [seq, last, key])


@cache
def _statements(vendor: str) -> dict[str, str]:
    """SQL by hand, one spelling: every POST pays for these, and the ORM would take more time than the database."""
    head, table = Head._meta.db_table, Record._meta.db_table
    columns = [f'"{field.column}"' for field in Record._meta.concrete_fields]
    values = f"({', '.join(['%s'] * len(columns))})"
    lock = " FOR NO KEY UPDATE" if vendor == "postgresql" else ""
    return {
        "take": f'SELECT "seq", "hash" FROM "{head}" WHERE "center_id" = %s{lock}',
        "begin": f"""INSERT INTO "{head}" ("center_id", "seq", "hash") VALUES (%s, 0, '') ON CONFLICT DO NOTHING""",
        "insert": f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {values}',
        "values": values,
        "move": f'UPDATE "{head}" SET "seq" = %s, "hash" = %s WHERE "center_id" = %s',
    }


def _describe(obj: models.Model | None, center_id: UUID) -> tuple[str, str, str, str]:
    """Kind, id, public code and words of the object."""
    if obj is None:
        return "", "", "", ""
    theirs = getattr(obj, "center_id", None)
    if theirs is not None and center_id != INSTALLATION and theirs != center_id:
        raise ValueError(f"{obj._meta.label} of another center in this center's trail")
    named = type(obj).__str__ is not models.Model.__str__
    words = str(obj) if named else str(obj._meta.verbose_name)
    return obj._meta.label_lower, str(obj.pk), str(getattr(obj, "code", "") or "")[:40], words


def _text(value: str, length: int) -> str:
    """Storable everywhere (PostgreSQL knows no NUL, UTF-8 no surrogates) and without personal numbers."""
    clean = value.replace("\x00", "").encode("utf-8", "replace").decode()
    return (clean if DIGEST.fullmatch(clean) else scrub(clean))[:length]


def _json(detail: dict[str, Any] | None) -> str:
    if not detail:
        return ""
    plain = json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
    return json.dumps(_scrubbed(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value, 2000)
    if isinstance(value, dict):
        return {_text(name, 200): _scrubbed(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_scrubbed(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and (starred := scrub(str(value))) != str(value):
        return starred
    return value


def anchor(*, by: Actor, at: datetime) -> int:
    """Write the end of every chain that grew to the anchor file, then a record of that; returns the lines written.

    Nightly, outside any transaction. A cut tail or a restored old backup no longer fits the file; a copy of the file kept
    elsewhere also shows a replaced file. Effects: lines in the file, audit "audit.anchor". 等保 8.1.4.7.
    """
    with across_centers("the ends of all chains"):
        heads = list(Head.objects.filter(seq__gt=0).order_by("center_id").values_list("center_id", "seq", "hash"))
    path = queries.anchor_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "a+", encoding="utf-8", opener=_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        if text and not text.endswith("\n"):
            file.write("\n")  # a line half written when the power went stays one bad line
        anchors = queries.read_anchors(text.splitlines())
        grown = [head for head in heads if anchors.ends.get(head[0]) != (head[1], head[2])]
        for center_id, seq, last in grown:
            line = queries.anchor_line(anchors, at, center_id, seq, last)
            file.write(line + "\n")
            anchors.add(line)
        file.flush()
        os.fsync(file.fileno())
    record(
        by=replace(by, center=None),
        at=at,
        verb="audit.anchor",
        detail={"lines": anchors.lines, "mac": queries.lettered(anchors.mac)},
    )
    return len(grown)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
