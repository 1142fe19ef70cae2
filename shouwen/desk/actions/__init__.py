"""Writes that take several areas, in one transaction."""

from shouwen.desk.actions.calendar import change_calendar
from shouwen.desk.actions.counter import answer_and_finish
from shouwen.desk.actions.setup import Opening, open_center

__all__ = ["Opening", "answer_and_finish", "change_calendar", "open_center"]
