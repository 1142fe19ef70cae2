"""What happens to the duty of the hall."""

from shouwen.duty.actions.breaches import decide, note, reply
from shouwen.duty.actions.checks import check_cleaning, close_doors, open_doors, sweep
from shouwen.duty.actions.handover import confirm, give, send_back
from shouwen.duty.actions.roster import (
    answer_swap,
    ask_swap,
    assign,
    fill_month,
    give_back_slots,
    give_slots,
    renew_feed,
    set_pattern,
    withdraw_swap,
)

__all__ = [
    "answer_swap",
    "ask_swap",
    "assign",
    "check_cleaning",
    "close_doors",
    "confirm",
    "decide",
    "fill_month",
    "give",
    "give_back_slots",
    "give_slots",
    "note",
    "open_doors",
    "renew_feed",
    "reply",
    "send_back",
    "set_pattern",
    "sweep",
    "withdraw_swap",
]
