"""A case's clock: a limit, its pauses and extensions → what is used, what is left, when it is due, and why.

Pure and told everything: the day table, the events and the day or moment asked about. `read` tells one clock, `read_case` the
promised and the statutory one from the same ledger (L10), `recompute` what a change of the calendar moves (L4, L35). The
readings K1–K12 are explained in docs/explain/clock.md. Clauses: "3.3", "3.4", "4.3.2".
"""

from shouwen.rules.clock.case import (
    GREEN,
    RED,
    YELLOW,
    CaseClock,
    CaseReading,
    check_limits,
    deliver_by,
    light,
    notice_lapses_at,
    read_case,
    refusal,
    spoken,
)
from shouwen.rules.clock.counting import due_moment
from shouwen.rules.clock.moving import Moved, OpenClock, recompute
from shouwen.rules.clock.reading import read
from shouwen.rules.clock.ruler import ruler
from shouwen.rules.clock.story import (
    CLAUSE,
    CLAUSES,
    CLOCKS,
    DELIVERY,
    KINDS,
    NOTICE,
    UNITS,
    ClockError,
    Event,
    Limit,
    Mark,
    Reading,
    When,
)

__all__ = [
    "CLAUSE",
    "CLAUSES",
    "CLOCKS",
    "DELIVERY",
    "GREEN",
    "KINDS",
    "NOTICE",
    "RED",
    "UNITS",
    "YELLOW",
    "CaseClock",
    "CaseReading",
    "ClockError",
    "Event",
    "Limit",
    "Mark",
    "Moved",
    "OpenClock",
    "Reading",
    "When",
    "check_limits",
    "deliver_by",
    "due_moment",
    "light",
    "notice_lapses_at",
    "read",
    "read_case",
    "recompute",
    "refusal",
    "ruler",
    "spoken",
]
