"""The only place that writes the assessment."""

from shouwen.assessment.actions.agenda import announce
from shouwen.assessment.actions.closing import confirm_result, finalise, freeze, post
from shouwen.assessment.actions.collecting import collect
from shouwen.assessment.actions.enacting import note_trial, put_in_force
from shouwen.assessment.actions.findings import adjust, confirm_adjustment, record_finding
from shouwen.assessment.actions.objections import answer_objection, object_to, withdraw_objection
from shouwen.assessment.actions.papers import (
    issue_agenda,
    issue_criticism,
    issue_notice,
    issue_standby,
    issue_transfer,
    issue_year_table,
)
from shouwen.assessment.actions.years import close_year, decide_year

__all__ = [
    "adjust",
    "announce",
    "answer_objection",
    "close_year",
    "collect",
    "confirm_adjustment",
    "confirm_result",
    "decide_year",
    "finalise",
    "freeze",
    "issue_agenda",
    "issue_criticism",
    "issue_notice",
    "issue_standby",
    "issue_transfer",
    "issue_year_table",
    "note_trial",
    "object_to",
    "post",
    "put_in_force",
    "record_finding",
    "withdraw_objection",
]
