"""Reads: lists and searches of cases, what a case's clocks say, what is owed."""

from shouwen.cases.queries.filters import saved_filters
from shouwen.cases.queries.lists import VIEWS, CaseRow, Filter, Page, clock_words, rows
from shouwen.cases.queries.search import by_name, find, search_words

__all__ = [
    "VIEWS",
    "CaseRow",
    "Filter",
    "Page",
    "by_name",
    "clock_words",
    "find",
    "rows",
    "saved_filters",
    "search_words",
]
