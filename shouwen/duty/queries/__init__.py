"""Reading the duty of the hall."""

from shouwen.duty.queries.day import DayDuty, closes_at, done, duty_rules, obligations, on_duty, today
from shouwen.duty.queries.lists import (
    away,
    breaches,
    checks_on,
    facts,
    feed,
    hall_shifts,
    handover_draft,
    month_roster,
    my_shifts,
    next_hall_shift,
    patterns,
    receiver_of,
    shifts_on,
    swaps_of,
)
from shouwen.duty.queries.tables import breach_table, roster_table

__all__ = [
    "DayDuty",
    "away",
    "breach_table",
    "breaches",
    "checks_on",
    "closes_at",
    "done",
    "duty_rules",
    "facts",
    "feed",
    "hall_shifts",
    "handover_draft",
    "month_roster",
    "my_shifts",
    "next_hall_shift",
    "obligations",
    "on_duty",
    "patterns",
    "receiver_of",
    "roster_table",
    "shifts_on",
    "swaps_of",
    "today",
]
