"""Keeping the full-text index of SQLite; PostgreSQL keeps its own from the column."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from shouwen.cases.models import Case


def index_cases(cases: Iterable[Case]) -> None:
    """Enter new cases under their `search_words`, in the caller's transaction, the oldest first (a search shows the newest)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cases_search (code, words) VALUES (%s, %s)", [(case.code, case.search_words) for case in cases]
        )


def reindex_case(case: Case) -> None:
    """After a name was corrected: the old words go, the new ones come; the case then counts as newly entered."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_search WHERE code = %s", [case.code])
    index_cases([case])
