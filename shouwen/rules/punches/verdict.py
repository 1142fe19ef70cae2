"""What became of the two slots of one unit of duty, and why, in plain Chinese."""

from dataclasses import dataclass, replace
from datetime import datetime

from shouwen.rules.punches.model import (
    ABSENT,
    EXCUSED,
    LATE,
    LEFT_EARLY,
    MISSING,
    NORMAL,
    PENDING,
    STATES,
    UNDECIDED,
    Absence,
    SlotResult,
)
from shouwen.rules.punches.settings import PunchRules
from shouwen.rules.punches.shifts import DAY, Mark, Span, Unit, clock_of, minute_of, moment_of

MADE = {"device": "打卡", "sheet": "登记", "correction": "补卡"}
DECIDED = {NORMAL: "按正常", LATE: "按迟到", LEFT_EARLY: "按早退", ABSENT: "按旷工"}


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of judging, and how far the terminals have reported."""

    now: datetime
    seen: datetime

    def closed(self, unit: Unit) -> bool:
        """Can no further punch of this unit arrive."""
        return minute_of(self.seen) >= unit.high


def verdict(unit: Unit, rules: PunchRules, clock: Clock) -> tuple[tuple[SlotResult, ...], tuple[Absence, ...]]:
    """The unit's two slots, and the sessions that count as absent."""
    came, went = unit.coming_and_going()
    if not unit.left:
        slots = tuple(
            replace(_blank(unit, side, rules), state=EXCUSED, text=f"{unit.leave},不需打卡") for side in ("in", "out")
        )
        return slots, ()
    slots = tuple(_slot(unit, side, came, went, rules, clock) for side in ("in", "out"))
    if all(slot.reading == "R11" for slot in slots):
        return slots, tuple(Absence(clock_of(span[0]), _absence_text(unit, span), "R11") for span in unit.owed())
    absent = {slot.session: Absence(slot.session, slot.text, slot.reading) for slot in reversed(slots) if slot.state == ABSENT}
    return slots, tuple(absent[session] for session in sorted(absent))


def _slot(unit: Unit, side: str, came: Mark | None, went: Mark | None, rules: PunchRules, clock: Clock) -> SlotResult:
    blank = _blank(unit, side, rules)
    mark, other = (came, went) if side == "in" else (went, came)
    decided = unit.day.decided.get((blank.session, side))
    if decided is not None:
        state, text, reading = decided, f"{_asked(unit, side)},由人决定:{DECIDED[decided]}处理", "R20"
        return replace(blank, state=state, text=text, reading=reading, punched_at=mark.at if mark else None)
    if mark is not None:
        return _measured(unit, side, mark, blank, rules, clock)
    if not clock.closed(unit):
        return replace(blank, text=f"{_asked(unit, side)},暂无打卡(数据到 {clock.seen:%m-%d %H:%M}),暂不判定")
    if other is None:
        return replace(blank, state=ABSENT, text=f"{_asked(unit, side)},未打卡、未请假,旷工", reading="R11")
    return _lacking(unit, side, blank, rules, clock)


def _measured(unit: Unit, side: str, mark: Mark, blank: SlotResult, rules: PunchRules, clock: Clock) -> SlotResult:
    """A punch is there: on time, within grace, or on some step of the ladder."""
    coming = side == "in"
    minutes = max(0, mark.first - unit.left[0][0] if coming else unit.left[-1][1] - mark.last)
    shown = mark.first if coming else mark.last
    told = f"{_asked(unit, side)},{_hm(unit, shown)} {MADE.get(mark.punch.source, '打卡')}"
    ladder = rules.late if coming else rules.left_early
    tier = next((tier for tier in ladder if tier.holds(minutes)), None)
    found = replace(blank, punched_at=mark.at, minutes=minutes)
    name = "迟到" if coming else "早退"
    if not minutes or not ladder:
        return replace(found, state=NORMAL, text=f"{told},正常")
    if tier is None and minutes <= ladder[0].lower:
        return replace(
            found, state=NORMAL, text=f"{told},{name} {minutes} 分钟,在宽限 {ladder[0].lower} 分钟内,正常", reading="R12"
        )
    if shown > minute_of(clock.seen) if coming else not clock.closed(unit):
        return replace(found, text=f"{told},数据到 {clock.seen:%m-%d %H:%M},暂不判定")
    if tier is None:
        return replace(found, state=UNDECIDED, text=f"{told},{name} {minutes} 分钟,规则没有这一档,须由人决定", reading="R12")
    if tier.kind == ABSENT:
        return replace(found, state=ABSENT, text=f"{told},{name} {minutes} 分钟,{tier}", reading="R12")
    return replace(found, state=tier.kind, text=f"{told},{STATES[tier.kind]} {minutes} 分钟", reading="R12")


def _lacking(unit: Unit, side: str, blank: SlotResult, rules: PunchRules, clock: Clock) -> SlotResult:
    """The other punch of the session is there, this one is not (R20)."""
    asked, deadline = _asked(unit, side), unit.day.correct_by
    if deadline is None or clock.now.date() <= deadline:
        until = f",{deadline} 前可补卡" if deadline else ""
        return replace(blank, state=MISSING, text=f"{asked},未打卡,待补{until}", reading="R20")
    past = f"{asked},未打卡,补卡期限 {deadline} 已过"
    if rules.one_punch == "decide":
        return replace(blank, state=UNDECIDED, text=f"{past},须由人决定", reading="R20")
    return replace(blank, state=rules.one_punch, text=f"{past},{DECIDED[rules.one_punch]}", reading="R20")


def _blank(unit: Unit, side: str, rules: PunchRules) -> SlotResult:
    """The slot before anything is known. It belongs to the first or last session of which something is owed."""
    spans, left = unit.owed() or unit.spans, unit.left or unit.spans
    session, due = (spans[0][0], left[0][0]) if side == "in" else (spans[-1][0], left[-1][1])
    part = "当日" if rules.per == "day" else _part(session)
    label = part + ("签到" if side == "in" else "签退")
    return SlotResult(unit.day.date, clock_of(session), side, label, moment_of(due), PENDING, "", covers=unit.day.covers)


def _asked(unit: Unit, side: str) -> str:
    """What was owed: 应 08:30 前签到; with the leave that moved it and the person covered."""
    whose = f"代 {unit.day.covers}:" if unit.day.covers else ""
    if side == "in":
        due = _hm(unit, unit.left[0][0])
        moved = f"{unit.leave}至 {due}," if unit.left[0][0] != unit.spans[0][0] else ""
        return f"{whose}{moved}应 {due} 前签到"
    due = _hm(unit, unit.left[-1][1])
    moved = f"{due} 起{unit.leave}," if unit.left[-1][1] != unit.spans[-1][1] else ""
    return f"{whose}{moved}应 {due} 后签退"


def _absence_text(unit: Unit, span: Span) -> str:
    whose = f"代 {unit.day.covers}:" if unit.day.covers else ""
    return f"{whose}{_part(span[0])} {_hm(unit, span[0])}–{_hm(unit, span[1])} 未打卡、未请假,旷工"


def _part(minute: int) -> str:
    hour = minute % DAY // 60
    return "上午" if hour < 12 else "下午" if hour < 18 else "晚上"


def _hm(unit: Unit, minute: int) -> str:
    days = minute // DAY - unit.day.date.toordinal()
    return {-1: "前一日 ", 0: ""}.get(days, "次日 ") + f"{clock_of(minute):%H:%M}"
