"""What pages that cross areas read."""

from shouwen.desk.queries.audit import AREAS, verb_words
from shouwen.desk.queries.calendar import calendar_effects
from shouwen.desk.queries.handover import open_matters, receivers
from shouwen.desk.queries.today import Today, today

__all__ = ["AREAS", "Today", "calendar_effects", "open_matters", "receivers", "today", "verb_words"]
