"""Nouns of the reception: who comes, what they ask, who answers for it, and how they wait."""

from shouwen.reception.models.inquiries import HandOver, Holding, Inquiry, Matter
from shouwen.reception.models.people import Person
from shouwen.reception.models.records import PhoneCall, RegisteredComplaint, Urging

__all__ = ["HandOver", "Holding", "Inquiry", "Matter", "Person", "PhoneCall", "RegisteredComplaint", "Urging"]
