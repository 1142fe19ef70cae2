"""Reads of the catalogue: versions in force, search, check-lists, fees, and the catalogue as a document."""

from shouwen.catalogue.queries.charging import all_fees, charge, fees_in_force
from shouwen.catalogue.queries.checklists import Line, Question, checklist, questions, usual
from shouwen.catalogue.queries.lookup import items, limit_of, matching, search, version_in_force, versions, with_counters

__all__ = [
    "Line",
    "Question",
    "all_fees",
    "charge",
    "checklist",
    "fees_in_force",
    "items",
    "limit_of",
    "matching",
    "questions",
    "search",
    "usual",
    "version_in_force",
    "versions",
    "with_counters",
]
