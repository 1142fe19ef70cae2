"""Who may, of people without an account: by a machine's cookie, a ticket's random code, the word that hangs in the hall."""

from shouwen.public.access.line import Phone, kiosk_for, phone_of, require_here, ticket_for

__all__ = ["Phone", "kiosk_for", "phone_of", "require_here", "ticket_for"]
