"""Switches: where the text leaves room, the rulebook asks a question and the answer chooses (R1-R24)."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shouwen.rules.scoring.shapes import hint, mentions, options_of
from shouwen.rules.scoring.values import key_text

MAX_VARIANTS = 64


class BadRulebook(ValueError):
    """The document cannot be used; `problems` says where and why."""

    def __init__(self, problems: list[Any]) -> None:
        self.problems = problems
        super().__init__(";".join(str(p) for p in problems[:5]) + (f";另有{len(problems) - 5}处" if len(problems) > 5 else ""))


@dataclass(slots=True)
class Answers:
    """What each question is answered with, and which are still open (with their options)."""

    given: dict[str, Any]
    open: dict[str, list[str]] = field(default_factory=dict)


def answers(document: Mapping[str, Any], overrides: Mapping[str, Any]) -> Answers:
    """Defaults, then the document's `readings`, then the overrides of this call; the rest stays open.

    Only questions the document really refers to can be open. Raises BadRulebook for an answer that is not an option.
    """
    questions = document.get("questions") or {}
    given: dict[str, Any] = {}
    for name, question in questions.items():
        if "default" in question:
            given[name] = question["default"]
    for source in (document.get("readings") or {}, overrides):
        for name, answer in source.items():
            if not is_path(name):
                given[name] = checked(questions, name, answer)
    found = Answers({name: truth_word(answer) for name, answer in given.items()})
    for name, options in mentions(
        {k: v for k, v in document.items() if k not in {"questions", "readings", "parameters", "clauses"}}
    ):
        if name not in found.given:
            known = found.open.setdefault(name, options_of(questions.get(name, {})))
            known.extend(option for option in options if option not in known)
    return found


def truth_word(value: Any) -> Any:
    """true and false as the words yes and no."""
    return key_text(value) if isinstance(value, bool) else value


def checked(questions: Mapping[str, Any], name: str, answer: Any) -> Any:
    """An answer that the question allows."""
    question = questions.get(name)
    if question is None:
        raise BadRulebook([f"readings.{name}: 没有这个问题{hint(name, list(questions))}"])
    options = options_of(question)
    if options and not question.get("free") and key_text(answer) not in options:
        raise BadRulebook(
            [f"readings.{name}: “{key_text(answer)}”不是选项,只有 {'、'.join(options)}{hint(key_text(answer), options)}"]
        )
    return answer


def is_path(name: str) -> bool:
    """Whether a reading names a place in the document instead of a question."""
    return "." in name or name == "same_event"


def _inner(place: Any, key: str) -> Any:
    """The entry of a table, or by its number that of a list."""
    if isinstance(place, list):
        return place[int(key)] if key.isdecimal() and int(key) < len(place) else None
    return place.get(key) if isinstance(place, dict) else None


def with_paths(document: Mapping[str, Any], overrides: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document with answers given by path ("sections.hygiene.floor" = 0) put where the text asked or said nothing."""
    paths = {
        name: answer
        for source in (document.get("readings") or {}, overrides)
        for name, answer in source.items()
        if is_path(name)
    }
    if not paths:
        return document
    changed = copy.deepcopy(dict(document))
    for path, answer in paths.items():
        place: Any = changed
        *parents, last = re.findall(r"[^.\[\]]+", path)
        for key in parents:
            place = _inner(place, key)
        if not isinstance(place, dict):
            raise BadRulebook([f"readings.{path}: 制度里没有这个位置"])
        if place.get(last, "ask") != "ask":
            raise BadRulebook([f"readings.{path}: 制度在此已有规定,不是待答的问题"])
        place[last] = answer
    return changed


def variants(found: Answers) -> Iterator[dict[str, Any]]:
    """Every combination of options of the open questions; one at a time around the first ones when there are too many."""
    names = list(found.open)
    total = 1
    for name in names:
        total *= max(1, len(found.open[name]))
    if total <= MAX_VARIANTS:
        for combination in itertools.product(*(found.open[name] for name in names)):
            yield {**found.given, **dict(zip(names, combination, strict=True))}
        return
    first = {name: found.open[name][0] for name in names}
    yield {**found.given, **first}
    for name in names:
        for option in found.open[name][1:]:
            yield {**found.given, **first, name: option}


def resolve(value: Any, given: Mapping[str, Any], used: set[str]) -> Any:
    """The value with every switch decided; the names of the deciding questions are added to `used`."""
    if isinstance(value, str):
        if value.startswith("@"):
            used.add(value[1:])
            return given[value[1:]]
        return value
    if isinstance(value, Mapping):
        if "switch" in value:
            name = value["switch"]
            used.add(name)
            answer = key_text(given[name])
            if answer in value:
                return resolve(value[answer], given, used)
            if "else" in value:
                return resolve(value["else"], given, used)
            raise BadRulebook([f"问题 {name} 答作“{answer}”,此处没有写出取什么值"])
        return {key: resolve(inner, given, used) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, given, used) for inner in value]
    return value
