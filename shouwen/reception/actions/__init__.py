"""What happens at the reception."""

from shouwen.reception.actions.hand_overs import hand_over, return_hand_over, take_over, withdraw_hand_over
from shouwen.reception.actions.opening import add_matter, open_inquiry
from shouwen.reception.actions.outcomes import (
    answer_matter,
    close_matter,
    mark_accepted,
    note_phone_call,
    notify_matter,
    register_complaint,
)
from shouwen.reception.actions.people import register_person, reveal, update_person
from shouwen.reception.actions.sweeping import sweep, tell_follower, urge_matter

__all__ = [
    "add_matter",
    "answer_matter",
    "close_matter",
    "hand_over",
    "mark_accepted",
    "note_phone_call",
    "notify_matter",
    "open_inquiry",
    "register_complaint",
    "register_person",
    "return_hand_over",
    "reveal",
    "sweep",
    "take_over",
    "tell_follower",
    "update_person",
    "urge_matter",
    "withdraw_hand_over",
]
