"""On which grounds a clock may stop: the closed list of the law, as the item allows, and what the centre added (K6, L8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.cases.models import PauseGround
from shouwen.org.models import in_force
from shouwen.rules.limits import PAUSE_BASIS, PAUSE_GROUNDS


@dataclass(frozen=True, slots=True)
class Ground:
    """`key` is what a Pause stores: a word of the legal list, or the code of a ground of the centre."""

    key: str
    label: str
    basis: str


def grounds_of(version: Any, on: date) -> dict[str, Ground]:
    """By key: those of 行政许可法 45 the item names, and those the centre added that hold on the day."""
    found = {key: Ground(key, PAUSE_GROUNDS[key], PAUSE_BASIS) for key in version.pause_grounds if key in PAUSE_GROUNDS}
    for row in PauseGround.objects.of(version.center_id).filter(in_force(on)).order_by("active_from", "id"):
        found[row.code] = Ground(row.code, row.label, row.basis)
    return found


def centre_grounds(center: Any) -> list[PauseGround]:
    """Every ground the centre ever added, the newest first."""
    return list(PauseGround.objects.of(center).order_by("-active_from", "-id"))
