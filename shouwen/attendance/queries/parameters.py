"""What the centre's rulebook says about punches, corrections, leave and post checks on a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from shouwen.rulebook import queries as rulebook
from shouwen.rules.leaves import FOUNDING_LADDER, Tier, ladder_of
from shouwen.rules.punches import PunchRules
from shouwen.rules.workdays import ZONE, DayTable


class Books:
    """Every dated version of a centre's rulebook, asked once: a past day keeps the rules then in force ("1.10")."""

    def __init__(self, center: Any) -> None:
        self.records = list(rulebook.versions(center).filter(active_from__isnull=False))
        self.known: dict[Any, PunchRules] = {}

    def on(self, day: date) -> rulebook.Version | None:
        record = next((row for row in self.records if row.holds(day)), None)
        return rulebook.version_of(record) if record is not None else None

    def number(self, day: date, key: str) -> int:
        """A number of `rulebook.queries.PARAMETERS`."""
        return int(rulebook.parameter_of(self.on(day), key))

    def punch_rules(self, day: date) -> PunchRules:
        """R20 and the windows of that day (R11 to R13 are the tariff's); the founding readings before the first version."""
        version = self.on(day)
        key = version.record.digest if version else None
        if key not in self.known:
            self.known[key] = PunchRules.from_document(rulebook.parameter_of(version, "punches", {}))
        return self.known[key]


def leave_ladder(center: Any, on: date) -> tuple[Tier, ...]:
    """The ladder of "1.4.1" of that day; the founding one where the rulebook has none."""
    return ladder_of(rulebook.parameter(center, on, "leave_ladder", FOUNDING_LADDER))


def repeat_gap(center: Any, on: date) -> timedelta:
    """How long to wait before looking a second time ("1.4.2")."""
    return timedelta(minutes=int(rulebook.parameter(center, on, "repeat_minutes")))


def correct_by(table: DayTable, day: date, days: int) -> date:
    """The last day on which a missed punch of `day` may be put right (R20)."""
    return table.add(day, days).date


def limit_at(table: DayTable, day: date, days: int) -> datetime:
    """The closing moment of the n-th working day after a day: when a limit in working days ends (K4)."""
    due = table.add(day, days).date
    return table.closes_at(due) or datetime.combine(due, time.max, ZONE)
