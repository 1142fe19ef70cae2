"""What people type at the reception."""

from shouwen.reception.forms.inquiries import (
    AddMatter,
    Answer,
    Complaint,
    FilterRegister,
    HandOver,
    NewInquiry,
    PhoneCall,
    Return,
    Urge,
)
from shouwen.reception.forms.people import FindPeople, PersonEdit, Reveal
from shouwen.reception.forms.queue import ChangeQueue, Counters, Days, Issue, NewQueue, Transfer

__all__ = [
    "AddMatter",
    "Answer",
    "ChangeQueue",
    "Complaint",
    "Counters",
    "Days",
    "FilterRegister",
    "FindPeople",
    "HandOver",
    "Issue",
    "NewInquiry",
    "NewQueue",
    "PersonEdit",
    "PhoneCall",
    "Return",
    "Reveal",
    "Transfer",
    "Urge",
]
