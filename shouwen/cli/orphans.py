"""Files that a transaction left behind when it rolled back, or a process when it was killed, are put aside."""

from __future__ import annotations

import logging
from pathlib import Path

from django.apps import apps
from django.conf import settings

from shouwen.core.tenancy import across_centers

log = logging.getLogger("shouwen.orphans")
# A column that names a stored file has one of these names; the sweep knows no other.
COLUMNS = frozenset({"evidence", "photo", "staged_as"})
# A form that is being saved while the sweep runs is younger than this.
OLD_SECONDS = 2 * 24 * 3600


def sweep() -> int:
    """Move files no row names, older than two days, to `orphans/` in the data folder; returns how many.

    Nothing is destroyed: who has looked at them may delete them. Ages are told by the file system's own clock.
    """
    folder = Path(settings.MEDIA_ROOT)
    if not folder.is_dir():
        return 0
    aside = Path(settings.DATA_DIR) / "orphans"
    known, now, moved = named(), _file_clock(folder), 0
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in known and now - path.stat().st_mtime > OLD_SECONDS:
            aside.mkdir(mode=0o700, exist_ok=True)
            path.rename(aside / path.name)
            log.warning("%s: no row names it, put aside", path.name)
            moved += 1
    return moved


def named() -> set[str]:
    """Every file name a row of any centre holds."""
    found: set[str] = set()
    with across_centers("the files of all centres lie in one folder"):
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.name in COLUMNS:
                    rows = model._base_manager.exclude(**{field.name: ""})
                    found.update(Path(name).name for name in rows.values_list(field.name, flat=True))
    return found


def _file_clock(folder: Path) -> float:
    probe = folder / ".clock"
    probe.touch()
    seen = probe.stat().st_mtime
    probe.unlink()
    return seen
