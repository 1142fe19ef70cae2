"""What a change of the calendar would move, listed before it is made (clock.md L4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.assessment import queries as assessment
from shouwen.attendance import queries as attendance
from shouwen.cases import queries as cases
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.duty import queries as duty
from shouwen.rules.workdays import LABELS
from shouwen.workcalendar import queries as workcalendar


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """Working days of a month before and after; a settled month keeps what was posted."""

    month: date
    before: int
    after: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Effects:
    days: list[tuple[date, str, str]]
    hours: list[tuple[date, str, str]]
    months: list[MonthEffect]
    shifts: list[Any]
    leaves: list[Any]
    cases: Any

    @property
    def nothing(self) -> bool:
        return not (self.days or self.hours)


def calendar_effects(actor: Actor, draft: Any, at: datetime) -> Effects:
    """Days whose kind changes, months whose working days change, rostered shifts and leaves on those days, cases whose dates move.

    Looks from 2004 to the last known day for a notice, over the named span for closures and hours; hours are compared on
    the days from one year before `at` to one year after.
    """
    before, after = workcalendar.day_table(actor.center), workcalendar.proposed(actor.center, draft)
    today = local(at).date()
    days, hours = [], []
    for ordinal in range(before.known_from.toordinal(), max(after.known_until.toordinal(), today.toordinal() + 400) + 1):
        day = date.fromordinal(ordinal)
        old, new = before.kind(day), after.kind(day)
        if (old.kind, old.working) != (new.kind, new.working):
            days.append((day, LABELS[old.kind], str(new)))
        elif abs(ordinal - today.toordinal()) <= 366 and before.hours_on(day) != after.hours_on(day):
            hours.append((day, _hours(before.hours_on(day)), _hours(after.hours_on(day))))
    months = Counter(day.replace(day=1) for day, *_ in days)
    settled = assessment.settled_months(actor.center)
    return Effects(
        days=days,
        hours=hours,
        months=[
            MonthEffect(
                month, len(before.month_days(f"{month:%Y-%m}")), len(after.month_days(f"{month:%Y-%m}")), month in settled
            )
            for month in sorted(months)
        ],
        shifts=duty.shifts_on(actor.center, [day for day, *_ in days]),
        leaves=attendance.leaves_on(actor.center, [day for day, *_ in days]),
        cases=cases.calendar_effects(actor.center, before, after),
    )


def _hours(sessions: Any) -> str:
    return "、".join(f"{start:%H:%M}—{end:%H:%M}" for start, end in sessions) or "不开门"
