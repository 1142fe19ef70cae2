"""Both clocks of a case from one ledger, and the light on its row (L10; "3.3", "3.4").

The statutory clock runs through local closures and is not shortened by urgency; the promised clock skips closed days (K9) and
obeys `expedite` (K11). Steps, tasks of a joint matter (K8), the one-time notice (K6) and the delivery (K12) are plain limits:
`read(table, told_on, NOTICE, (), at)`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from shouwen.rules.clock.counting import day_of, due_moment, is_before
from shouwen.rules.clock.reading import read
from shouwen.rules.clock.story import BOTH, DELIVERY, NOTICE, STATUTORY, ClockError, Event, Limit, Reading, When
from shouwen.rules.workdays import DayError, DayTable

GREEN, YELLOW, RED = "green", "yellow", "red"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The ledger of a case.

    `started` is the day or moment it was accepted; deemed accepted, that of receipt (K6). `statutory` is None where no law
    sets a limit. `ended` is the decision, not the delivery (K12): nothing is counted after it.
    """

    started: When
    promised: Limit
    statutory: Limit | None = None
    events: tuple[Event, ...] = ()
    ended: When | None = None


@dataclass(frozen=True, slots=True)
class CaseReading:
    """Both clocks at a moment.

    `original` is the promised clock as it would be without urgency, only where there was any (K11: it stays visible).
    `light` is green, yellow or red; `breach` is "", "promised" (超承诺) or "statutory" (违法超期).
    """

    promised: Reading
    statutory: Reading | None
    original: Reading | None
    light: str
    breach: str
    ended: bool

    @property
    def due_at(self) -> datetime:
        return self.promised.due_at

    @property
    def statutory_due_at(self) -> datetime | None:
        return self.statutory.due_at if self.statutory else None

    @property
    def is_paused(self) -> bool:
        return self.promised.is_paused or (self.statutory is not None and self.statutory.is_paused)

    @property
    def is_provisional(self) -> bool:
        return self.promised.provisional or (self.statutory is not None and self.statutory.provisional)


def read_case(table: DayTable, clock: CaseClock, at: When, *, days_left: int = 1, percent: int = 80) -> CaseReading:
    """What both clocks say at `at`, or at the decision if that was earlier; thresholds as in `light`.

    Raises ClockError and DayError like `read`.
    """
    ended = clock.ended is not None and not is_before(at, clock.ended)
    when = clock.ended if ended and clock.ended is not None else at
    events = _promised_events(clock)
    promised = read(table, clock.started, clock.promised, events, when, local=True)
    statutory = read(table, clock.started, clock.statutory, clock.events, when) if clock.statutory else None
    plain = tuple(event for event in events if event.kind != "expedite")
    original = read(table, clock.started, clock.promised, plain, when, local=True) if len(plain) < len(events) else None
    breach = STATUTORY if statutory and statutory.is_overdue else "promised" if promised.is_overdue else ""
    shown = RED if breach else light(promised, days_left=days_left, percent=percent)
    return CaseReading(promised, statutory, original, shown, breach, ended)


def _promised_events(clock: CaseClock) -> tuple[Event, ...]:
    """An extension granted in the statutory unit says nothing to a promise that counts in another one."""
    if clock.statutory is None or clock.statutory.unit == clock.promised.unit:
        return clock.events
    return tuple(event for event in clock.events if event.kind != "extend" or event.clock != BOTH)


def light(reading: Reading, *, days_left: int = 1, percent: int = 80) -> str:
    """Red once the limit has run out, yellow when so few days are left or so much is used, else green.

    Days left are asked of limits in days only: a limit of hours is always within a day.
    """
    if reading.is_overdue:
        return RED
    near = reading.in_days and reading.left <= days_left
    return YELLOW if near or reading.used * 100 >= percent * reading.budget else GREEN


def refusal(table: DayTable, clock: CaseClock, event: Event) -> str:
    """Why this event may not be entered now, in words for the screen; "" when it may (K2, K11, L9, L12).

    An event is entered in the order things happened: not before the last one. After the promise ran out the statutory clock
    may still be paused or extended; after that too has run out nothing may.
    """
    if is_before(event.when, clock.started):
        return "早于时限起点"
    last = max((one for one in clock.events), key=lambda one: (day_of(one.when), _minute(one.when)), default=None)
    if last is not None and is_before(event.when, last.when):
        return f"早于上一项记录({last.words} {day_of(last.when)})"
    if clock.ended is not None and not is_before(event.when, clock.ended):
        return "已经办结,时限不再变动"
    try:
        after = read_case(table, replace(clock, events=(*clock.events, event), ended=None), event.when)
    except (ClockError, DayError) as error:
        return str(error)
    touched = after.promised if event.kind == "expedite" or event.clock == "promised" else after.statutory or after.promised
    if event in touched.refused[-1:]:
        return f"时限已于 {touched.due} 用完,不能再{event.words}"
    return ""


def _minute(when: When) -> int:
    return when.hour * 60 + when.minute if isinstance(when, datetime) else 1440


def check_limits(promised: Limit, statutory: Limit | None) -> None:
    """A promise may not be longer than the law allows (L10). Raises ClockError; limits in different units are not compared."""
    if statutory is not None and promised.unit == statutory.unit and promised.n > statutory.n:
        raise ClockError(f"承诺时限({promised})不得长于法定时限({statutory})")


def notice_lapses_at(table: DayTable, received: When) -> datetime:
    """When the five working days of the one-time notice are over; untold by then the matter counts as accepted ("4.3.2", K6)."""
    return due_moment(table, table.add(day_of(received), NOTICE.n).date)


def deliver_by(table: DayTable, decided: When) -> datetime:
    """When the result must have been delivered (K12, 行政许可法 44)."""
    return due_moment(table, table.add(day_of(decided), DELIVERY.n).date)


def spoken(reading: Reading) -> str:
    """The reading in words: 剩 3 个工作日; while paused what is left and the date if resumed (L7)."""
    if reading.is_overdue:
        late = f"{reading.overdue_by} 个工作日" if reading.overdue_by or reading.in_days else _time(reading.overdue_minutes)
        return f"已超期 {late}" if reading.overdue_by or reading.overdue_minutes else "已超期"
    left = _amount(reading, reading.left)
    if reading.is_paused:
        return f"暂停中,剩 {left};若此时恢复,{_due(reading)}到期"
    return f"剩 {left},{_due(reading)}到期" + ("(暂定)" if reading.provisional else "")


def _amount(reading: Reading, amount: int) -> str:
    if not reading.in_days:
        return _time(amount)
    return f"{amount} 个{'自然日' if reading.limit.unit == 'day' else '工作日'}"


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} 小时"] * bool(hours) + [f"{rest} 分钟"] * bool(rest or not hours))


def _due(reading: Reading) -> str:
    return f"{reading.due:%m-%d}" if reading.in_days else f"{reading.due_at:%m-%d %H:%M} "
