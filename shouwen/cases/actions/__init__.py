"""Verbs of a case."""

from shouwen.cases.actions.acceptance import accept_case, decline_case, receive_and_accept, return_case, tell_missing
from shouwen.cases.actions.approved import approve
from shouwen.cases.actions.approving import ask_approval, refuse_approval, withdraw_approval
from shouwen.cases.actions.batch import run_batch, run_batches, start_batch, stop_batch
from shouwen.cases.actions.breaches import claim_cause, rule_on_cause
from shouwen.cases.actions.clock import add_ground, end_ground, expedite_case, extend_case, pause_case, resume_case
from shouwen.cases.actions.coordinating import (
    conclude_joint,
    issue_flow,
    merge_corrections,
    move_task_dates,
    object_to_routing,
    return_materials,
    rule_on_routing,
)
from shouwen.cases.actions.corrections import correct_case, settle_promise
from shouwen.cases.actions.decision import decide_case, deliver_result, handle_on_the_spot, withdraw_case
from shouwen.cases.actions.fees import ChargeLine, charge, close_day, decide_refund, note_invoice, quote, refund
from shouwen.cases.actions.filters import drop_filter, save_filter
from shouwen.cases.actions.follow_up import do_follow_up, plan_expiry_reminder, plan_follow_up, sweep_follow_ups
from shouwen.cases.actions.history import PastCase, record_past_cases
from shouwen.cases.actions.intake import receive_case, take_materials
from shouwen.cases.actions.joint import answer_task, open_joint, sign_task, sweep_joint, take_task, urge_task
from shouwen.cases.actions.leads import note_fee_lead, reveal_informant, settle_fee_lead
from shouwen.cases.actions.moving import follow_calendar, move_dates
from shouwen.cases.actions.sweep import sweep

__all__ = [
    "ChargeLine",
    "PastCase",
    "accept_case",
    "add_ground",
    "answer_task",
    "approve",
    "ask_approval",
    "charge",
    "claim_cause",
    "close_day",
    "conclude_joint",
    "correct_case",
    "decide_case",
    "decide_refund",
    "decline_case",
    "deliver_result",
    "do_follow_up",
    "drop_filter",
    "end_ground",
    "expedite_case",
    "extend_case",
    "follow_calendar",
    "handle_on_the_spot",
    "issue_flow",
    "merge_corrections",
    "move_dates",
    "move_task_dates",
    "note_fee_lead",
    "note_invoice",
    "object_to_routing",
    "open_joint",
    "pause_case",
    "plan_expiry_reminder",
    "plan_follow_up",
    "quote",
    "receive_and_accept",
    "receive_case",
    "record_past_cases",
    "refund",
    "refuse_approval",
    "resume_case",
    "return_case",
    "return_materials",
    "reveal_informant",
    "rule_on_cause",
    "rule_on_routing",
    "run_batch",
    "run_batches",
    "save_filter",
    "settle_fee_lead",
    "settle_promise",
    "sign_task",
    "start_batch",
    "stop_batch",
    "sweep",
    "sweep_follow_ups",
    "sweep_joint",
    "take_materials",
    "take_task",
    "tell_missing",
    "urge_task",
    "withdraw_approval",
    "withdraw_case",
]
