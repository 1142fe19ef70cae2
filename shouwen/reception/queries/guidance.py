"""What the catalogue says about an item, put into the five points that are told at once ("4.3.2")."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwen.catalogue import queries as catalogue
from shouwen.catalogue.models import ItemVersion
from shouwen.reception.models import Matter


def items_by_name(center: Any, on: date) -> dict[str, Any]:
    """Items in force on a day by name: what the question box offers, and what it turns into an item."""
    return {version.name: version.item for version in catalogue.items(center, on).prefetch_related(None)}


def version_of(matter: Matter, on: date) -> ItemVersion | None:
    """The version of the matter's item in force on a day."""
    return catalogue.version_in_force(matter.center, matter.item.code, on) if matter.item else None


def guidance(version: ItemVersion, on: date) -> dict[str, str]:
    """Conditions, basis, fee, time and next step as the catalogue has them, to be read out or changed."""
    fees = catalogue.fees_in_force(version.center_id, version, on)
    charged = ";".join(f"{fee.name} {fee.amount / 100:.2f} 元/{fee.unit}({fee.basis})" for fee in fees)
    windows = [str(row.counter) for row in version.windows.select_related("counter")]
    return {
        "conditions": version.conditions or "符合事项指南所列条件",
        "basis": version.legal_basis,
        "fee": charged or "不收费",
        "time": _time(version),
        "next_step": f"备齐材料到{'、'.join(windows) or version.department.name}办理",
    }


def _time(version: ItemVersion) -> str:
    promised = (
        f"{version.promised_limit} {version.get_promised_unit_display().strip()}" if version.promised_limit else "当场办结"
    )
    if version.statutory_limit is None:
        return f"承诺 {promised}"
    return f"承诺 {promised},法定 {version.statutory_limit} {version.get_statutory_unit_display().strip()}"
