"""What a clock is told and what it says: limits, events, readings, marks of the ruler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

CLAUSE = "3.3"
CLAUSES = ("3.3", "3.4", "4.3.2")

DAY_UNITS = ("workday", "day")
OPEN_UNITS = ("hour", "minute", "same_day")
UNITS = (*DAY_UNITS, *OPEN_UNITS)
KINDS = ("pause", "resume", "extend", "expedite")
BOTH, STATUTORY, PROMISED = "both", "statutory", "promised"
CLOCKS = (BOTH, STATUTORY, PROMISED)

When = date | datetime
"""A day, or an aware moment of any zone. A day stands for its end: what happens on it is done when the hall closes."""


class ClockError(ValueError):
    """A story no clock can have (resumed without a pause, before it was received); the message is Chinese, ready to show."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is (K5).

    `workday` working days; `day` calendar days, where a law says so; `hour` and `minute` of opening time; `same_day` until the
    hall closes (即办件; `n` is not read).
    """

    n: int
    unit: str = "workday"

    def __str__(self) -> str:
        return "当日办结" if self.unit == "same_day" else f"{self.n} 个{NAMES[self.unit]}"


NAMES = {"workday": "工作日", "day": "自然日", "hour": "工作小时", "minute": "工作分钟"}
NOTICE = Limit(5)
"""To tell everything missing at once; lapsed, the matter counts as accepted from the day of receipt (K6, "4.3.2")."""
DELIVERY = Limit(10)
"""From the decision to the delivery (K12)."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a limit: pause, resume, extend by `n`, expedite to a promised limit of `n` (K11, "3.4").

    `clock` says which clock it touches. A pause or resume touches both unless told otherwise; `extend` with `both` adds to the
    statutory limit, and to the promised one when that counts in the same unit; `expedite` only ever touches the promised one.
    """

    kind: str
    when: When
    n: int = 0
    clock: str = BOTH

    @property
    def words(self) -> str:
        return {"pause": "暂停", "resume": "恢复", "extend": "延期", "expedite": "急办"}.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Mark:
    """One calendar day of the ruler on the case page: start, counted, pause, rest, ahead, due or late; `note` says why it is so."""

    date: date
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clock says.

    `used`, `left` and `budget` are days for limits in days, and minutes of opening time for the others. `used` counts up to
    what was asked or the due moment; `left` is budget minus used; while paused `due` is the date if resumed when asked.
    `due_at` is the local moment the limit ends: closing time of the last day (K4), or the very minute. `overdue_by` are the
    working days after the due date and `overdue_minutes`, for limits of opening time, the minutes; pauses then ignored.
    `refused` came after the limit had run out and changed nothing (K2). `since`, `used_before` and `renewed` say from where
    the count goes on, what was used by then, and what had been used when the budget last changed (the ladder reads them).
    """

    limit: Limit
    budget: int
    used: int
    left: int
    due: date
    due_at: datetime
    state: str
    overdue_by: int
    provisional: bool
    refused: tuple[Event, ...]
    pauses: tuple[tuple[When, When | None], ...]
    since: When
    used_before: int
    renewed: int
    local: bool
    overdue_minutes: int = 0

    @property
    def is_paused(self) -> bool:
        return self.state == "paused"

    @property
    def is_overdue(self) -> bool:
        return self.state == "overdue"

    @property
    def in_days(self) -> bool:
        return self.limit.unit in DAY_UNITS

    @property
    def was_renewed(self) -> bool:
        """Was the limit lengthened or shortened since?"""
        return self.limit.unit != "same_day" and self.budget != self.limit.n * (60 if self.limit.unit == "hour" else 1)

    def in_unit(self, amount: int) -> int | float:
        """An amount of this reading in the unit of its limit: hours to two places, everything else whole."""
        if self.limit.unit != "hour":
            return amount
        return amount // 60 if amount % 60 == 0 else round(amount / 60, 2)
