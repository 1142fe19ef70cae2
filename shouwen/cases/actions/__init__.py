"""Verbs of a case."""

from shouwen.cases.actions.acceptance import accept_case, decline_case, return_case, tell_missing
from shouwen.cases.actions.approved import approve
from shouwen.cases.actions.approving import ask_approval, refuse_approval, withdraw_approval
from shouwen.cases.actions.breaches import claim_cause, rule_on_cause
from shouwen.cases.actions.clock import add_ground, end_ground, expedite_case, extend_case, pause_case, resume_case
from shouwen.cases.actions.corrections import correct_case, settle_promise
from shouwen.cases.actions.decision import decide_case, deliver_result, handle_on_the_spot, withdraw_case
from shouwen.cases.actions.filters import drop_filter, save_filter
from shouwen.cases.actions.intake import receive_case, take_materials
from shouwen.cases.actions.moving import follow_calendar, move_dates
from shouwen.cases.actions.search import index_cases, reindex_case
from shouwen.cases.actions.sweep import sweep

__all__ = [
    "accept_case",
    "add_ground",
    "approve",
    "ask_approval",
    "claim_cause",
    "correct_case",
    "decide_case",
    "decline_case",
    "deliver_result",
    "drop_filter",
    "end_ground",
    "expedite_case",
    "extend_case",
    "follow_calendar",
    "handle_on_the_spot",
    "index_cases",
    "move_dates",
    "pause_case",
    "receive_case",
    "refuse_approval",
    "reindex_case",
    "resume_case",
    "return_case",
    "rule_on_cause",
    "save_filter",
    "settle_promise",
    "sweep",
    "take_materials",
    "tell_missing",
    "withdraw_approval",
    "withdraw_case",
]
