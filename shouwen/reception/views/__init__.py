"""Pages of the reception."""

from shouwen.reception.views.hand_overs import answer_offer, hand_overs, offer
from shouwen.reception.views.inquiries import new_inquiry, paper, register
from shouwen.reception.views.matters import add, answer, complain, complaints, matter, phone, urge
from shouwen.reception.views.people import edit_person, people, person, reveal
from shouwen.reception.views.queue import issue, move_ticket, queue, ticket, transfer
from shouwen.reception.views.queue_setup import (
    queue_add,
    queue_change,
    queue_counters,
    queue_end,
    queue_setup,
    queue_statistics,
)

__all__ = [
    "add",
    "answer",
    "answer_offer",
    "complain",
    "complaints",
    "edit_person",
    "hand_overs",
    "issue",
    "matter",
    "move_ticket",
    "new_inquiry",
    "offer",
    "paper",
    "people",
    "person",
    "phone",
    "queue",
    "queue_add",
    "queue_change",
    "queue_counters",
    "queue_end",
    "queue_setup",
    "queue_statistics",
    "register",
    "reveal",
    "ticket",
    "transfer",
    "urge",
]
