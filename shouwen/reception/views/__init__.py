"""Pages of the reception."""

from shouwen.reception.views.hand_overs import answer_offer, hand_overs, offer
from shouwen.reception.views.inquiries import new_inquiry, paper, register
from shouwen.reception.views.matters import add, answer, complain, complaints, matter, phone, urge
from shouwen.reception.views.people import edit_person, people, person, reveal

__all__ = [
    "add",
    "answer",
    "answer_offer",
    "complain",
    "complaints",
    "edit_person",
    "hand_overs",
    "matter",
    "new_inquiry",
    "offer",
    "paper",
    "people",
    "person",
    "phone",
    "register",
    "reveal",
    "urge",
]
