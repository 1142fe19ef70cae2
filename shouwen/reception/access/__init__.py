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

__all__ = [
    "COMPLAINT_READERS",
    "REGISTER",
    "hand_over_for",
    "inquiry_for",
    "matter_for",
    "person_for",
    "require_register",
]
