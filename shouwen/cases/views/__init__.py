"""Pages of a case."""

from shouwen.cases.views.batch import batch, batches, go_on_batch, start_batch
from shouwen.cases.views.detail import approval, breach, detail, paper
from shouwen.cases.views.fees import charge, closed_day, day_end, decide_refund, receipt, receipts, side_paper
from shouwen.cases.views.follow_up import follow_up, follow_ups, plan_follow_up
from shouwen.cases.views.handling import (
    accept,
    correct,
    decide,
    decline,
    deliver,
    expedite,
    extend,
    grounds,
    materials,
    notice,
    pause,
    resume,
    send_back,
    settle,
    withdraw,
)
from shouwen.cases.views.intake import receive
from shouwen.cases.views.joint import joint_board, joint_case, joint_paper, joint_task, open_joint
from shouwen.cases.views.leads import fee_lead, fee_leads, note_fee_lead
from shouwen.cases.views.lists import drop_filter, list_cases, save_filter

__all__ = [
    "accept",
    "approval",
    "batch",
    "batches",
    "breach",
    "charge",
    "closed_day",
    "correct",
    "day_end",
    "decide",
    "decide_refund",
    "decline",
    "deliver",
    "detail",
    "drop_filter",
    "expedite",
    "extend",
    "fee_lead",
    "fee_leads",
    "follow_up",
    "follow_ups",
    "go_on_batch",
    "grounds",
    "joint_board",
    "joint_case",
    "joint_paper",
    "joint_task",
    "list_cases",
    "materials",
    "note_fee_lead",
    "notice",
    "open_joint",
    "paper",
    "pause",
    "plan_follow_up",
    "receipt",
    "receipts",
    "receive",
    "resume",
    "save_filter",
    "send_back",
    "settle",
    "side_paper",
    "start_batch",
    "withdraw",
]
