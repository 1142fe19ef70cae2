"""What happens at the reception."""

from shouwen.reception.actions.devices import (
    add_hall_device,
    change_hall_device,
    end_hall_device,
    lock_hall_device,
    offer_pairing,
    pair_hall_device,
)
from shouwen.reception.actions.hand_overs import hand_over, return_hand_over, take_over, withdraw_hand_over
from shouwen.reception.actions.history import PastVisit, record_past_visits
from shouwen.reception.actions.online import ask_online
from shouwen.reception.actions.opening import add_matter, open_inquiry, take_down
from shouwen.reception.actions.outcomes import (
    answer_matter,
    close_matter,
    mark_accepted,
    note_phone_call,
    notify_matter,
    register_complaint,
)
from shouwen.reception.actions.people import register_person, reveal, update_person
from shouwen.reception.actions.queue_calling import (
    call_next,
    call_ticket,
    leave_ticket,
    park_ticket,
    pass_ticket,
    recall_ticket,
    return_ticket,
)
from shouwen.reception.actions.queue_counters import set_counter_state
from shouwen.reception.actions.queue_issue import issue_ticket
from shouwen.reception.actions.queue_nights import close_day, learn, mark_inaccurate
from shouwen.reception.actions.queue_serving import begin_ticket, finish_ticket, lead_ticket, transfer_ticket
from shouwen.reception.actions.queue_setup import add_queue, change_queue, end_queue, set_queue_counters
from shouwen.reception.actions.rekeying import reseal
from shouwen.reception.actions.sweeping import sweep, tell_follower, urge_matter

__all__ = [
    "PastVisit",
    "add_hall_device",
    "add_matter",
    "add_queue",
    "answer_matter",
    "ask_online",
    "begin_ticket",
    "call_next",
    "call_ticket",
    "change_hall_device",
    "change_queue",
    "close_day",
    "close_matter",
    "end_hall_device",
    "end_queue",
    "finish_ticket",
    "hand_over",
    "issue_ticket",
    "lead_ticket",
    "learn",
    "leave_ticket",
    "lock_hall_device",
    "mark_accepted",
    "mark_inaccurate",
    "note_phone_call",
    "notify_matter",
    "offer_pairing",
    "open_inquiry",
    "pair_hall_device",
    "park_ticket",
    "pass_ticket",
    "recall_ticket",
    "record_past_visits",
    "register_complaint",
    "register_person",
    "reseal",
    "return_hand_over",
    "return_ticket",
    "reveal",
    "set_counter_state",
    "set_queue_counters",
    "sweep",
    "take_down",
    "take_over",
    "tell_follower",
    "transfer_ticket",
    "update_person",
    "urge_matter",
    "withdraw_hand_over",
]
