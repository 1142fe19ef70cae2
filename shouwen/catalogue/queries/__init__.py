"""Reads of the catalogue: versions in force, search, check-lists, fees, and the catalogue as a document."""

from shouwen.catalogue.queries.charging import all_fees, charge, fees_in_force
from shouwen.catalogue.queries.checklists import Line, Question, checklist, questions, usual
from shouwen.catalogue.queries.files import from_file, from_json
from shouwen.catalogue.queries.lookup import items, limit_of, matching, search, version_in_force, versions, with_counters
from shouwen.catalogue.queries.pages import (
    VIEWS,
    Filter,
    Sheet,
    fields_used,
    limit_words,
    listed,
    sheet,
    short,
    shown_version,
)
from shouwen.catalogue.queries.planning import Plan, plan

__all__ = [
    "VIEWS",
    "Filter",
    "Line",
    "Plan",
    "Question",
    "Sheet",
    "all_fees",
    "charge",
    "checklist",
    "fees_in_force",
    "fields_used",
    "from_file",
    "from_json",
    "items",
    "limit_of",
    "limit_words",
    "listed",
    "matching",
    "plan",
    "questions",
    "search",
    "sheet",
    "short",
    "shown_version",
    "usual",
    "version_in_force",
    "versions",
    "with_counters",
]
