"""Input of people without an account."""

from shouwen.public.forms.ask import Ask, SeeAnswer
from shouwen.public.forms.line import Take
from shouwen.public.forms.progress import AskProgress

__all__ = ["Ask", "AskProgress", "SeeAnswer", "Take"]
