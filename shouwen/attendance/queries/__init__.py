"""Reads: facts for the assessment, what people owe, the month's grid, imports, leave and post checks."""

from shouwen.attendance.queries.facts import Attended, attended_days, facts

__all__ = ["Attended", "attended_days", "facts"]
