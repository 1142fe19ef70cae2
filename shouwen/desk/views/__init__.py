"""Pages of the staff that cross areas, one file a page."""

from shouwen.desk.views.audit import audit
from shouwen.desk.views.calendar import calendar_change
from shouwen.desk.views.handover import give_handover
from shouwen.desk.views.setup import setup, setup_template
from shouwen.desk.views.today import today

__all__ = ["audit", "calendar_change", "give_handover", "setup", "setup_template", "today"]
