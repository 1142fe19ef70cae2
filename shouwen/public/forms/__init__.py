"""Input of people without an account."""

from shouwen.public.forms.line import Take

__all__ = ["Take"]
