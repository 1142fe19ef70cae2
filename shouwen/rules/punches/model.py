"""The plain data of punch judging. Moments may be aware, or naive and then already local; results are aware, local."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

Day = date
"""`date` under another name, for classes that have a field called date."""

NORMAL, LATE, LEFT_EARLY, ABSENT = "normal", "late", "left_early", "absent"
MISSING, PENDING, UNDECIDED, EXCUSED = "missing", "pending", "undecided", "excused"

STATES = {
    NORMAL: "正常",
    LATE: "迟到",
    LEFT_EARLY: "早退",
    ABSENT: "旷工",
    MISSING: "待补",
    PENDING: "暂未判定",
    UNDECIDED: "待人决定",
    EXCUSED: "不需打卡",
}

CLAUSES = {LATE: "1.3.1", LEFT_EARLY: "1.3.2", ABSENT: "1.4.1"}
"""The clause each offence falls under; also the kinds of `scoring.Fact` made here."""


def is_clock_lost(moment: datetime) -> bool:
    """Did the terminal lose its clock: such devices start again in 2000 or show the end of their range, 2063."""
    return not 2004 <= moment.year <= 2060


@dataclass(frozen=True, slots=True)
class Punch:
    """One mark of presence. `source` is "device", "sheet" or "correction" (补卡已批准); it has no direction (the slot gives it)."""

    at: datetime
    source: str = "device"


@dataclass(frozen=True, slots=True)
class Leave:
    """An approved absence from `start` to before `end`: 事假, 病假, 公差, 代班 …"""

    start: datetime
    end: datetime
    label: str = "请假"


@dataclass(frozen=True, slots=True)
class PersonDay:
    """What one person owes on one day.

    `sessions` are pairs of local times (`DayTable.hours_on`); an end not after its start is on the next day. A
    substitute's day holds the sessions he covers, `covers` says whose. `not_due` is the reason why nothing is due
    (closed hall, R24). `correct_by` is the last day on which a missing punch may be put right (R20). `decided` holds
    what a person decided about a slot: {(session start, "in" or "out"): "normal", "late", "left_early" or "absent"}.
    """

    date: date
    sessions: tuple[tuple[time, time], ...] = ()
    not_due: str = ""
    correct_by: Day | None = None
    covers: str = ""
    decided: Mapping[tuple[time, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SlotResult:
    """One required punch. `minutes` late or early; `clause` only for an offence; `reading` the R that decided; `text` says why.

    `session` is the scheduled start of the session the slot belongs to; with `side` it names the slot within the day.
    """

    date: date
    session: time
    side: str
    label: str
    due_at: datetime
    state: str
    text: str
    punched_at: datetime | None = None
    minutes: int = 0
    reading: str = ""
    covers: str = ""

    @property
    def clause(self) -> str:
        return CLAUSES.get(self.state, "")


@dataclass(frozen=True, slots=True)
class OtherPunch:
    """A punch that filled no slot: kept and shown, with the reason.

    `why` is "extra", "outside_window", "not_due", "clock_lost" or "future".
    """

    at: datetime
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Absence:
    """One half-day session counted as absent (旷工), clause "1.4.1"."""

    session: time
    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class DayResult:
    """A day's slots in order, its absent sessions, its other punches; `note` says why nothing was due."""

    date: date
    slots: tuple[SlotResult, ...] = ()
    absences: tuple[Absence, ...] = ()
    others: tuple[OtherPunch, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The days asked for, and the punches that belong to none of them."""

    days: tuple[DayResult, ...]
    stray: tuple[OtherPunch, ...] = ()
