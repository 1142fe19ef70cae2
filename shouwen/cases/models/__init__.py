"""Nouns of a case: the case itself, its checklist, what stopped or moved its clock, and its story."""

from shouwen.cases.models.case import Case, ChecklistLine, Event
from shouwen.cases.models.clock import Breach, CorrectionNotice, Expedite, Extension, Pause, Warned
from shouwen.cases.models.filters import SavedFilter

__all__ = [
    "Breach",
    "Case",
    "ChecklistLine",
    "CorrectionNotice",
    "Event",
    "Expedite",
    "Extension",
    "Pause",
    "SavedFilter",
    "Warned",
]
