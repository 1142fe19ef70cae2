"""Who may, of people without an account: by a machine's cookie, a random code, the word that hangs in the hall, the tail of a telephone."""

from shouwen.public.access.ask import question_by_code
from shouwen.public.access.line import Phone, kiosk_for, phone_of, require_here, ticket_for
from shouwen.public.access.progress import case_by_tail, case_shown, forget, keep

__all__ = [
    "Phone",
    "case_by_tail",
    "case_shown",
    "forget",
    "keep",
    "kiosk_for",
    "phone_of",
    "question_by_code",
    "require_here",
    "ticket_for",
]
