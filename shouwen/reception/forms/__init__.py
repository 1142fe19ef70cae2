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

__all__ = [
    "AddMatter",
    "Answer",
    "Complaint",
    "FilterRegister",
    "FindPeople",
    "HandOver",
    "NewInquiry",
    "PersonEdit",
    "PhoneCall",
    "Return",
    "Reveal",
    "Urge",
]
