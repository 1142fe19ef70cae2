"""The small language in which the rulebook's shape is written, and the walker that compares a document with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwen.rules.scoring.values import key_text, number


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with, or left open by, a document. `level` is "error" (it cannot be used) or "question" (a person should decide)."""

    path: str
    message: str
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: "number", "whole", "text", "bool", "date" or "any"."""

    type: str

    def check(self, value: object) -> str | None:
        """What is wrong with a value, or None."""
        words = {
            "number": "数字",
            "whole": "0到1000的整数",
            "places": "0到10的整数",
            "text": "文字",
            "bool": "true 或 false",
            "date": "日期(2026-01-01)",
            "any": "单个值",
        }
        return None if _scalar_ok(self.type, value) else f"应为{words[self.type]},现在是 {shown(value)}"


def _scalar_ok(kind: str, value: object) -> bool:
    if kind == "number":
        return number(value) is not None
    if kind in {"whole", "places"}:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= (1000 if kind == "whole" else 10)
    if kind == "text":
        return isinstance(value, str) and bool(value)
    if kind == "bool":
        return isinstance(value, bool) or value in ("yes", "no")
    if kind == "date":
        return as_date(value) is not None
    return isinstance(value, (str, int, bool, date)) or number(value) is not None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, or a text of a pattern."""

    values: tuple[str, ...]
    pattern: str | None = None

    def check(self, value: object) -> str | None:
        """What is wrong with a value, or None."""
        if isinstance(value, str) and (value in self.values or (self.pattern and re.fullmatch(self.pattern, value))):
            return None
        return f"只能是 {'、'.join(self.values)},现在是 {shown(value)}{hint(str(value), self.values)}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named keys. `required` keys must stand; of `one_of` exactly one."""

    keys: Mapping[str, Any]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names the author chooses."""

    item: Any
    name_pattern: str = r"[^\s.@]+"


@dataclass(frozen=True, slots=True)
class Many:
    """A list; with `single`, one value may stand without the brackets."""

    item: Any
    single: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """Any of several shapes; the first whose kind (table, list, scalar) fits is used, scalars are tried in turn."""

    shapes: Sequence[Any]


def shown(value: object) -> str:
    """A value as the author wrote it, short."""
    if isinstance(value, Mapping):
        return "一张表"
    if isinstance(value, list):
        return "一个列表"
    return f"“{key_text(value)}”"


def hint(word: str, known: Sequence[str]) -> str:
    """ "did you mean", in Chinese; empty when nothing is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f";是否想写 {near[0]}?" if near else ""


def as_date(value: object) -> date | None:
    """A date, from a date or its ISO text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


class Walker:
    """Compares a value with a shape and collects problems. A switch is checked option by option."""

    def __init__(self, questions: Mapping[str, Any]) -> None:
        self.questions = questions
        self.problems: list[Problem] = []

    def say(self, path: str, message: str) -> None:
        """Note an error."""
        self.problems.append(Problem(path, message))

    def walk(self, path: str, value: Any, shape: Any) -> None:
        """Compare one value."""
        if isinstance(value, str) and value.startswith("@"):
            self.reference(path, value[1:], shape)
        elif isinstance(value, Mapping) and "switch" in value:
            self.switch(path, value, shape)
        elif isinstance(shape, Either):
            self.either(path, value, shape)
        elif isinstance(shape, Table):
            self.table(path, value, shape)
        elif isinstance(shape, Named):
            self.named(path, value, shape)
        elif isinstance(shape, Many):
            self.many(path, value, shape)
        elif isinstance(shape, (Scalar, Choice)) and (wrong := shape.check(value)):
            self.say(path, wrong)

    def reference(self, path: str, name: str, shape: Any) -> None:
        """ "@R1": the reading's own value; every listed option must fit the place."""
        question = self.questions.get(name)
        if not isinstance(question, Mapping):
            self.say(path, f"没有问题 {name}(questions 表){hint(name, list(self.questions))}")
            return
        for option in options_of(question):
            value = number(option) if number(option) is not None else option
            self.walk(f"{path}(@{name}={option})", value, shape)

    def switch(self, path: str, value: Mapping[str, Any], shape: Any) -> None:
        """A table { switch = "R1", option = value, … }."""
        name = value["switch"]
        question = self.questions.get(name) if isinstance(name, str) else None
        if not isinstance(question, Mapping):
            self.say(f"{path}.switch", f"没有问题 {shown(name)}(questions 表){hint(str(name), list(self.questions))}")
            return
        options = options_of(question)
        for option, inner in value.items():
            if option == "switch":
                continue
            if options and option != "else" and option not in options and not question.get("free"):
                self.say(f"{path}.{option}", f"问题 {name} 没有选项“{option}”,只有 {'、'.join(options)}{hint(option, options)}")
            self.walk(f"{path}.{option}", inner, shape)
        missing = [option for option in options if option not in value]
        if missing and "else" not in value:
            self.say(path, f"问题 {name} 的选项 {'、'.join(missing)} 没有写出取什么值(可用 else)")

    def either(self, path: str, value: Any, shape: Either) -> None:
        """Choose the alternative by the kind of the value."""
        kinds: tuple[type, ...]
        if isinstance(value, Mapping):
            kinds = (Table, Named)
        elif isinstance(value, list):
            kinds = (Many,)
        else:
            kinds = (Scalar, Choice)
        fitting = [one for one in shape.shapes if isinstance(one, kinds)]
        if not fitting:
            self.say(path, f"这里不能写{shown(value)}")
        elif kinds == (Scalar, Choice):
            wrongs = [one.check(value) for one in fitting if isinstance(one, (Scalar, Choice))]
            if None not in wrongs:
                self.say(path, ";或".join(w for w in wrongs if w))
        else:
            self.walk(path, value, fitting[0])

    def table(self, path: str, value: Any, shape: Table) -> None:
        """Known keys only, each of its own shape."""
        if not isinstance(value, Mapping):
            self.say(path, f"应为一张表,现在是 {shown(value)}")
            return
        for key, inner in value.items():
            if key in shape.keys:
                self.walk(join(path, key), inner, shape.keys[key])
            else:
                self.say(join(path, key), f"不认识的键“{key}”{hint(key, list(shape.keys))};这里可用 {'、'.join(shape.keys)}")
        for key in shape.required:
            if key not in value:
                self.say(path, f"缺少 {key}")
        if shape.one_of:
            found = [key for key in shape.one_of if key in value]
            if len(found) != 1:
                self.say(
                    path, f"{'、'.join(shape.one_of)} 之中必须且只能写一个" + (f",现在写了 {'、'.join(found)}" if found else "")
                )

    def named(self, path: str, value: Any, shape: Named) -> None:
        """Any names, each of one shape."""
        if not isinstance(value, Mapping):
            self.say(path, f"应为一张表,现在是 {shown(value)}")
            return
        for key, inner in value.items():
            if not isinstance(key, str) or not re.fullmatch(shape.name_pattern, key):
                self.say(join(path, str(key)), "名称里不能有空格、点号和 @")
            self.walk(join(path, str(key)), inner, shape.item)

    def many(self, path: str, value: Any, shape: Many) -> None:
        """A list, each entry of one shape."""
        if not isinstance(value, list):
            if shape.single:
                self.walk(path, value, shape.item)
            else:
                self.say(path, f"应为一个列表,现在是 {shown(value)}")
            return
        for index, inner in enumerate(value):
            self.walk(f"{path}[{index}]", inner, shape.item)


def join(path: str, key: str) -> str:
    """A path one key longer."""
    return f"{path}.{key}" if path else key


def options_of(question: Mapping[str, Any]) -> list[str]:
    """The option keys of a question, as texts."""
    options = question.get("options")
    if not isinstance(options, (list, Mapping)):
        return []
    return [key_text(option) for option in options]


def mentions(value: Any) -> Iterator[tuple[str, list[str]]]:
    """Every question a value refers to, with the options its switches name."""
    if isinstance(value, str):
        if value.startswith("@"):
            yield value[1:], []
    elif isinstance(value, Mapping):
        if isinstance(value.get("switch"), str):
            yield value["switch"], [key for key in value if key not in {"switch", "else"}]
        for inner in value.values():
            yield from mentions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mentions(inner)
