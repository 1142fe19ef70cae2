"""Working days and opening hours: one day table that everything else asks.

A `DayTable` holds the statutory days (shared by the whole country), and, for one centre, its closures and its
opening hours. It never reads a clock: the caller says which day or moment it means. Days are `datetime.date`,
moments are aware `datetime`s of any zone and come back in local time (`ZONE`).

Readings served: K1 (the start day is not counted), K4 (a day ends when the hall closes), K5 (working hours and
minutes), K9 (the statutory clock runs through a local closure, the promised one does not: pass `local=True`),
K10 (past the last published day Monday to Friday stand in, marked provisional), R24 (hours of a make-up day).
Clauses: "1.1" (a month is assessed over its working days), "3.3" (every limit counts in working days).
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
CLAUSES = ("1.1", "3.3")
LAST_DAY = date(2099, 12, 31)
"""The last day the table reckons with; later dates are refused rather than guessed."""

Session = tuple[time, time]
"""Opening and closing time of one session, local time, opening < closing on the same day."""

LABELS = {"workday": "工作日", "weekend": "周末", "holiday": "法定节假日", "make_up": "调休上班", "closed": "本地停办"}


class DayError(ValueError):
    """A question the table cannot answer; the message is Chinese and ready to show."""


class Due(NamedTuple):
    """An answer that may still move: `provisional` is true past the last published day (K10, 暂定)."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class StatutoryDay:
    """One day of a State Council notice. `working` true means a make-up day (调休上班), false a day of rest."""

    date: date
    working: bool
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class DayInfo:
    """What a day is and why; `kind` is a key of `LABELS`, `working` is the statutory answer unless asked locally."""

    date: date
    kind: str
    working: bool
    reason: str = ""
    source: str = ""
    provisional: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    def __str__(self) -> str:
        return f"{self.label}({self.reason})" if self.reason else self.label


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A season's hours, from `active_from` to before `active_to` (None: open). Of several that fit, the latest start wins.

    `sessions` are the weekday hours, `by_weekday` replaces them on single weekdays (Monday is 0), and `make_up`
    on make-up days; without it a make-up day keeps the season's weekday hours (R24).
    """

    active_from: date
    sessions: tuple[Session, ...]
    active_to: date | None = None
    by_weekday: Mapping[int, tuple[Session, ...]] = field(default_factory=dict)
    make_up: tuple[Session, ...] | None = None

    def __post_init__(self) -> None:
        for sessions in (self.sessions, self.make_up or (), *self.by_weekday.values()):
            backwards = any(end <= start for start, end in sessions)
            if backwards or any(later[0] < earlier[1] for earlier, later in pairwise(sessions)):
                raise DayError("开放时间须按先后排列,且每段开始早于结束、互不重叠")

    def on(self, day: date, *, make_up: bool) -> tuple[Session, ...]:
        if make_up:
            return self.sessions if self.make_up is None else self.make_up
        return self.by_weekday.get(day.weekday(), self.sessions)


class DayTable:
    """Statutory days from `known_from` to `known_until`, Monday to Friday after that, and one centre's own days.

    Build it once from the shared days (about 10 ms) and derive each centre's table with `for_center`, which shares
    the arrays. Additions and counts are two array look-ups.
    """

    def __init__(
        self,
        days: Iterable[StatutoryDay],
        *,
        known_from: date,
        known_until: date,
        last_day: date = LAST_DAY,
        closures: Mapping[date, str] | None = None,
        hours: Sequence[OpeningHours] = (),
    ) -> None:
        if not known_from <= known_until <= last_day:
            raise DayError("日历的起止日期颠倒")
        self.known_from, self.known_until, self.last_day = known_from, known_until, last_day
        self._days = {day.date: day for day in days}
        self._first, self._last, self._known = known_from.toordinal(), last_day.toordinal(), known_until.toordinal()
        self._work, self._upto = self._arrays()
        self._localise(closures or {}, hours)

    @classmethod
    def from_document(cls, document: Mapping[str, Any], **local: Any) -> "DayTable":
        """Read the shape of `workcalendar/days.json`: known_from, known_until, sources, days {date: [kind, reason, source]}."""
        sources = document["sources"]
        days = (
            StatutoryDay(date.fromisoformat(day), kind == "work", reason, sources.get(source, source))
            for day, (kind, reason, source) in document["days"].items()
        )
        known_from, known_until = (date.fromisoformat(document[name]) for name in ("known_from", "known_until"))
        return cls(days, known_from=known_from, known_until=known_until, **local)

    def for_center(self, *, closures: Mapping[date, str] | None = None, hours: Sequence[OpeningHours] = ()) -> "DayTable":
        """The same statutory days with a centre's closures ({day: reason}) and opening hours."""
        table = object.__new__(DayTable)
        table.__dict__.update(self.__dict__)
        table._localise(closures or {}, hours)
        return table

    def _arrays(self) -> "tuple[array[int], array[int]]":
        """Ordinals of all working days, and for each day from `known_from` how many there are up to it.

        Four bytes a day: as lists they would be 2 MB in every process of a hall.
        """
        marked = {day.toordinal(): row.working for day, row in self._days.items()}
        work, upto = array("I"), array("I")
        for ordinal in range(self._first, self._last + 1):
            # Ordinal 1 was a Monday, so (ordinal - 1) % 7 is the weekday.
            if marked.get(ordinal, (ordinal - 1) % 7 < 5):
                work.append(ordinal)
            upto.append(len(work))
        return work, upto

    def _localise(self, closures: Mapping[date, str], hours: Sequence[OpeningHours]) -> None:
        self.closures = dict(closures)
        self.hours = tuple(sorted(hours, key=lambda row: row.active_from))
        self._sessions: dict[tuple[date, bool], tuple[tuple[datetime, datetime], ...]] = {}
        # Positions, among the working days, of those on which this centre is closed.
        self._shut = sorted(
            self._upto[self._index(day)] - 1 for day in self.closures if self.covers(day) and self.is_workday(day)
        )

    @property
    def days(self) -> tuple[StatutoryDay, ...]:
        """The days that notices name, in no particular order."""
        return tuple(self._days.values())

    # --- days -------------------------------------------------------------------------------------------------

    def covers(self, day: date) -> bool:
        return self._first <= day.toordinal() <= self._last

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if index < 0 or index >= len(self._upto):
            raise DayError(f"日期 {day} 不在可算范围内({self.known_from} 至 {self.last_day})")
        return index

    def is_workday(self, day: date, *, local: bool = False) -> bool:
        """Is it a working day; with `local` a day this centre has declared closed is not one (K9)."""
        index = self._index(day)
        working = self._upto[index] > (self._upto[index - 1] if index else 0)
        return working and not (local and day in self.closures)

    def is_provisional(self, day: date) -> bool:
        return day.toordinal() > self._known

    def kind(self, day: date) -> DayInfo:
        """What the day is for this centre, with the reason and the notice it rests on."""
        working, provisional = self.is_workday(day), self.is_provisional(day)
        if working and day in self.closures:
            return DayInfo(day, "closed", working, self.closures[day], "", provisional)
        row = self._days.get(day)
        if row is None:
            return DayInfo(day, "workday" if working else "weekend", working, "", "", provisional)
        kind = ("make_up" if day.weekday() > 4 else "workday") if row.working else "holiday"
        return DayInfo(day, kind, working, row.reason, row.source, provisional)

    def add(self, start: date, n: int, *, local: bool = False) -> Due:
        """The n-th working day after `start`, which is not counted itself (K1); n = 0 is `start`.

        Raises DayError for a negative n, a start before the table, and an answer after `last_day`.
        """
        index = start.toordinal() - self._first
        if n <= 0 or index < 0 or index >= len(self._upto):
            self._index(start)
            if n < 0:
                raise DayError("天数不能为负")
            return Due(start, start.toordinal() > self._known)
        position = self._upto[index] + n - 1
        if local and self._shut:
            position = self._past_closures(self._upto[index], position)
        if position >= len(self._work):
            raise DayError(f"算出的日期晚于 {self.last_day},超出可算范围")
        ordinal = self._work[position]
        return Due(date.fromordinal(ordinal), ordinal > self._known)

    def _past_closures(self, first: int, position: int) -> int:
        shut, seen = self._shut, bisect_left(self._shut, first)
        while (upto := bisect_right(shut, position)) > seen:
            position, seen = position + upto - seen, upto
        return position

    def next_workday(self, day: date, *, local: bool = False) -> Due:
        """The first working day after `day`."""
        return self.add(day, 1, local=local)

    def roll(self, day: date, *, local: bool = False) -> Due:
        """`day` itself if it is a working day, otherwise the next one (K4, limits in calendar days)."""
        return Due(day, self.is_provisional(day)) if self.is_workday(day, local=local) else self.add(day, 1, local=local)

    def back(self, day: date, n: int) -> date:
        """The n-th working day before `day` (for warnings so many working days ahead)."""
        if n <= 0:
            raise DayError("天数必须大于零")
        position = self._upto[self._index(day)] - self.is_workday(day) - n
        if position < 0:
            raise DayError(f"算出的日期早于 {self.known_from},超出可算范围")
        return date.fromordinal(self._work[position])

    def count(self, start: date, end: date, *, local: bool = False) -> int:
        """Working days after `start` up to and including `end`. Raises DayError when `end` is before `start`."""
        if end < start:
            raise DayError("结束日期早于起始日期")
        first, upto = self._upto[self._index(start)], self._upto[self._index(end)]
        closed = bisect_left(self._shut, upto) - bisect_left(self._shut, first) if local else 0
        return upto - first - closed

    def month_days(self, month: str, *, local: bool = False) -> tuple[date, ...]:
        """The working days of a month given as "2026-10"; the days clause "1.1" assesses."""
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise DayError(f"月份应写作 2026-10 的样子:{month}") from None
        self._index(first)
        after = (first + timedelta(days=32)).replace(day=1)
        days = self._work[bisect_left(self._work, first.toordinal()) : bisect_left(self._work, after.toordinal())]
        found = map(date.fromordinal, days)
        return tuple(day for day in found if not (local and day in self.closures))

    # --- hours ------------------------------------------------------------------------------------------------

    # Hours are a local matter, so `local` is true by default; a statutory limit in hours passes False (K9).

    def hours_on(self, day: date, *, local: bool = True) -> tuple[Session, ...]:
        """The sessions of a day as pairs of local times; none on rest days, closed days and before any hours are set."""
        if not self.is_workday(day, local=local):
            return ()
        row = self._days.get(day)
        make_up = row is not None and row.working and day.weekday() > 4
        for season in reversed(self.hours):
            if season.active_from <= day and (season.active_to is None or day < season.active_to):
                return season.on(day, make_up=make_up)
        return ()

    def sessions_of(self, day: date, *, local: bool = True) -> tuple[tuple[datetime, datetime], ...]:
        """The sessions of a day as local moments; remembered, since every reading of a clock asks for them."""
        known = self._sessions.get((day, local))
        if known is None:
            hours = self.hours_on(day, local=local)
            known = tuple((datetime.combine(day, a, ZONE), datetime.combine(day, b, ZONE)) for a, b in hours)
            self._sessions[day, local] = known
        return known

    def opens_at(self, day: date, *, local: bool = True) -> datetime | None:
        """When the hall opens on that day. None when it does not."""
        sessions = self.sessions_of(day, local=local)
        return sessions[0][0] if sessions else None

    def closes_at(self, day: date, *, local: bool = True) -> datetime | None:
        """When the hall closes on that day: the moment a last day ends (K4). None when it does not open."""
        sessions = self.sessions_of(day, local=local)
        return sessions[-1][1] if sessions else None

    def is_open_at(self, moment: datetime) -> bool:
        """Is it working time; the opening moment belongs to the session, the closing moment no longer."""
        at = local_time(moment)
        return any(start <= at < end for start, end in self.sessions_of(at.date()))

    def working_minutes(self, start: datetime, end: datetime, *, local: bool = True) -> int:
        """Whole minutes of opening time between two moments (K5). Raises DayError when `end` is before `start`."""
        begin, finish = local_time(start), local_time(end)
        if finish < begin:
            raise DayError("结束时刻早于开始时刻")
        sessions = self._sessions_between(begin.date(), finish.date(), local)
        spans = (min(b, finish) - max(a, begin) for a, b in sessions)
        return sum((span for span in spans if span > timedelta(0)), timedelta(0)) // timedelta(minutes=1)

    def moment_after(self, start: datetime, minutes: int, *, local: bool = True) -> datetime:
        """The local moment when so many minutes of opening time have passed since `start` (K5).

        Nothing to count lands on `start` itself when open, else on the next opening. Raises DayError for negative
        minutes and when the opening hours on record never hold that many.
        """
        if not 0 <= minutes <= 60 * 24 * 366 * 100:
            raise DayError("分钟数为负或过大")
        begin, left = local_time(start), timedelta(minutes=minutes)
        for a, b in self._sessions_between(begin.date(), self.last_day, local):
            span = b - max(a, begin)
            if b > begin and span >= left:
                return max(a, begin) + left
            left -= max(span, timedelta(0))
        raise DayError("登记的开放时间不够算到这个时刻,请先补上开放时间")

    def _sessions_between(self, first: date, last: date, local: bool) -> Iterator[tuple[datetime, datetime]]:
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            yield from self.sessions_of(date.fromordinal(ordinal), local=local)


def local_time(moment: datetime) -> datetime:
    """The moment in local time; a naive one is refused, since nobody can tell what it means."""
    if moment.tzinfo is None:
        raise DayError("时刻必须带时区")
    return moment if moment.tzinfo is ZONE else moment.astimezone(ZONE)
