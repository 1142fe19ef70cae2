"""The page of a version: its clauses with what the rulebook makes of them, and how it differs from the one in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.rulebook.models import Rulebook
from shouwen.rulebook.queries import words
from shouwen.rulebook.queries.clauses import TEXTS, clause_text, in_order
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
    is_other: bool


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
        differences=_differences(other, version, switches) if other else [],
        is_other=other is not None and other.document.get("name") != version.document.get("name"),
        compared=other.record if other else None,
    )


def _differences(old: Version, new: Version, switches: list[Reading]) -> list[tuple[str, str, str]]:
    """What differs, readings in words first. Nothing to compare line by line with another text altogether."""
    if old.document.get("name") != new.document.get("name"):
        return []
    before = {one.name: one for one in readings(old)}
    found = [
        (f"{one.name} {one.text}", before[one.name].shown, one.shown)
        for one in switches
        if one.name in before and before[one.name].answer != one.answer
    ]
    bare = [{key: value for key, value in version.document.items() if key != "readings"} for version in (old, new)]
    return [*found, *differences(*bare)]


def _clauses(
    document: Mapping[str, Any], items: list[words.ItemWords], outcomes: list[tuple[str, str, str]], switches: list[Reading]
) -> list[ClauseView]:
    named = [*(document.get("clauses") or {}), *(TEXTS if document.get("name") == "founding" else ())]
    used = [item.clause for item in items] + [clause for _, clause, _ in outcomes] + [one.clause for one in switches]
    found = in_order({str(clause) for clause in (*named, *used) if clause})
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
