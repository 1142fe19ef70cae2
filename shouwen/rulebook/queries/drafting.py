"""What an edit makes of a document: readings, parameters, the head, a new item; each with its change in words."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwen.org.models import Decision
from shouwen.rulebook.queries.leaves import read
from shouwen.rulebook.queries.parameters import PARAMETERS, parameter_of
from shouwen.rulebook.queries.versions import Version
from shouwen.rules.scoring.values import key_text

Change = tuple[dict[str, Any], str]


def with_readings(version: Version, answers: Mapping[str, str]) -> Change:
    """The document with these answers; an answer equal to the default is left out, so that the default shows as such."""
    new, said = _copy(version), []
    given: dict[str, Any] = dict(new.get("readings") or {})
    for name, question in (new.get("questions") or {}).items():
        words = options_of(question)
        typed = answers.get(name, "").strip()
        typed = next((key for key, word in words.items() if word == typed), typed)
        old = version.reading(name) or ""
        if typed == old:
            continue
        said.append(f"{name}:{words.get(old, old) or '未定'} → {words.get(typed, typed) or '未定'}")
        given.pop(name, None)
        if typed and ("default" not in question or typed != key_text(question["default"])):
            given[name] = read(typed, None, name)
    return {**new, "readings": given}, "、".join(said)


def options_of(question: Mapping[str, Any]) -> dict[str, str]:
    """The answers a question offers, each in words."""
    options = question.get("options")
    return {key_text(key): str(word) for key, word in options.items()} if isinstance(options, Mapping) else {}


def with_parameters(version: Version, typed: Mapping[str, int | None]) -> Change:
    """The document with these numbers; the default is written too once somebody has looked at it."""
    new, said = _copy(version), []
    given = dict(new.get("parameters") or {})
    for one in PARAMETERS:
        value = typed.get(one.key)
        if value != parameter_of(version, one.key):
            said.append(f"{one.label}:{value if value is not None else '不设'}")
            given[one.key] = value if value is not None else "none"
    return {**new, "parameters": given}, "、".join(said)


def with_head(version: Version, title: str, note: str) -> Change:
    new = _copy(version)
    new["title"] = title
    if note:
        new["note"] = note
    return new, f"名称:{title}"


def with_item(version: Version, *, title: str, clause: str, section: str, kind: str, way: str, price: str) -> Change:
    """The document with one more item; without a price it is "unpriced" and stops a posting."""
    new = _copy(version)
    items = dict(new.get("items") or {})
    name = kind if kind and kind not in items else f"item_{len(items) + 1}"
    place = "section" if new.get("sections") else "sheet"
    entry: dict[str, Any] = {
        "title": title,
        place: section,
        "facts": kind or name,
        way: read(price, None, "each") if price.strip() else "unpriced",
    }
    items[name] = {**({"clause": clause} if clause else {}), **entry}
    return {**new, "items": items}, f"新增项目:{title}"


def _copy(version: Version) -> dict[str, Any]:
    return copy.deepcopy(dict(version.document))


def confirmations(center: Any) -> list[tuple[str, str]]:
    """Decisions of the leadership meeting that confirm readings: codes and words."""
    rows = Decision.objects.of(center).filter(kind=Decision.Kind.READINGS).order_by("-decided_date")
    return [(row.code, f"{_day(row.decided_date)} {row.decided_by}:{row.text[:40]}") for row in rows]


def confirmation(center: Any, code: str) -> Decision | None:
    return Decision.objects.of(center).filter(kind=Decision.Kind.READINGS, code=code).first()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
