"""The values a person may change, wherever they stand in the document: one leaf a value, with its path, its words and its kind."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.rulebook.queries.naming import Names, Options, Path, entries
from shouwen.rulebook.queries.parameters import PARAMETERS
from shouwen.rulebook.queries.vocabulary import (
    LABELS,
    LIMIT_WORDS,
    LIMITS,
    MEANT,
    ORDINALS,
    PRICE_WORDS,
    PRICES,
    SWITCHES,
    TABLES,
    VALUES,
    WORDS,
)
from shouwen.rules.clauses import cite
from shouwen.rules.scoring.values import key_text, number

SEPARATOR = "~"

PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "items": ("项目与分值", ("items",)),
    "sections": ("考核表与节", ("sheets", "sections")),
    "counters": ("累计与换算", ("counters", "classify", "same_event", "also")),
    "outcomes": ("后果与金额", ("outcomes", "money")),
    "leaves": ("请假", ("leaves", "leave_ladder")),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One editable value. `kind` is "text", "choice", "many" or "read" (decided by a reading, changed there).

    `key` is what the value is (the last key that is no option of a switch); `said` its words, `help` what a typed key means.
    """

    path: Path
    key: str
    label: str
    value: Any
    kind: str
    said: str
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""

    @property
    def name(self) -> str:
        """The name of its form field."""
        return SEPARATOR.join(str(one) for one in self.path)

    @property
    def shown(self) -> Any:
        """What the field holds: keys where one chooses, words where one types."""
        return self.said if self.kind in ("text", "read") else self.value

    @property
    def is_price(self) -> bool:
        """Whether it says how many points, and so may be a word."""
        return self.kind == "text" and self.key in PRICES

    def words(self, given: Any) -> str:
        """What was given, in words."""
        if isinstance(given, list):
            return "、".join(dict(self.choices).get(one, one) for one in map(str, given))
        return cite(given) if self.key == "clause" else dict(self.choices).get(given, given)


@dataclass(frozen=True, slots=True)
class Group:
    """The leaves of one named entry (an item, a section, a counter …)."""

    title: str
    clause: str
    leaves: tuple[Leaf, ...]


def groups(document: Mapping[str, Any], part: str) -> list[Group]:
    """Everything that may be changed in a part, entry by entry."""
    names, found = Names(document), []
    for table in PARTS[part][1]:
        if document.get(table) is None:
            continue
        for key, entry in entries(document[table]):
            path: Path = (table,) if key is None else (table, key)
            leaves = list(walk(entry, path, "", names, table if key is None else ""))
            is_table = isinstance(entry, Mapping)
            if table in ("items", "counters", "outcomes", "money") and is_table and "enabled" not in entry:
                leaves.append(_switch((*path, "enabled"), "启用", True))
            clause = str(entry.get("clause", "")) if is_table and key is not None else ""
            found.append(Group(title_of(table, key, entry, names), clause, tuple(leaves)))
    return found


def title_of(table: str, key: str | int | None, entry: Any, names: Names) -> str:
    """What an entry is called; one without a title by what it is about."""
    word = TABLES.get(table, LABELS.get(table, table))
    if key is None:
        return word
    if isinstance(entry, Mapping) and "title" in entry:
        return str(entry["title"])
    if table == "classify" and isinstance(entry, Mapping):
        kinds, facts = names.kinds(), entry["facts"]
        return f"{word}:" + "、".join(kinds.get(one, one) for one in map(str, facts if isinstance(facts, list) else [facts]))
    if table == "parameters":
        return next((one.label for one in PARAMETERS if one.key == key), str(key))
    if isinstance(key, int):
        return f"{word}第 {key + 1} {ORDINALS.get(table, '项')}"
    return cite(key) if table == "clauses" else VALUES.get(key, key) if table == "values" else key


def walk(value: Any, path: Path, label: str, names: Names, key: str = "") -> Iterator[Leaf]:
    """Scalars below a value; a switch names the answer under which each stands."""
    before = f"{label} · " if label else ""
    if isinstance(value, Mapping):
        asked = value.get("switch")
        for name, inner in value.items():
            if name != "switch":
                word = f"{names.reading(asked)} 读作“{names.answer(asked, name)}”时" if asked else names.label(name, path)
                yield from walk(inner, (*path, name), before + word, names, key if asked else name)
    elif isinstance(value, list) and not all(isinstance(one, str) for one in value):
        for index, inner in enumerate(value):
            word = f"第 {index + 1} {ORDINALS.get(key, '项') if isinstance(inner, Mapping) else '个'}"
            yield from walk(inner, (*path, index), before + word, names, key)
    else:
        yield _leaf(value, path, label or names.label(key or str(path[-1]), path), names, key)


def _switch(path: Path, label: str, value: bool) -> Leaf:
    word = "yes" if value else "no"
    return Leaf(path, "enabled", label, word, "choice", SWITCHES[word], tuple(SWITCHES.items()))


def _leaf(value: Any, path: Path, label: str, names: Names, key: str) -> Leaf:
    if isinstance(value, str) and value.startswith("@"):
        return Leaf(path, key, label, value, "read", f"由读法 {names.reading(value[1:])} 决定")
    if isinstance(value, bool):
        return _switch(path, label, value)
    if key == "over" and isinstance(value, str) and number(value) is None:
        key, label = "whom", label.removesuffix(LABELS["over"]) + LABELS["whom"]
    options = names.options(key, path)
    if isinstance(value, list):
        return _many(value, path, label, key, options or {})
    text = key_text(value)
    if options and text in options and (key in WORDS or number(value) is None):
        said = cite(text) if key == "clause" else options[text]
        return Leaf(path, key, label, text, "choice", said, _choices(options, [text]))
    said = (PRICE_WORDS if key in PRICES else LIMIT_WORDS if key in LIMITS else {}).get(text, text)
    return Leaf(path, key, label, value, "text", said)


def _many(value: Sequence[str], path: Path, label: str, key: str, options: Options) -> Leaf:
    """Boxes to tick where every word is known; else the keys as typed, with what each means."""
    said = "、".join(options.get(one, one) for one in value)
    if options and all(one in options for one in value):
        return Leaf(path, key, label, list(value), "many", said, _choices(options, value))
    meant = ";".join(f"{one} 即{options[one]}" for one in value if one in options and options[one] != one)
    return Leaf(path, key, label, list(value), "text", "、".join(value), (), meant)


def _choices(options: Options, chosen: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What may be chosen; of two keys that mean the same, the one that stands there."""
    said = {options[one] for one in chosen}
    seen: dict[str, str] = {}
    for key, word in options.items():
        if key in chosen or word not in said:
            seen.setdefault(key if key in chosen else word, key)
    return tuple((key, options[key]) for key in seen.values())


def read(text: str, old: Any, key: str) -> Any:
    """What was typed, as the kind of value that stood there: a list, a date, a word, a number, or the text itself."""
    typed = text.strip()
    if isinstance(old, list):
        return [part for part in typed.replace(",", "、").replace(",", "、").split("、") if part]
    if isinstance(old, bool) or (old is None and key == "enabled"):
        return typed == "yes"
    if isinstance(old, date):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return typed
    if key in WORDS:
        return typed
    found = number(typed)
    if found is None:
        return typed
    return int(found) if found == found.to_integral_value() and "." not in typed else Decimal(typed)


def changed(document: Mapping[str, Any], part: str, typed: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The document with the typed values put in, and what was changed in words."""
    new: dict[str, Any] = copy.deepcopy(dict(document))
    said = []
    for group in groups(document, part):
        for leaf in group.leaves:
            if leaf.kind == "read" or leaf.name not in typed:
                continue
            given = typed[leaf.name] if leaf.kind == "many" else typed[leaf.name].strip()
            if given == leaf.shown or (leaf.kind == "many" and set(given) == set(leaf.value)):
                continue
            place, key = at(new, leaf.path)
            old = place.get(key) if isinstance(place, dict) else place[key]
            place[key] = _taken(leaf, given, old)
            said.append(f"{group.title} {leaf.label}:{leaf.said} → {leaf.words(given)}")
    return new, said


def _taken(leaf: Leaf, given: Any, old: Any) -> Any:
    """What was given, as the document writes it: words for a number become its own words."""
    if leaf.kind == "many":
        return [*(one for one in old if one in given), *(one for one in given if one not in old)]
    if leaf.kind == "choice" and isinstance(old, str):
        return given
    words = PRICE_WORDS if leaf.is_price else LIMIT_WORDS if leaf.key in LIMITS else {}
    meant = {word: value for value, word in words.items()} | (MEANT if leaf.is_price else {})
    return read(meant.get(given, given), old, leaf.key)


def at(document: Any, path: Path) -> tuple[Any, Any]:
    """The container of a path and the last key."""
    place = document
    for key in path[:-1]:
        place = place[key]
    return place, path[-1]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(where, before, after) of every value that differs between two documents; "" where it does not stand."""
    before, after = dict(_flat(old)), dict(_flat(new))
    none = ("", "")
    return [
        (after.get(path, before.get(path, none))[0], before.get(path, none)[1], after.get(path, none)[1])
        for path in dict.fromkeys((*before, *after))
        if before.get(path, none)[1] != after.get(path, none)[1]
    ]


def _flat(document: Mapping[str, Any]) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Every value by its path, with where it stands and what it says in words."""
    names = Names(document)
    for table, content in document.items():
        for key, entry in entries(content):
            path: Path = (table,) if key is None else (table, key)
            head = [TABLES.get(table, LABELS.get(table, table)), *([] if key is None else [title_of(table, key, entry, names)])]
            for leaf in walk(entry, path, "", names, table if key is None else ""):
                yield leaf.path, (" · ".join([*head, *([leaf.label] if leaf.path != path else [])]), leaf.said)
