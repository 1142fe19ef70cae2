"""From sessions, leave and punches to units of duty that know their window and their marks.

Inside, a moment is a whole minute counted from the beginning of the calendar, local time: seconds are dropped
(reading R12: 08:30:59 is 08:30), and a session past midnight needs no special case.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise

from shouwen.rules.punches.model import Leave, OtherPunch, PersonDay, Punch, is_clock_lost
from shouwen.rules.punches.settings import PunchRules
from shouwen.rules.workdays import ZONE

DAY = 1440
Span = tuple[int, int]

STAY = 30
"""Minutes between first and last punch for a first punch in the second half of a session to be an arrival: two
punches closer together at its end are one person going home, not a very late coming."""

AHEAD = timedelta(minutes=10)
"""A punch further ahead of the moment of judging than this comes from a terminal whose clock runs wrong."""


@dataclass(slots=True)
class Mark:
    """One logical punch: first and last minute of the punches that are one (a face, then a finger)."""

    first: int
    last: int
    punch: Punch

    @property
    def at(self) -> datetime:
        return local(self.punch.at)


@dataclass(slots=True)
class Unit:
    """A stretch of duty with one coming and one going: `spans` as scheduled, `left` after leave, punches from `low` to before `high`."""

    day: PersonDay
    spans: tuple[Span, ...]
    left: tuple[Span, ...]
    leave: str
    low: int
    high: int
    marks: list[Mark] = field(default_factory=list)

    def owed(self) -> tuple[Span, ...]:
        """The scheduled sessions of which leave has left something."""
        return tuple(span for span in self.spans if any(a < span[1] and span[0] < b for a, b in self.left))

    def coming_and_going(self) -> tuple[Mark | None, Mark | None]:
        """Which mark is the coming and which the going. The status key of the terminal is never asked."""
        if not self.marks:
            return None, None
        start, end = (self.left or self.spans)[0][0], (self.left or self.spans)[-1][1]
        first, last, middle = self.marks[0], self.marks[-1], (start + end) / 2
        stayed = first.first < end and last.last - first.first >= STAY
        came = first if first.first < middle or stayed else None
        return came, last if last is not came and last.last >= middle else None


def local(moment: datetime) -> datetime:
    """Local time; a naive moment is local already."""
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


def minute_of(moment: datetime) -> int:
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def moment_of(minute: int) -> datetime:
    day, rest = divmod(minute, DAY)
    return datetime.fromordinal(day).replace(tzinfo=ZONE) + timedelta(minutes=rest)


def clock_of(minute: int) -> time:
    return time(*divmod(minute % DAY, 60))


def units_of(days: Sequence[PersonDay], leaves: Iterable[Leave], rules: PunchRules) -> list[Unit]:
    """The units of days in order, each with its window."""
    away = sorted((minute_of(local(leave.start)), minute_of(local(leave.end)), leave.label) for leave in leaves)
    units = [
        Unit(day, tuple(group), *_less(group, away), group[0][0] - rules.window_before, group[-1][1] + rules.window_after)
        for day in days
        for group in _groups(day, rules)
    ]
    for earlier, later in pairwise(units):
        if earlier.high > later.low:
            # Overlapping windows: each takes its half of the break between the two.
            middle = (earlier.spans[-1][1] + later.spans[0][0] + 1) // 2
            earlier.high = max(min(earlier.high, middle), later.low)
            later.low = earlier.high
    return units


def _groups(day: PersonDay, rules: PunchRules) -> list[list[Span]]:
    """The sessions of a day, overlapping ones made one, grouped by what one pair of punches stands for."""
    if day.not_due:
        return []
    base = day.date.toordinal() * DAY
    spans: list[Span] = []
    for start, end in sorted(day.sessions):
        low, high = (base + edge.hour * 60 + edge.minute for edge in (start, end))
        high += DAY if high <= low else 0
        if spans and low < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], high))
        else:
            spans.append((low, high))
    if rules.per == "day":
        return [spans] if spans else []
    return [[span] for span in spans]


def _less(spans: Sequence[Span], away: Sequence[tuple[int, int, str]]) -> tuple[tuple[Span, ...], str]:
    """What leave leaves of the sessions, and the labels of the leave that took something."""
    left, labels = list(spans), []
    for start, end, label in away:
        cut = [piece for span in left for piece in _cut(span, start, end)]
        if cut != left and label not in labels:
            labels.append(label)
        left = cut
    return tuple(left), "、".join(labels)


def _cut(span: Span, start: int, end: int) -> list[Span]:
    low, high = span
    if end <= low or high <= start:
        return [span]
    return [(a, b) for a, b in ((low, start), (end, high)) if a < b]


def marks_of(punches: Iterable[Punch], now: datetime, rules: PunchRules) -> tuple[list[Mark], list[OtherPunch]]:
    """Logical punches in order, and apart from them those no clock vouches for."""
    marks: list[Mark] = []
    lost: list[OtherPunch] = []
    anchor: datetime | None = None
    for moment, punch in sorted(((local(punch.at), punch) for punch in punches), key=lambda pair: (pair[0], pair[1].source)):
        if is_clock_lost(moment):
            lost.append(OtherPunch(moment, "clock_lost", f"{moment:%Y-%m-%d %H:%M} 设备时钟丢失,不采用,请核对设备时间"))
        elif moment > now + AHEAD:
            lost.append(OtherPunch(moment, "future", f"{moment:%Y-%m-%d %H:%M} 晚于当前时间,不采用,请核对设备时间"))
        elif anchor is not None and (moment - anchor).total_seconds() <= rules.same_within:
            marks[-1].last = minute_of(moment)
        else:
            anchor = moment
            marks.append(Mark(minute_of(moment), minute_of(moment), punch))
    return marks, lost


def gather(units: Sequence[Unit], marks: Iterable[Mark]) -> list[Mark]:
    """Give each mark to the unit whose window holds it; return those that belong to none."""
    lows = [unit.low for unit in units]
    strays = []
    for mark in marks:
        index = bisect_right(lows, mark.first) - 1
        if index >= 0 and mark.first < units[index].high:
            units[index].marks.append(mark)
        else:
            strays.append(mark)
    for earlier, later in pairwise(units):
        if earlier.high == later.low:
            _share_break(earlier, later)
    return strays


def _share_break(earlier: Unit, later: Unit) -> None:
    """Two punches in one break are the going and the coming, even when both fall into one half of it."""
    start, end = later.spans[0][0], earlier.spans[-1][1]
    after = [mark for mark in earlier.marks if mark.first >= end]
    before = [mark for mark in later.marks if mark.last <= start]
    if len(after) > 1 and later.coming_and_going()[0] is None:
        later.marks.insert(0, earlier.marks.pop())
    elif len(before) > 1 and earlier.coming_and_going()[1] is None:
        earlier.marks.append(later.marks.pop(0))
