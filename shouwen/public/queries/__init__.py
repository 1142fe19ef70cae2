"""What outsiders may read of a centre."""

from shouwen.public.queries.front import Front, centers, front, month
from shouwen.public.queries.line import PRIORITIES, Choice, choices, chosen, current, error_minutes, slip
from shouwen.public.queries.progress import Progress, case_of, progress, tails

__all__ = [
    "PRIORITIES",
    "Choice",
    "Front",
    "Progress",
    "case_of",
    "centers",
    "choices",
    "chosen",
    "current",
    "error_minutes",
    "front",
    "month",
    "progress",
    "slip",
    "tails",
]
