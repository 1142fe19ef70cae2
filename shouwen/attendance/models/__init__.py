"""What attendance keeps: raw punches (immutable), slot results (recomputable), and what people said and decided about them."""

from shouwen.attendance.models.checks import PostCheck, Repeat, Seen
from shouwen.attendance.models.corrections import Correction, Session, Side, SlotResult
from shouwen.attendance.models.leaves import Leave, LeaveApproval
from shouwen.attendance.models.punches import (
    Device,
    ImportBatch,
    PinMapping,
    Punch,
    QuarantineLine,
    RegisterEntry,
    UnmatchedPin,
)

__all__ = [
    "Correction",
    "Device",
    "ImportBatch",
    "Leave",
    "LeaveApproval",
    "PinMapping",
    "PostCheck",
    "Punch",
    "QuarantineLine",
    "RegisterEntry",
    "Repeat",
    "Seen",
    "Session",
    "Side",
    "SlotResult",
    "UnmatchedPin",
]
