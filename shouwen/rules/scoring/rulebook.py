"""The public door: compile a document once, score many times. Open questions are tried under every option."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shouwen.rules.scoring.answer import Answer, Result
from shouwen.rules.scoring.compiling import compile_plan
from shouwen.rules.scoring.engine import Posted, Scoring, posted_index
from shouwen.rules.scoring.facts import Fact
from shouwen.rules.scoring.parts import reading_order
from shouwen.rules.scoring.periods import Period, parse_period
from shouwen.rules.scoring.plan import Plan
from shouwen.rules.scoring.readings import BadRulebook, answers, resolve, variants, with_paths
from shouwen.rules.scoring.roster import Roster, Subject
from shouwen.rules.scoring.shapes import Problem
from shouwen.rules.scoring.validate import validate
from shouwen.rules.scoring.values import plain

CACHE_SIZE = 256
_cache: dict[str, Rulebook] = {}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A rulebook ready for use. `readings` are the answers in effect, `open` the questions without one.

    `plans` holds one plan for each combination of options of the open questions, `problems` what validation left for a person.
    """

    document: Mapping[str, Any]
    plans: tuple[Plan, ...]
    readings: Mapping[str, Any]
    open: Mapping[str, list[str]]
    unconfirmed: tuple[str, ...]
    problems: tuple[Problem, ...]
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def plan(self) -> Plan:
        """The plan, or the first of several."""
        return self.plans[0]

    def parameter(self, name: str, default: Any = None) -> Any:
        """A value of the `parameters` table, which the engine itself does not read."""
        return (self.document.get("parameters") or {}).get(name, default)


def compile_rulebook(document: Mapping[str, Any], readings: Mapping[str, Any] | None = None) -> Rulebook:
    """A Rulebook, from the cache when the same content was compiled before. Raises BadRulebook with every problem."""
    key = json.dumps([document, readings or {}], sort_keys=True, default=str, ensure_ascii=False)
    found = _cache.get(key)
    if found is None:
        found = _compiled(document, readings or {})
        while len(_cache) >= CACHE_SIZE:
            _cache.pop(next(iter(_cache)))
        _cache[key] = found
    return found


def _compiled(document: Mapping[str, Any], overrides: Mapping[str, Any]) -> Rulebook:
    problems = validate(document)
    if errors := [problem for problem in problems if problem.level == "error"]:
        raise BadRulebook(errors)
    whole = with_paths(document, overrides)
    if whole is not document and (errors := [problem for problem in validate(whole) if problem.level == "error"]):
        raise BadRulebook(errors)
    found = answers(whole, overrides)
    plans = tuple(_plan(whole, given) for given in variants(found))
    questions = whole.get("questions") or {}
    unconfirmed = [name for name in found.given if name in questions and not questions[name].get("confirmed")]
    return Rulebook(whole, plans, found.given, found.open, tuple(sorted(unconfirmed, key=reading_order)), tuple(problems))


def _plan(document: Mapping[str, Any], given: Mapping[str, Any]) -> Plan:
    """The plan under one set of answers, after checking that every answer fits the place it fills."""
    decided = resolve({key: value for key, value in document.items() if key not in {"questions", "readings"}}, given, set())
    if errors := [problem for problem in validate(decided) if problem.level == "error"]:
        raise BadRulebook(errors)
    return compile_plan(document, given)


def score(
    rulebook: Rulebook,
    subjects: Roster | Iterable[Subject],
    facts: Iterable[Fact],
    period: Period | str,
    posted: Iterable[Posted] = (),
    through: date | None = None,
) -> Answer:
    """Every result of every sheet inside the period, with outcomes and money.

    `facts` may reach back before the period: counters with longer windows need them; later ones are ignored.
    `posted` results stand as they are (a year is the sum of posted months). `through` is the last day known yet.
    Raises ValueError when `period` is a text that names no period.
    """
    asked = period if isinstance(period, Period) else parse_period(period)
    if asked is None:
        raise ValueError(f"period: “{period}”不是期间,应写 2026、2026-10、2026-Q4、2026-H2、2026-W41 或 2026-10-01/2026-10-20")
    roster = subjects if isinstance(subjects, Roster) else Roster(subjects)
    known = list(facts)
    index = posted_index(posted)
    first, *others = [Scoring(plan, roster, asked, known, index, through).answer() for plan in rulebook.plans]
    first.unconfirmed = rulebook.unconfirmed
    if others:
        _compare(rulebook, [first, *others])
    return first


def _compare(rulebook: Rulebook, found: list[Answer]) -> None:
    """Keep what every option agrees on; where they differ, stop and say what each would give."""
    first = found[0]
    first.readings = rulebook.readings
    given = [plan.answers for plan in rulebook.plans]
    shared = [dict(zip(_keys(answer), answer.results, strict=True)) for answer in found]
    for result in first.results:
        mine = [rows.get(result.key) for rows in shared]
        if any(_score_face(one) != _score_face(mine[0]) for one in mine):
            _stop(rulebook, result, mine, given)
        elif any(_face(one) != _face(mine[0]) for one in mine):
            _common(result, [one for one in mine if one is not None])
            if any(_hits(one, ranked=False) != _hits(mine[0], ranked=False) for one in mine):
                first.stops.append(f"{result.subject.id} 的后果取决于未定的问题:{_open_words(rulebook)}")
    if any(_listed(answer) != _listed(first) for answer in found):
        first.stops.append(f"名次取决于未定的问题:{_open_words(rulebook)}")
        first.listings = [one for one in first.listings if all(_list_face(one) in _listed(answer) for answer in found)]


def _open_words(rulebook: Rulebook) -> str:
    return "、".join(_question(rulebook, name) for name in rulebook.open)


def _keys(answer: Answer) -> list[tuple[str, str, str]]:
    return [result.key for result in answer.results]


def _list_face(listing: Any) -> tuple[Any, ...]:
    return (listing.outcome.id, listing.period.key, listing.group, tuple(listing.selected), tuple(listing.tied))


def _listed(answer: Answer) -> list[tuple[Any, ...]]:
    return [_list_face(listing) for listing in answer.listings]


def _score_face(result: Result | None) -> Any:
    """What must agree between options for a score to stand: total, lines, stops."""
    if result is None:
        return None
    lines = sorted(
        (line.kind, line.item or line.title, line.fact or "", str(line.amount), line.stop or "") for line in result.lines
    )
    return result.exact, result.assessed, lines, result.stops


def _face(result: Result | None) -> Any:
    """Everything that must agree: the score, its consequences, the money."""
    if result is None:
        return None
    return _score_face(result), _hits(result), [(payment.id, payment.amount, payment.stop) for payment in result.money]


def _hits(result: Result | None, ranked: bool = True) -> list[tuple[Any, ...]]:
    hits = result.outcomes if result is not None else []
    return [(hit.outcome.id, hit.decides, hit.tied) for hit in hits if ranked or hit.outcome.rank is None]


def _question(rulebook: Rulebook, name: str) -> str:
    text = (rulebook.document.get("questions") or {}).get(name, {}).get("text", name)
    return f"{name}({text})"


def _stop(rulebook: Rulebook, result: Result, mine: list[Result | None], given: list[Mapping[str, Any]]) -> None:
    """The stop of one result: which open questions matter, and what each combination gives."""
    matter = [name for name in rulebook.open if _matters(name, rulebook.open, mine, given)] or list(rulebook.open)
    said: dict[str, str] = {}
    for one, answer in zip(mine, given, strict=True):
        label = "、".join(f"{name}={answer[name]}" for name in matter)
        said.setdefault(label, _said(one))
    alike = [one for one in mine if one is not None]
    values = ";".join(f"{label}:{value}" for label, value in said.items())
    result.stops = [f"问题{'、'.join(_question(rulebook, name) for name in matter)}尚未裁定({values})"]
    result.total = result.exact = None
    _common(result, alike)
    _blank(result, alike)


def _common(result: Result, alike: list[Result]) -> None:
    """Keep the outcomes and the money that follow under every option."""
    for one in alike:
        codes = {hit.outcome.id for hit in one.outcomes}
        result.outcomes = [hit for hit in result.outcomes if hit.outcome.id in codes]
    for payment in result.money:
        if len({p.amount for one in alike for p in one.money if p.id == payment.id}) > 1:
            payment.amount, payment.stop = None, "得分未定,金额不能定"


def _said(result: Result | None) -> str:
    """What one option gives, in words: a score, a stop, or for a sheet without scores the entries."""
    if result is None:
        return "不在考核之列"
    if result.total is not None:
        return f"{plain(result.total)}分"
    if result.stops:
        return f"不能计分({result.stops[0]})"
    return "、".join(line.title for line in result.lines) or "无登记"


def _blank(result: Result, alike: list[Result]) -> None:
    """Lines whose amount hangs on the answer lose it; subtotals too."""

    def face(line: Any) -> tuple[Any, ...]:
        return (line.kind, line.item or line.title, line.fact, line.amount, line.stop)

    sets = [{face(line) for line in one.lines} for one in alike]
    for line in result.lines:
        if any(face(line) not in known for known in sets):
            line.kind, line.amount, line.stop = "open", None, line.stop or "取决于未定的问题"
    for index, sums in result.sums.items():
        if any(index not in one.sums or one.sums[index].score != sums.score for one in alike):
            sums.score = None


def _matters(
    name: str, open_questions: Mapping[str, list[str]], mine: list[Result | None], given: list[Mapping[str, Any]]
) -> bool:
    """Whether two combinations that differ only in this question give different results."""
    for a, first in enumerate(given):
        for b in range(a + 1, len(given)):
            differ = [key for key in open_questions if first[key] != given[b][key]]
            if differ == [name] and _score_face(mine[a]) != _score_face(mine[b]):
                return True
    return False
