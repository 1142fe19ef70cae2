"""An uploaded file on its way: kept aside while a person corrects the columns, then imported or given up."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from shouwen.attendance import formats
from shouwen.attendance.actions.devices import add_device
from shouwen.attendance.actions.imports import LIMIT_MB, import_punches
from shouwen.attendance.actions.slots import recompute_recent
from shouwen.attendance.models import Device, ImportBatch
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.staged import FOLDER, look, staged_path
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken


@transaction.atomic
def stage_file(
    *, upload: Any, device: Device | None = None, name: str = "", kind: str = "", by: Actor, at: datetime
) -> ImportBatch:
    """Keep an upload of a known source, or of a new one with `name` and `kind`, aside and guess what it is.

    Refused when larger than 20 MB, empty or nothing we can read. Effects: ImportBatch staged, the file under a generated
    name, audit "attendance.import.stage". 依据: "1.1"
    """
    rights.require(by, "import")
    if (upload.size or 0) > formats.LIMIT_BYTES:
        raise Refused(f"文件 {upload.size / 1024 / 1024:.1f} MB,超过 {LIMIT_MB} MB 的上限,请按月分开导出", "1.1")
    data = upload.read()
    seen = formats.sniff(data, upload.name or "")
    if seen.refused:
        raise Refused(f"{seen.refused}。{seen.advice}".rstrip("。") + "。", "1.1")
    batch = ImportBatch.objects.create(
        center=by.center,
        device=device or add_device(name=name, kind=kind, by=by, at=at),
        kind=seen.kind,
        file_name=(upload.name or "未命名")[-120:],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        staged_as=_keep(data),
        columns=seen.columns.as_document() if seen.columns else {},
        imported_by=by.label,
        imported_at=at,
    )
    record(by=by, at=at, verb="attendance.import.stage", obj=batch, label=batch.file_name)
    return batch


def _keep(data: bytes) -> str:
    name = secrets.token_hex(16)
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    return name


@transaction.atomic
def set_columns(*, batch: ImportBatch, columns: formats.Columns, by: Actor, at: datetime) -> ImportBatch:
    """The person says what each column means. Refused when nobody or no time could be read. Audit. "1.1" """
    rights.require(by, "import")
    if columns.problem:
        raise Refused(columns.problem, "1.1")
    rows = ImportBatch.objects.of(by.center).filter(pk=batch.pk, state=ImportBatch.State.STAGED)
    if rows.update(columns=columns.as_document()) != 1:
        raise taken()
    batch.refresh_from_db()
    record(by=by, at=at, verb="attendance.import.columns", obj=batch, label=batch.file_name)
    return batch


@transaction.atomic
def choose_sheet(*, batch: ImportBatch, sheet: str, by: Actor, at: datetime) -> ImportBatch:
    """Look at another sheet of the staged workbook; its columns are guessed afresh. Audit. "1.1" """
    rights.require(by, "import")
    seen = look(batch, sheet=sheet)
    rows = ImportBatch.objects.of(by.center).filter(pk=batch.pk, state=ImportBatch.State.STAGED)
    if seen is None or seen.columns is None or rows.update(columns=seen.columns.as_document()) != 1:
        raise taken()
    batch.refresh_from_db()
    record(by=by, at=at, verb="attendance.import.columns", obj=batch, label=f"{batch.file_name} {sheet}")
    return batch


@transaction.atomic
def confirm_import(*, batch: ImportBatch, synced_until: datetime | None = None, by: Actor, at: datetime) -> ImportBatch:
    """Bring the staged file in (`import_punches`) and work out the days of the last two months it touches.

    Of two who confirm at once one is refused. The staged file goes once everything is stored. 依据: "1.1", "1.3.1"
    """
    rights.require(by, "import")
    path = staged_path(batch)
    if batch.state != ImportBatch.State.STAGED or not path.is_file():
        raise taken()
    columns = formats.Columns.from_document(batch.columns) if batch.columns else None
    batch = import_punches(
        device=batch.device,
        data=path.read_bytes(),
        file_name=batch.file_name,
        kind=batch.kind,
        columns=columns,
        synced_until=synced_until,
        batch=batch,
        by=by,
        at=at,
    )
    recompute_recent(first=batch.first_at, last=batch.last_at, by=by, at=at)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return batch


@transaction.atomic
def cancel_import(*, batch: ImportBatch, by: Actor, at: datetime) -> ImportBatch:
    """Give a staged file up: nothing of it was stored, the file goes. Audit. "1.1" """
    rights.require(by, "import")
    path = staged_path(batch)
    rows = ImportBatch.objects.of(by.center).filter(pk=batch.pk, state=ImportBatch.State.STAGED)
    if rows.update(state=ImportBatch.State.CANCELLED, staged_as="") != 1:
        raise taken()
    batch.refresh_from_db()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    record(by=by, at=at, verb="attendance.import.cancel", obj=batch, label=batch.file_name)
    return batch
