"""Pages of the assessment, one file a theme."""

from shouwen.assessment.views.agenda import agenda, agenda_export, agenda_paper, announce, criticism
from shouwen.assessment.views.findings import adjustment, adjustments, findings, new_finding
from shouwen.assessment.views.months import confirm, ledger_export, month, month_export, notice, step
from shouwen.assessment.views.objections import (
    object_to,
    objection,
    objection_evidence,
    objections,
    objections_export,
    withdraw_objection,
)
from shouwen.assessment.views.persons import person
from shouwen.assessment.views.trial import enact, note_trial, trial
from shouwen.assessment.views.years import close_year, decide, letter, year, year_export, year_paper

__all__ = [
    "adjustment",
    "adjustments",
    "agenda",
    "agenda_export",
    "agenda_paper",
    "announce",
    "close_year",
    "confirm",
    "criticism",
    "decide",
    "enact",
    "findings",
    "ledger_export",
    "letter",
    "month",
    "month_export",
    "new_finding",
    "note_trial",
    "notice",
    "object_to",
    "objection",
    "objection_evidence",
    "objections",
    "objections_export",
    "person",
    "step",
    "trial",
    "withdraw_objection",
    "year",
    "year_export",
    "year_paper",
]
