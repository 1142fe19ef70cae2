"""Nouns of a case: the case itself, its checklist, what stopped or moved its clock, and its story."""

from shouwen.cases.models.approval import Approval
from shouwen.cases.models.case import Case, ChecklistLine, Event
from shouwen.cases.models.clock import Breach, CorrectionNotice, Expedite, Extension, Pause, PauseGround, Warned
from shouwen.cases.models.delivery import Delivery
from shouwen.cases.models.filters import SavedFilter

__all__ = [
    "Approval",
    "Breach",
    "Case",
    "ChecklistLine",
    "CorrectionNotice",
    "Delivery",
    "Event",
    "Expedite",
    "Extension",
    "Pause",
    "PauseGround",
    "SavedFilter",
    "Warned",
]
