"""Judge one person's days: every required punch accounted for, no punch lost."""

from collections.abc import Iterable
from datetime import date, datetime

from shouwen.rules.punches.model import DayResult, Judgement, Leave, OtherPunch, PersonDay, Punch
from shouwen.rules.punches.settings import PunchRules, RuleError
from shouwen.rules.punches.shifts import Mark, Unit, gather, local, marks_of, units_of
from shouwen.rules.punches.verdict import Clock, verdict

FOUNDING = PunchRules()


def judge(
    days: Iterable[PersonDay],
    punches: Iterable[Punch],
    leaves: Iterable[Leave] = (),
    rules: PunchRules = FOUNDING,
    *,
    at: datetime,
    seen_until: datetime | None = None,
) -> Judgement:
    """Judge one person's days as they stand at `at`; give each date once, with all its sessions.

    `seen_until` is how far the terminals have reported (None: nothing is outstanding); what may still change is
    "pending". The same input gives the same answer in whatever order it comes. Raises RuleError for a date given twice.
    """
    owed = sorted(days, key=lambda day: day.date)
    if len({day.date for day in owed}) != len(owed):
        raise RuleError("同一天只能给一次,代班的班次请并入当天")
    now = local(at)
    clock = Clock(now, min(now, local(seen_until)) if seen_until else now)
    units = units_of(owed, leaves, rules)
    marks, lost = marks_of(punches, now, rules)
    reasons = {day.date: day.not_due for day in owed}
    others: dict[date, list[OtherPunch]] = {day: [] for day in reasons}
    for mark in gather(units, marks):
        found = OtherPunch(mark.at, *_why(reasons.get(mark.at.date()), mark))
        others.get(mark.at.date(), lost).append(found)
    days_units: dict[date, list[Unit]] = {day: [] for day in reasons}
    for unit in units:
        days_units[unit.day.date].append(unit)
    results = (_result(day, days_units[day.date], others[day.date], rules, clock) for day in owed)
    return Judgement(tuple(results), _in_order(lost))


def _result(day: PersonDay, units: list[Unit], others: list[OtherPunch], rules: PunchRules, clock: Clock) -> DayResult:
    verdicts = [verdict(unit, rules, clock) for unit in units]
    extras = [extra for unit in units for extra in _extras(unit)]
    return DayResult(
        day.date,
        tuple(slot for slots, _ in verdicts for slot in slots),
        tuple(absence for _, absences in verdicts for absence in absences),
        _in_order([*others, *extras]),
        day.not_due,
    )


def _in_order(others: list[OtherPunch]) -> tuple[OtherPunch, ...]:
    return tuple(sorted(others, key=lambda other: other.at))


def _why(reason: str | None, mark: Mark) -> tuple[str, str]:
    if reason:
        return "not_due", f"{mark.at:%H:%M} 打卡,当天{reason},不考勤"
    return "outside_window", f"{mark.at:%m-%d %H:%M} 打卡,不在任何班次的打卡时段内,不计"


def _extras(unit: Unit) -> list[OtherPunch]:
    used = unit.coming_and_going() if unit.left else (None, None)
    reason = "班次中另有打卡,不另计" if unit.left else f"{unit.leave}期间打卡,不计"
    rest = [mark for mark in unit.marks if mark is not used[0] and mark is not used[1]]
    return [OtherPunch(mark.at, "extra", f"{mark.at:%H:%M} {reason}") for mark in rest]
