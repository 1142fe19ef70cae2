"""Judge one person's days: every required punch accounted for, no punch lost."""

from collections.abc import Iterable
from datetime import date, datetime

from shouwen.rules.punches.model import Absence, DayResult, Judgement, Leave, OtherPunch, PersonDay, Punch, SlotResult
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
    others: dict[date, list[OtherPunch]] = {day.date: [] for day in owed}
    reasons = {day.date: day.not_due for day in owed}
    for mark in gather(units, marks):
        found = OtherPunch(mark.at, *_why(reasons.get(mark.at.date()), mark))
        others.get(mark.at.date(), lost).append(found)
    slots: dict[date, list[SlotResult]] = {day.date: [] for day in owed}
    absences: dict[date, list[Absence]] = {day.date: [] for day in owed}
    for unit in units:
        results, absent = verdict(unit, rules, clock)
        slots[unit.day.date] += results
        absences[unit.day.date] += absent
        others[unit.day.date] += _extras(unit)
    return Judgement(
        tuple(
            DayResult(
                day.date,
                tuple(slots[day.date]),
                tuple(absences[day.date]),
                tuple(sorted(others[day.date], key=lambda other: other.at)),
                day.not_due,
            )
            for day in owed
        ),
        tuple(sorted(lost, key=lambda other: other.at)),
    )


def _why(reason: str | None, mark: Mark) -> tuple[str, str]:
    if reason:
        return "not_due", f"{mark.at:%H:%M} 打卡,当天{reason},不考勤"
    return "outside_window", f"{mark.at:%m-%d %H:%M} 打卡,不在任何班次的打卡时段内,不计"


def _extras(unit: Unit) -> list[OtherPunch]:
    used = unit.coming_and_going() if unit.left else (None, None)
    reason = "班次中另有打卡,不另计" if unit.left else f"{unit.leave}期间打卡,不计"
    rest = [mark for mark in unit.marks if mark is not used[0] and mark is not used[1]]
    return [OtherPunch(mark.at, "extra", f"{mark.at:%H:%M} {reason}") for mark in rest]
