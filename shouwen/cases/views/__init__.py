"""Pages of a case."""

from shouwen.cases.views.lists import drop_filter, list_cases, save_filter

__all__ = ["drop_filter", "list_cases", "save_filter"]
