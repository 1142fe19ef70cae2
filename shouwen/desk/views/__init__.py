"""Pages of the staff that cross areas, one file a page."""

from shouwen.desk.views.audit import audit
from shouwen.desk.views.calendar import calendar_change
from shouwen.desk.views.counter import answer_visit, call_next, counter, counter_state, lead_visit, move_ticket
from shouwen.desk.views.handover import give_handover
from shouwen.desk.views.overview import overview
from shouwen.desk.views.search import search
from shouwen.desk.views.section import section, urge
from shouwen.desk.views.setup import setup, setup_template
from shouwen.desk.views.today import today

__all__ = [
    "answer_visit",
    "audit",
    "calendar_change",
    "call_next",
    "counter",
    "counter_state",
    "give_handover",
    "lead_visit",
    "move_ticket",
    "overview",
    "search",
    "section",
    "setup",
    "setup_template",
    "today",
    "urge",
]
