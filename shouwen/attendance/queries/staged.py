"""What an uploaded file looks like before it is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from itertools import islice
from pathlib import Path

from django.conf import settings

from shouwen.attendance import formats
from shouwen.attendance.models import ImportBatch
from shouwen.attendance.queries.pins import Pins

FOLDER = "imports"
LOOKED_AT, SHOWN = 5_000, 8


@dataclass(frozen=True, slots=True)
class Line:
    """One punch of the preview: who, when, and whom the number belongs to ("" when nobody)."""

    line: int
    who: str
    at: str
    owner: str


@dataclass(frozen=True, slots=True)
class Look:
    """A staged file: what it seems to be, how its columns are read now, and what that gives for its first lines."""

    sniffed: formats.Sniffed
    columns: formats.Columns | None
    good: int
    bad: int
    lines: Sequence[Line]
    faults: Sequence[formats.BadLine]
    is_cut: bool


def staged_path(batch: ImportBatch) -> Path:
    """Where the staged file lies: a generated name outside the web root."""
    return Path(settings.MEDIA_ROOT) / FOLDER / Path(batch.staged_as).name


def look(batch: ImportBatch, *, sheet: str | None = None) -> Look | None:
    """The preview of a staged file, with the columns as they are set (or guessed anew for `sheet`); None when it is gone."""
    path = staged_path(batch)
    if not batch.staged_as or not path.is_file():
        return None
    data = path.read_bytes()
    columns = formats.Columns.from_document(batch.columns) if batch.columns else None
    seen = formats.sniff(data, batch.file_name, sheet=sheet or (columns.sheet if columns else None))
    if sheet or columns is None:
        columns = seen.columns
    found = list(islice(formats.parse(data, formats.Kind(batch.kind), columns, offset=batch.device.utc_offset), LOOKED_AT + 1))
    punches = [one for one in found[:LOOKED_AT] if isinstance(one, formats.Punch)]
    faults = [one for one in found[:LOOKED_AT] if isinstance(one, formats.BadLine)]
    return Look(seen, columns, len(punches), len(faults), _lines(batch, punches), faults[:SHOWN], len(found) > LOOKED_AT)


def _lines(batch: ImportBatch, punches: Sequence[formats.Punch]) -> list[Line]:
    pins = Pins(batch.center_id)
    zone = timezone(timedelta(minutes=batch.device.utc_offset))
    found = []
    for punch in punches[:SHOWN]:
        owner = pins.owner_at(batch.device, punch.pin or punch.name, punch.at.replace(tzinfo=zone))
        name = pins.people[owner].name if owner else ""
        found.append(Line(punch.line, " ".join(filter(None, (punch.pin, punch.name))), f"{punch.at:%Y-%m-%d %H:%M}", name))
    return found
