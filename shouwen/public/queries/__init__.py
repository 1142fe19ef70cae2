"""What outsiders may read of a centre."""

from shouwen.public.queries.front import Front, centers, front, month
from shouwen.public.queries.line import PRIORITIES, Choice, choices, current, error_minutes, slip

__all__ = ["PRIORITIES", "Choice", "Front", "centers", "choices", "current", "error_minutes", "front", "month", "slip"]
