"""Reading and writing a rulebook as TOML. The writer knows only our shape: tables, lists, scalars."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.readings import BadRulebook
from shouwen.rules.scoring.values import plain

BARE = re.compile(r"[A-Za-z0-9_-]+")
DEEPEST = 32


def load_toml(text: str) -> dict[str, Any]:
    """The document of a TOML text, its decimals exact. Raises BadRulebook naming the line and column."""
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except RecursionError:
        raise BadRulebook(["TOML 写法有误:嵌套太深"]) from None
    except ValueError as error:  # also a number of thousands of digits
        raise BadRulebook([f"TOML 写法有误:{error}"]) from None
    if _too_deep(document):
        raise BadRulebook(["TOML 写法有误:嵌套太深"])
    return document


def _too_deep(document: Mapping[str, Any]) -> bool:
    """Whatever reads a rulebook may go down into it one call a level."""
    level: list[Any] = [document]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, Mapping) else one)
            if isinstance(inner, (Mapping, list))
        ]
        if not level:
            return False
    return True


def dump_toml(document: Mapping[str, Any]) -> str:
    """TOML that `load_toml` reads back to the same document."""
    return "\n".join(_table("", document)).strip("\n") + "\n"


def _table(path: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Scalars and lists first, then sub-tables under headings of their own."""
    nested: list[tuple[str, Any]] = []
    for key, value in table.items():
        if value is None:
            continue
        if _headed(path, value):
            nested.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in nested:
        name = f"{path}.{_key(key)}" if path else _key(key)
        if isinstance(value, list):
            for one in value:
                yield from ("", f"[[{name}]]")
                yield from _table(name, one)
            continue
        yield from ("", f"[{name}]")
        yield from _table(name, value)


def _headed(path: str, value: Any) -> bool:
    """Whether a value gets a heading: tables of the first two levels and deep ones, lists of tables at the top."""
    if isinstance(value, Mapping):
        return path.count(".") < 1 or _deep(value)
    return not path and isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _deep(value: Mapping[str, Any]) -> bool:
    return any(isinstance(one, list) and any(isinstance(x, Mapping) for x in one) for one in value.values())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text if "." in text else f"{plain(value)}.0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        if value and all(isinstance(one, Mapping) for one in value):
            return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None) + " }" if value else "{}"
    raise TypeError(f"TOML 不能写 {type(value).__name__}")


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    escaped = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped)
    return f'"{escaped}"'
