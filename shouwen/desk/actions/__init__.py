"""Writes that take several areas, in one transaction."""

from shouwen.desk.actions.setup import Opening, open_center

__all__ = ["Opening", "open_center"]
