"""Files nobody names are put aside; what a row names stays, and so does what may still be on its way."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from shouwen.attendance.models import Leave
from shouwen.cli import orphans
from tests import factories
from tests.house import PACKAGE


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path / "files"


def stored(folder: Path, name: str, *, days: float) -> Path:
    path = folder / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = path.stat().st_mtime - days * 86400
    os.utime(path, (then, then))
    return path


def test_only_old_files_no_row_names_are_put_aside(cast, folder):
    Leave.objects.create(
        center=cast.center, member=cast.li, kind="sick", start_date=date(2026, 11, 23), end_date=date(2026, 11, 23), half_days=2, form="written",
        reason="病", evidence="named.pdf", filed_at=factories.AT, starts_at=factories.AT, ends_at=factories.AT,
    )  # fmt: skip
    named, fresh, orphan = (
        stored(folder, "named.pdf", days=9),
        stored(folder, "fresh.jpg", days=1),
        stored(folder, "lost.jpg", days=3),
    )
    assert orphans.sweep() == 1
    assert (named.exists(), fresh.exists(), orphan.exists()) == (True, True, False)
    assert [path.name for path in (settings.DATA_DIR / "orphans").iterdir()] == ["lost.jpg"]


def test_every_file_kept_is_named_in_a_column_the_sweep_knows():
    """A new column must be called evidence, photo or staged_as: each use of `files.save` stands beside one of these names."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            if "files.save(" in line and not any(
                name in "".join(lines[max(0, number - 4) : number + 20]) for name in orphans.COLUMNS
            ):
                wrong.append(f"{path.name}:{number + 1}")
    assert wrong == []
