"""Nouns of a case: the case itself, its checklist, what stopped or moved its clock, and its story."""

from shouwen.cases.models.approval import Approval
from shouwen.cases.models.batch import Batch, BatchItem
from shouwen.cases.models.case import Case, ChecklistLine, Event
from shouwen.cases.models.clock import Breach, CaseCalendar, CorrectionNotice, Expedite, Extension, Pause, PauseGround, Warned
from shouwen.cases.models.delivery import Delivery
from shouwen.cases.models.fees import Charge, DayEnd, FeeLead, Receipt, Refund, RefundLine, Way
from shouwen.cases.models.filters import SavedFilter
from shouwen.cases.models.follow_up import FollowUp
from shouwen.cases.models.joint import JointHandling, JointTask, Opinion, TaskUrging

__all__ = [
    "Approval",
    "Batch",
    "BatchItem",
    "Breach",
    "Case",
    "CaseCalendar",
    "Charge",
    "ChecklistLine",
    "CorrectionNotice",
    "DayEnd",
    "Delivery",
    "Event",
    "Expedite",
    "Extension",
    "FeeLead",
    "FollowUp",
    "JointHandling",
    "JointTask",
    "Opinion",
    "Pause",
    "PauseGround",
    "Receipt",
    "Refund",
    "RefundLine",
    "SavedFilter",
    "TaskUrging",
    "Warned",
    "Way",
]
