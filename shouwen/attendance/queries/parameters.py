"""What the centre's rulebook says about punches, corrections, leave and post checks on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from shouwen.rules.leaves import FOUNDING_LADDER, Tier, ladder_of
from shouwen.rules.punches import PunchRules
from shouwen.rules.workdays import ZONE, DayTable

FOUNDING: Mapping[str, Any] = {
    "punches": {},
    "correction_days": 3,
    "repeat_minutes": 15,
    "reply_days": 1,
    "leave_ladder": FOUNDING_LADDER,
}
"""The founding rulebook's numbers, used where a rulebook is silent: "punches" as `PunchRules.from_document` reads it,
`correction_days` (R20) and `reply_days` in working days, `repeat_minutes` between two looks ("1.4.2"), the ladder of "1.4.1"."""


def parameter(center: Any, on: date, name: str) -> Any:
    """A parameter of the rulebook in force on a day."""
    return FOUNDING[name]


def punch_rules(center: Any, on: date) -> PunchRules:
    return PunchRules.from_document(parameter(center, on, "punches"))


def leave_ladder(center: Any, on: date) -> tuple[Tier, ...]:
    return ladder_of(parameter(center, on, "leave_ladder"))


def repeat_gap(center: Any, on: date) -> timedelta:
    """How long to wait before looking a second time ("1.4.2")."""
    return timedelta(minutes=int(parameter(center, on, "repeat_minutes")))


def correct_by(table: DayTable, day: date, days: int) -> date:
    """The last day on which a missed punch of `day` may be put right (R20)."""
    return table.add(day, days).date


def limit_at(table: DayTable, day: date, days: int) -> datetime:
    """The closing moment of the n-th working day after a day: when a limit in working days ends (K4)."""
    due = correct_by(table, day, days)
    return table.closes_at(due) or datetime.combine(due, time.max, ZONE)
