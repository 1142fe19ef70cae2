"""Reads: the rulebook in force on a day, its parameters, and its clauses, prices and readings in words."""

from shouwen.rulebook.queries.clauses import clause_named
from shouwen.rulebook.queries.drafting import (
    confirmation,
    confirmations,
    with_head,
    with_item,
    with_parameters,
    with_readings,
)
from shouwen.rulebook.queries.effects import Reading, readings
from shouwen.rulebook.queries.leaves import PARTS, changed, differences, groups
from shouwen.rulebook.queries.pages import VersionPage, version_page
from shouwen.rulebook.queries.parameters import PARAMETERS, Parameter, parameter, parameter_of
from shouwen.rulebook.queries.sorting import Sorted, sorted_as
from shouwen.rulebook.queries.versions import (
    Version,
    digest_of,
    drafts,
    founding_text,
    in_force,
    newest,
    parsed,
    sample_text,
    samples,
    spans_of,
    version_of,
    versions,
)

__all__ = [
    "PARAMETERS",
    "PARTS",
    "Parameter",
    "Reading",
    "Sorted",
    "Version",
    "VersionPage",
    "changed",
    "clause_named",
    "confirmation",
    "confirmations",
    "differences",
    "digest_of",
    "drafts",
    "founding_text",
    "groups",
    "in_force",
    "newest",
    "parameter",
    "parameter_of",
    "parsed",
    "readings",
    "sample_text",
    "samples",
    "sorted_as",
    "spans_of",
    "version_of",
    "version_page",
    "versions",
    "with_head",
    "with_item",
    "with_parameters",
    "with_readings",
]
