"""Pages for everybody, without an account."""

from shouwen.public.views.front import centers, front, month

__all__ = ["centers", "front", "month"]
