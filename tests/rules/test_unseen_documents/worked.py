"""Worked rows of a document: what is asked, and what must come out, as two small tables of the same shape."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.rules.scored import Json, ask

SCHEMA = Path(__file__).parents[3] / "docs/reference/eval-scoring.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
DAY = "2026-10-12"


def f(kind: str, subject: str = "a", date: str = DAY, **more: Any) -> Json:
    """A fact of one subject on one day."""
    return {"kind": kind, "subject": subject, "date": date, **more}


def months(kind: str, numbers: Any, subject: str = "a", **more: Any) -> list[Json]:
    """One fact in each of these months of 2026, on the fifth."""
    return [f(kind, subject, f"2026-{month:02}-05", **more) for month in numbers]


def worked(rulebook: str, row: Json, keys: Any) -> Json:
    """The part of the answer the keys name: "subject sheet period" is a total; with ":outcomes", ":money" or ":explain" in
    front, its outcomes, sums of money, lines in words; ":listings", ":leaves", ":problems" are of the whole answer.

    The answer as a whole must fit the published schema.
    """
    answer = ask(rulebook, **{"facts": [], **row})
    assert [error.message for error in VALIDATOR.iter_errors(answer)] == []
    return {key: _found(answer, key) for key in keys}


def _found(answer: Json, key: str) -> Any:
    if key == ":listings":
        return [(one["outcome"], one["period"], one["selected"], one["tied"]) for one in answer["listings"]]
    if key == ":leaves":
        return [(one["days"], one["approver"], one["stop"]) for one in answer["leaves"]]
    if key == ":problems":
        return [one["message"] for one in answer["problems"]]
    what, _, where = key.rpartition(":")
    subject, sheet, period = [*where.split(), None, None][:3]
    [one] = [
        r
        for r in answer["results"]
        if r["subject"] == subject and sheet in (None, r["sheet"]) and period in (None, r["period"])
    ]
    if not what:
        return one["total"]
    if what == "outcomes":
        return [hit["outcome"] for hit in one["outcomes"]]
    if what == "money":
        return [payment["amount"] for payment in one["money"]]
    if what == "explain":
        return [line["explain"] for line in one["lines"]]
    return one[what]
