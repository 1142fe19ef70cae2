"""What the duty person of the hall owes in a day, and what was not done ("1.3.4", "1.3.5", "1.3.6").

Pure: told the hours of the day, what was recorded and the moment; all moments are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

POINTS = {"spotless": "不洁净", "tidy": "不整齐", "spit_free": "有痰迹", "clutter_free": "有杂物堆放"}
DOOR, HANDOVER, CLEANING = "1.3.4", "1.3.5", "1.3.6"


@dataclass(frozen=True, slots=True)
class DutyRules:
    """Numbers a centre may change (rulebook parameters): minutes, and how many cleaning rounds a day has."""

    open_before: int = 10
    close_within: int = 60
    handover_within: int = 30
    rounds: int = 3
    round_grace: int = 30


@dataclass(frozen=True, slots=True)
class Due:
    """One thing owed by the duty person: `kind` (open, round, close, handover), from when it can be done, until when."""

    kind: str
    clause: str
    from_at: datetime
    due_at: datetime
    index: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What the day's records say; `rounds` are the moments of the cleaning checks the duty person made."""

    opened_at: datetime | None = None
    closed_at: datetime | None = None
    rounds: Sequence[datetime] = ()
    given_at: datetime | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A breach: `key` is stable within the day and the shift, `text` plain Chinese with both times."""

    key: str
    clause: str
    at: datetime
    text: str
    by_successor: bool = False


Sessions = Sequence[tuple[datetime, datetime]]


def rounds(sessions: Sessions, count: int) -> list[datetime]:
    """When the hall is looked at: at opening, half an hour before closing, after the noon break, then in mid-session."""
    middles = [start + (end - start) / 2 for start, end in sessions]
    moments = [sessions[0][0], sessions[-1][1] - timedelta(minutes=30), *[start for start, _ in sessions[1:]], *middles]
    return sorted(moments[:count])


def dues(sessions: Sessions, rules: DutyRules) -> list[Due]:
    """Everything owed on a day with these opening hours, in order of the time it must be done by."""
    opens, closes = sessions[0][0], sessions[-1][1]
    grace = timedelta(minutes=rules.round_grace)
    owed = [
        Due("open", DOOR, opens - timedelta(hours=2), opens - timedelta(minutes=rules.open_before)),
        *(Due("round", CLEANING, at - grace, at + grace, index) for index, at in enumerate(rounds(sessions, rules.rounds))),
        Due("close", DOOR, closes, closes + timedelta(minutes=rules.close_within)),
        Due("handover", HANDOVER, closes - timedelta(hours=1), closes + timedelta(minutes=rules.handover_within)),
    ]
    return sorted(owed, key=lambda due: due.due_at)


def is_done(due: Due, done: Done) -> bool:
    """Is the thing owed no longer open (in time or not)?"""
    if due.kind == "open":
        return done.opened_at is not None
    if due.kind == "close":
        return done.closed_at is not None
    if due.kind == "handover":
        return done.given_at is not None
    return _in_time(due, done.rounds)


def _in_time(due: Due, rounds: Iterable[datetime]) -> bool:
    return any(due.from_at <= moment <= due.due_at for moment in rounds)


def missed(
    sessions: Sessions, done: Done, rules: DutyRules, at: datetime, next_opening: datetime | None = None
) -> list[Missed]:
    """What was not done in time as known at `at`: nothing whose limit has not passed yet.

    `next_opening` is when the hall opens next, after days of rest too: by then the successor must have confirmed.
    """
    found = []
    for due in dues(sessions, rules):
        judge = {"open": _door_open, "close": _door_close, "handover": _handover, "round": _round}[due.kind]
        found += judge(due, done, at)
    return found + _confirmed(done, at, next_opening)


def _door_open(due: Due, done: Done, at: datetime) -> list[Missed]:
    if done.opened_at is not None and done.opened_at > due.due_at:
        return [Missed("open", DOOR, done.opened_at, f"应 {due.due_at:%H:%M} 前开门,{_hm(done.opened_at, due)} 开门")]
    if done.opened_at is None and at > due.due_at:
        return [Missed("open", DOOR, due.due_at, f"应 {due.due_at:%H:%M} 前开门,没有开门记录")]
    return []


def _door_close(due: Due, done: Done, at: datetime) -> list[Missed]:
    if done.closed_at is not None and done.closed_at < due.from_at:
        return [Missed("close", DOOR, done.closed_at, f"应 {due.from_at:%H:%M} 后关门,{_hm(done.closed_at, due)} 提前关门")]
    if done.closed_at is not None and done.closed_at > due.due_at:
        return [Missed("close", DOOR, done.closed_at, f"应 {due.due_at:%H:%M} 前关门,{_hm(done.closed_at, due)} 关门")]
    if done.closed_at is None and at > due.due_at:
        return [Missed("close", DOOR, due.due_at, f"应 {due.due_at:%H:%M} 前关门,没有关门记录")]
    return []


def _handover(due: Due, done: Done, at: datetime) -> list[Missed]:
    if done.given_at is not None and done.given_at > due.due_at:
        return [Missed("handover", HANDOVER, done.given_at, f"应 {due.due_at:%H:%M} 前交接,{_hm(done.given_at, due)} 才交接")]
    if done.given_at is None and at > due.due_at:
        return [Missed("handover", HANDOVER, due.due_at, f"应 {due.due_at:%H:%M} 前交接,没有交接")]
    return []


def _confirmed(done: Done, at: datetime, by: datetime | None) -> list[Missed]:
    """A successor who was handed over to must confirm before the hall opens again."""
    if by is None or done.given_at is None or done.given_at > by or (done.confirmed_at or at) <= by:
        return []
    told = "接班人没有确认" if done.confirmed_at is None else "接班人过后才确认"
    return [Missed("confirm", HANDOVER, by, f"已移交,应 {by:%m月%d日 %H:%M} 前接班,{told}", by_successor=True)]


def _round(due: Due, done: Done, at: datetime) -> list[Missed]:
    if _in_time(due, done.rounds) or at <= due.due_at:
        return []
    middle = due.from_at + (due.due_at - due.from_at) / 2
    return [Missed(f"round{due.index}", CLEANING, due.due_at, f"{middle:%H:%M} 的保洁检查没有按时做")]


def _hm(moment: datetime, due: Due) -> str:
    return f"{moment.astimezone(due.due_at.tzinfo):%H:%M}"


def dirty(points: dict[str, bool]) -> str:
    """What is wrong in one look at the hall, all in one sentence (R13: one event, one fact); "" when all four points hold."""
    return "、".join(text for name, text in POINTS.items() if not points[name])
