"""Nouns of the reception: who comes, what they ask, who answers for it, and how they wait."""

from shouwen.reception.models.device import HallDevice
from shouwen.reception.models.inquiries import HandOver, Holding, Inquiry, Matter
from shouwen.reception.models.people import Person
from shouwen.reception.models.queue import (
    CounterState,
    Period,
    Queue,
    QueueCounter,
    ServiceTime,
    Ticket,
    TicketSeries,
    WaitError,
)
from shouwen.reception.models.records import PhoneCall, RegisteredComplaint, Urging

__all__ = [
    "CounterState",
    "HallDevice",
    "HandOver",
    "Holding",
    "Inquiry",
    "Matter",
    "Period",
    "Person",
    "PhoneCall",
    "Queue",
    "QueueCounter",
    "RegisteredComplaint",
    "ServiceTime",
    "Ticket",
    "TicketSeries",
    "Urging",
    "WaitError",
]
