"""What pages that cross areas read."""

from shouwen.desk.queries.audit import AREAS, asked, verb_words
from shouwen.desk.queries.calendar import calendar_effects
from shouwen.desk.queries.counter import CounterPage, counter_page, counter_places, own_counter
from shouwen.desk.queries.handover import open_matters, receivers
from shouwen.desk.queries.overview import Overview, overview
from shouwen.desk.queries.search import search
from shouwen.desk.queries.section import Section, section
from shouwen.desk.queries.today import Today, today

__all__ = [
    "AREAS",
    "CounterPage",
    "Overview",
    "Section",
    "Today",
    "asked",
    "calendar_effects",
    "counter_page",
    "counter_places",
    "open_matters",
    "overview",
    "own_counter",
    "receivers",
    "search",
    "section",
    "today",
    "verb_words",
]
