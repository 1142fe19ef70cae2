"""Reads: the rulebook in force on a day, its parameters, and its clauses, prices and readings in words."""

from shouwen.rulebook.queries.parameters import PARAMETERS, Parameter, parameter, parameter_of
from shouwen.rulebook.queries.versions import (
    Version,
    digest_of,
    drafts,
    founding_text,
    in_force,
    parsed,
    sample_text,
    samples,
    version_of,
    versions,
)

__all__ = [
    "PARAMETERS",
    "Parameter",
    "Version",
    "digest_of",
    "drafts",
    "founding_text",
    "in_force",
    "parameter",
    "parameter_of",
    "parsed",
    "sample_text",
    "samples",
    "version_of",
    "versions",
]
