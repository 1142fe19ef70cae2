"""Punches, shift and approved leave in; what each required punch came to, explained, out.

Serves clauses "1.3.1" (late), "1.3.2" (left early) and "1.4.1" (absent), and readings R11, R12, R13, R20 and R24.
Three layers: raw punches never change, slot results (here) can be computed again at any time and come out the same,
facts (here too) go to the assessment.
"""

from shouwen.rules.punches.judge import judge
from shouwen.rules.punches.model import (
    ABSENT,
    CLAUSES,
    EXCUSED,
    LATE,
    LEFT_EARLY,
    MISSING,
    NORMAL,
    PENDING,
    STATES,
    UNDECIDED,
    Absence,
    DayResult,
    Judgement,
    Leave,
    OtherPunch,
    PersonDay,
    Punch,
    SlotResult,
    is_clock_lost,
)
from shouwen.rules.punches.report import facts
from shouwen.rules.punches.settings import PunchRules, RuleError, Tier

__all__ = [
    "ABSENT",
    "CLAUSES",
    "EXCUSED",
    "LATE",
    "LEFT_EARLY",
    "MISSING",
    "NORMAL",
    "PENDING",
    "STATES",
    "UNDECIDED",
    "Absence",
    "DayResult",
    "Judgement",
    "Leave",
    "OtherPunch",
    "PersonDay",
    "Punch",
    "PunchRules",
    "RuleError",
    "SlotResult",
    "Tier",
    "facts",
    "is_clock_lost",
    "judge",
]
