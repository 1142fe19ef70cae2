"""The page of a version: its clauses with what the rulebook makes of them, and how it differs from the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.rulebook.models import Rulebook
from shouwen.rulebook.queries import words
from shouwen.rulebook.queries.clauses import TEXTS, clause_text
from shouwen.rulebook.queries.effects import Reading, readings
from shouwen.rulebook.queries.leaves import differences
from shouwen.rulebook.queries.parameters import PARAMETERS, Parameter, parameter_of
from shouwen.rulebook.queries.versions import Version, in_force, version_of


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause, its words, and the items, outcomes and readings that rest on it."""

    id: str
    text: str
    items: list[words.ItemWords]
    outcomes: list[tuple[str, str]]
    readings: list[Reading]


@dataclass(frozen=True, slots=True)
class VersionPage:
    version: Version
    clauses: list[ClauseView]
    items: list[words.ItemWords]
    counters: list[str]
    outcomes: list[tuple[str, str, str]]
    readings: list[Reading]
    unpriced: list[str]
    ladder: list[str]
    parameters: list[tuple[Parameter, Any]]
    problems: list[str]
    differences: list[tuple[str, str, str]]
    compared: Rulebook | None


def version_page(record: Rulebook, on: date) -> VersionPage:
    """Everything the page shows; compared with the version in force on the day, unless it is that one."""
    version = version_of(record)
    standing = in_force(record.center_id, on)
    other = standing if standing is not None and standing.record.pk != record.pk else None
    items = words.items_in_words(version)
    plan = version.parsed.plan
    titles = {name: one.title for name, one in plan.outcomes.items()}
    outcomes = [(one.title, one.clause or "", words.outcome_words(one, titles)) for one in plan.outcomes.values()]
    switches = readings(version)
    counters = {counter.id: words.counter_words(counter) for item in plan.items.values() for counter in item.counters}
    return VersionPage(
        version=version,
        clauses=_clauses(version.document, items, outcomes, switches),
        items=items,
        counters=list(counters.values()),
        outcomes=outcomes,
        readings=switches,
        unpriced=[item.title for item in items if not item.is_priced],
        ladder=words.ladder_words(plan.ladder),
        parameters=[(one, parameter_of(version, one.key)) for one in PARAMETERS],
        problems=[str(problem) for problem in version.parsed.problems],
        differences=differences(other.document, version.document) if other else [],
        compared=other.record if other else None,
    )


def _clauses(
    document: Mapping[str, Any], items: list[words.ItemWords], outcomes: list[tuple[str, str, str]], switches: list[Reading]
) -> list[ClauseView]:
    named = [*(document.get("clauses") or {}), *(TEXTS if document.get("name") == "founding" else ())]
    used = [item.clause for item in items] + [clause for _, clause, _ in outcomes] + [one.clause for one in switches]
    found = sorted({str(clause) for clause in (*named, *used) if clause}, key=_order)
    return [
        ClauseView(
            id=clause,
            text=clause_text(document, clause),
            items=[item for item in items if item.clause == clause],
            outcomes=[(title, text) for title, its, text in outcomes if its == clause],
            readings=[one for one in switches if one.clause == clause],
        )
        for clause in found
    ]


def _order(clause: str) -> tuple[int, list[int], str]:
    """1.2 before 1.10; clauses of other shapes after them."""
    parts = clause.split(".")
    return (0, [int(part) for part in parts], "") if all(part.isdigit() for part in parts) else (1, [], clause)
