"""Who may do what at the reception; every loader starts from the actor's centre."""

from shouwen.reception.access.inquiries import (
    COMPLAINT_READERS,
    REGISTER,
    hand_over_for,
    inquiry_for,
    matter_for,
    person_for,
    require_register,
)
from shouwen.reception.access.queue import counters_by_code, queue_for, require_queue, ticket_for

__all__ = [
    "COMPLAINT_READERS",
    "REGISTER",
    "counters_by_code",
    "hand_over_for",
    "inquiry_for",
    "matter_for",
    "person_for",
    "queue_for",
    "require_queue",
    "require_register",
    "ticket_for",
]
