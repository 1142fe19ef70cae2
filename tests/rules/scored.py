"""Ask `eval scoring` as an outsider would: a row in, the answer out."""

import json
from typing import Any

from shouwen.cli.eval_scoring import run

Json = dict[str, Any]


def ask(rulebook: str | Json, facts: list[Json], period: str = "2026-10", **more: Any) -> Json:
    """The answer to one row; fails when the row is refused. A text of several lines is a rulebook in TOML."""
    key = "toml" if isinstance(rulebook, str) and "\n" in rulebook else "rulebook"
    [(line, ok)] = run([json.dumps({key: rulebook, "period": period, "facts": facts, **more})])
    answer = json.loads(line)
    assert ok, answer["error"]
    return answer


def refused(row: Json | str) -> str:
    """The error of a row that is refused."""
    [(line, ok)] = run([row if isinstance(row, str) else json.dumps(row)])
    assert not ok
    return str(json.loads(line)["error"])


def result(answer: Json, subject: str = "a", sheet: str | None = None, period: str | None = None) -> Json:
    """The only result of a subject (on a sheet, in a period)."""
    [found] = [
        r
        for r in answer["results"]
        if r["subject"] == subject and sheet in (None, r["sheet"]) and period in (None, r["period"])
    ]
    return found


def total(answer: Json, subject: str = "a", sheet: str | None = None, period: str | None = None) -> str | None:
    """The total of that result."""
    return result(answer, subject, sheet, period)["total"]


def outcomes(found: Json) -> list[str]:
    """The outcomes of a result, by id."""
    return [hit["outcome"] for hit in found["outcomes"]]


def many(*kinds: str, subject: str = "a", start: int = 8, **more: Any) -> list[Json]:
    """Facts of one subject on consecutive days of October 2026."""
    return [{"kind": kind, "subject": subject, "date": f"2026-10-{start + day:02}", **more} for day, kind in enumerate(kinds)]
