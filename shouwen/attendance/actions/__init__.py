"""The only place that writes attendance."""

from shouwen.attendance.actions.slots import recompute

__all__ = ["recompute"]
