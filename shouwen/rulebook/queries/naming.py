"""What the names a document gives are called: its items, sections, sheets, kinds of facts, clauses and readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shouwen.rulebook.queries.clauses import clause_text, in_order, known_clauses
from shouwen.rulebook.queries.vocabulary import (
    ALSO_OF,
    APPROVERS,
    ATTRIBUTES,
    CHOICES,
    FIGURES,
    KINDS,
    LABELS,
    LABELS_IN,
    LEAVES,
    RANK,
    VALUES,
    attribute,
)
from shouwen.rules import scoring
from shouwen.rules.clauses import cite

Path = tuple[str | int, ...]
Options = Mapping[str, str]


class Names:
    """The words of one document. `options` are what may stand at a key; None where anything may."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.questions: Mapping[str, Any] = document.get("questions") or {}
        self.kept: dict[str, Options] = {}
        self.ways: Mapping[str, Callable[[], Options]] = {
            **dict.fromkeys(("facts", "then", "as", "suppresses", "ignore"), self.kinds),
            **dict.fromkeys(("exempt_leave", "kinds"), lambda: LEAVES | self.titles("leaves")),
            **dict.fromkeys(("sections", "section", "parent"), lambda: self.titles("sections")),
            "items": lambda: self.titles("items") | {"*": "全部项目"},
            "sheet": lambda: self.titles("sheets"),
            "outcome": lambda: self.titles("outcomes"),
            "value": lambda: {str(name): VALUES.get(name, name) for name in self.document.get("values") or {}},
            "needs": lambda: ATTRIBUTES,
            "approver": lambda: APPROVERS,
            "clause": self.clauses,
        }

    def options(self, key: str, path: Path) -> Options | None:
        """Values and words, as the place has them: `of` of a condition is a figure, of a term a sheet."""
        around = {path[0], *path[2:]}
        if key == "of":
            conditions = FIGURES | {f"member.{name}": word for name, word in ATTRIBUTES.items()}
            return ALSO_OF if "also" in around else self.titles("sheets") if "terms" in around else conditions
        if key in RANK and "rank" in around:
            return RANK[key]
        if key == "to":
            return {**CHOICES["to"], **{f"attr.{name}": word for name, word in ATTRIBUTES.items()}}
        if key in CHOICES:
            return CHOICES[key]
        if key in self.ways and key not in self.kept:
            self.kept[key] = self.ways[key]()
        return self.kept.get(key)

    def titles(self, table: str) -> dict[str, str]:
        """Names and titles of a table; of two alike each says on which sheet it stands."""
        found = {str(name): str(one.get("title", name)) for name, one in (self.document.get(table) or {}).items()}
        sheets = self.document.get("sheets") or {}
        titles = list(found.values())
        for name, title in list(found.items()):
            place = sheets.get(self.document[table][name].get("sheet"), {}).get("title")
            if place and titles.count(title) > 1:
                found[name] = f"{title}({place})"
        return distinct(found)

    def kinds(self) -> dict[str, str]:
        """Kinds of facts: what the item that counts only this kind is called, else the name everybody knows."""
        single = {
            str(item.get("facts", name)): str(item.get("title", name))
            for name, item in (self.document.get("items") or {}).items()
            if isinstance(item.get("facts", name), str)
        }
        return distinct({kind: single.get(kind) or KINDS.get(kind, kind) for kind in scoring.known_kinds(self.document)}) | {
            "*": "全部"
        }

    def clauses(self) -> dict[str, str]:
        """The clauses this rulebook knows, in order, each as it is cited and with its first words."""
        return {
            one: f"{cite(one)} {clause_text(self.document, one)[:16]}".strip() for one in in_order(known_clauses(self.document))
        }

    def label(self, key: str, path: Path) -> str:
        """What a key is called where it stands: `floor` of money is no score."""
        return next((LABELS_IN[one, key] for one in path if (one, key) in LABELS_IN), "") or LABELS.get(key) or attribute(key)

    def reading(self, name: str) -> str:
        """R12 as such; a name of the author's own by its question."""
        return name if re.fullmatch(r"R\d+", name) else f"“{(self.questions.get(name) or {}).get('text', name)}”"

    def answer(self, name: str, key: str) -> str:
        """An option in its own words, short; a number another reading decides is not spelled out."""
        options = (self.questions.get(name) or {}).get("options")
        if not (isinstance(options, Mapping) and key in options):
            return {"else": "其他", "yes": "是", "no": "否"}.get(key, key)
        text = str(options[key])
        for other in self.questions:
            text = re.sub(rf"{re.escape(other)}(?!\w) ?", "若干", text)
        return text.split("(")[0].split(",")[0][:14]


def distinct(words: Mapping[str, str]) -> dict[str, str]:
    """The same words, those that would read alike numbered: 旷工, 旷工(2)."""
    found: dict[str, str] = {}
    for key, word in words.items():
        again = sum(one == word for one in list(words.values())[: len(found)])
        found[key] = f"{word}({again + 1})" if again else word
    return found


def entries(content: Any) -> Iterator[tuple[str | int | None, Any]]:
    """What stands in a table of the document, each with its key; None for what has no entries of its own."""
    if isinstance(content, Mapping) and "switch" not in content:
        yield from content.items()
    elif isinstance(content, list) and all(isinstance(one, Mapping) for one in content):
        yield from enumerate(content)
    else:
        yield None, content
