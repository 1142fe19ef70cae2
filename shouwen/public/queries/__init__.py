"""What outsiders may read of a centre."""

from shouwen.public.queries.front import Front, centers, front, month

__all__ = ["Front", "centers", "front", "month"]
