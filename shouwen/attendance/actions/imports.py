"""Bringing punches in: one file, one transaction, and nothing changes when it comes again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, transaction

from shouwen.attendance import formats
from shouwen.attendance.models import Device, ImportBatch, Punch, QuarantineLine, UnmatchedPin
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.pins import Pins
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.core.tenancy import uuid7

CHUNK = 2000
COLUMNS = (
    "id",
    "center",
    "device",
    "batch",
    "pin",
    "punched_at",
    "status",
    "verify",
    "is_corrected",
    "raw",
    "received_at",
)
LIMIT_MB = formats.LIMIT_BYTES // (1024 * 1024)


@dataclass(slots=True)
class Tally:
    """What became of the lines so far; `unreadable` is why the whole file is not, `pins` holds punches, first and last moment of each PIN."""

    good: int = 0
    bad: int = 0
    unreadable: str = ""
    first: datetime | None = None
    last: datetime | None = None
    pins: dict[str, tuple[int, datetime, datetime]] = field(default_factory=dict)

    def add(self, pin: str, moment: datetime) -> None:
        self.good += 1
        self.first = moment if self.first is None or moment < self.first else self.first
        self.last = moment if self.last is None or moment > self.last else self.last
        count, first, last = self.pins.get(pin, (0, moment, moment))
        self.pins[pin] = (count + 1, min(first, moment), max(last, moment))


@transaction.atomic
def import_punches(
    *,
    device: Device,
    data: bytes,
    file_name: str,
    kind: str = formats.Kind.ATTLOG,
    columns: formats.Columns | None = None,
    synced_until: datetime | None = None,
    batch: ImportBatch | None = None,
    by: Actor,
    at: datetime,
) -> ImportBatch:
    """Store every punch of a file; bad lines go to quarantine with number, reason and advice, good lines are kept.

    All in one transaction: a crash leaves nothing of the file. Punches that are known already are told as duplicates.
    `synced_until` is up to when the file is complete (default: its last punch); `batch` a staged upload to finish.
    Refused when larger than 20 MB or when no line is readable as the kind says.
    Effects: Punch, QuarantineLine, UnmatchedPin rows, the device's watermark, audit "attendance.import".
    依据: 一(一)、一(三)1 ("1.1", "1.3.1")
    """
    rights.require(by, "import")
    if len(data) > formats.LIMIT_BYTES:
        raise Refused(f"文件 {len(data) / 1024 / 1024:.1f} MB,超过 {LIMIT_MB} MB 的上限,请按月分开导出", "1.1")
    if batch is None:
        batch = ImportBatch.objects.create(
            center=by.center, device=device, kind=kind, imported_by=by.label, imported_at=at, **_fingerprint(data, file_name)
        )
    before = Punch.objects.of(by.center).filter(device=device).count()
    tally = _store(batch, formats.parse(data, formats.Kind(kind), columns, offset=device.utc_offset), at)
    if not tally.good and (not tally.bad or tally.unreadable):
        raise Refused(tally.unreadable or "文件是空的,没有一行打卡", "1.1")
    added = Punch.objects.of(by.center).filter(device=device).count() - before
    unmatched = _queue_unmatched(device, tally)
    _finish(batch, tally, added, unmatched, by, at)
    _move_watermark(device, synced_until or tally.last)
    detail = {"good": tally.good, "added": added, "bad": tally.bad, "unmatched": unmatched, "sha256": batch.sha256}
    record(by=by, at=at, verb="attendance.import", obj=batch, label=file_name, detail=detail)
    batch.refresh_from_db()
    return batch


def _fingerprint(data: bytes, file_name: str) -> dict[str, Any]:
    return {"file_name": file_name[-120:], "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def _store(batch: ImportBatch, lines: Iterable[formats.Punch | formats.BadLine], at: datetime) -> Tally:
    """Insert in chunks; what the unique key knows already is passed over by the database."""
    tally = Tally()
    insert = Insert(batch, at)
    source: Iterator[formats.Punch | formats.BadLine] = iter(lines)
    while chunk := list(islice(source, CHUNK)):
        bad = [line for line in chunk if isinstance(line, formats.BadLine)]
        for line in bad:
            tally.unreadable = tally.unreadable or (f"{line.reason};{line.advice}" if line.line == 0 else "")
        tally.bad += len(bad)
        QuarantineLine.objects.bulk_create([_quarantined(batch, line) for line in bad])
        insert([line for line in chunk if isinstance(line, formats.Punch)], tally)
    return tally


class Insert:
    """One statement for many punches, by hand: a hundred thousand model instances would take most of the time."""

    def __init__(self, batch: ImportBatch, at: datetime) -> None:
        self.zone = timezone(timedelta(minutes=batch.device.utc_offset))
        self.moment: Callable[[datetime], Any] = connection.ops.adapt_datetimefield_value
        self.key: Callable[[Any], Any] = partial(Punch._meta.pk.get_db_prep_value, connection=connection)
        self.head = [self.key(value) for value in (batch.center_id, batch.device_id, batch.pk)]
        self.received = self.moment(at)
        columns = [field.column for name in COLUMNS for field in Punch._meta.concrete_fields if field.name == name]
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join(["%s"] * len(columns))
        self.sql = f'INSERT INTO "{Punch._meta.db_table}" ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING'

    def __call__(self, lines: Iterable[formats.Punch], tally: Tally) -> None:
        rows = [self._row(line, tally) for line in lines]
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(self.sql, rows)

    def _row(self, line: formats.Punch, tally: Tally) -> list[Any]:
        pin, punched_at = (line.pin or line.name)[:32], line.at.replace(tzinfo=self.zone)
        tally.add(pin, punched_at)
        corrected = line.source == "correction"
        told = [pin, self.moment(punched_at), line.status, line.verify, corrected, line.raw, self.received]
        return [self.key(uuid7()), *self.head, *told]


def _quarantined(batch: ImportBatch, line: formats.BadLine) -> QuarantineLine:
    return QuarantineLine(
        center_id=batch.center_id,
        batch_id=batch.pk,
        line=line.line,
        raw=line.raw,
        reason=line.reason[:120],
        advice=line.advice[:160],
    )


def _queue_unmatched(device: Device, tally: Tally) -> int:
    """PINs nobody owns on the day they were used wait in the queue; returns how many of the file's PINs do."""
    pins = Pins(device.center_id)
    waiting = {
        pin: told
        for pin, told in tally.pins.items()
        if pins.owner_at(device, pin, told[1]) is None or pins.owner_at(device, pin, told[2]) is None
    }
    known = {row.pin: row for row in UnmatchedPin.objects.of(device.center_id).filter(device=device, pin__in=list(waiting))}
    for pin, (_, first, last) in waiting.items():
        row = known.get(pin) or UnmatchedPin(center_id=device.center_id, device=device, pin=pin, first_at=first, last_at=last)
        row.first_at, row.last_at = min(row.first_at, first), max(row.last_at, last)
        row.punches = Punch.objects.of(device.center_id).filter(device=device, pin=pin).count()
        if row.outcome != UnmatchedPin.IGNORED:
            row.resolved_at, row.outcome = None, ""
        row.save(force_insert=pin not in known)
    return len(waiting)


def _finish(batch: ImportBatch, tally: Tally, added: int, unmatched: int, by: Actor, at: datetime) -> None:
    rows = ImportBatch.objects.of(by.center).filter(pk=batch.pk, state=ImportBatch.State.STAGED)
    changed = rows.update(
        state=ImportBatch.State.DONE,
        good=tally.good,
        duplicate=tally.good - added,
        bad=tally.bad,
        unmatched=unmatched,
        first_at=tally.first,
        last_at=tally.last,
        imported_by=by.label,
        imported_at=at,
        staged_as="",
    )
    if changed != 1:
        raise taken()


def _move_watermark(device: Device, until: datetime | None) -> None:
    """The watermark only moves forward: an old file brought in again takes nothing back."""
    if until is None:
        return
    rows = Device.objects.of(device.center_id).filter(pk=device.pk)
    if device.synced_until is None or until > device.synced_until:
        rows.update(synced_until=until)
    device.refresh_from_db()
