"""Verbs of a case."""

from shouwen.cases.actions.filters import drop_filter, save_filter
from shouwen.cases.actions.search import index_cases, reindex_case

__all__ = ["drop_filter", "index_cases", "reindex_case", "save_filter"]
