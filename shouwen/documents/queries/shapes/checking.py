"""Whether data have the shape of their paper; what was left out is filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

# What XML cannot hold, and marks that turn the direction of writing: with them a paper could show other than it says.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text every format can carry; a new line stays."""
    return UNPRINTABLE.sub("", text)


def checked(value: Any, shape: Any, where: str = "data") -> Any:
    """`value` with every key of its shape; ValueError names the first thing that is missing, unknown or of another type."""
    if is_typeddict(shape):
        return _checked_dict(value, shape, where)
    if get_origin(shape) is list:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{where}: a list is wanted, not {type(value).__name__}")
        return [checked(item, get_args(shape)[0], f"{where}[{index}]") for index, item in enumerate(value)]
    if not isinstance(value, shape):
        raise ValueError(f"{where}: {shape.__name__} is wanted, not {type(value).__name__}")
    return clean(value) if isinstance(value, str) else value


def _checked_dict(value: Any, shape: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: a dictionary is wanted, not {type(value).__name__}")
    hints, required = _fields(shape)
    if unknown := sorted(value.keys() - hints.keys()):
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")
    if absent := sorted(required - value.keys()):
        raise ValueError(f"{where}: missing {', '.join(absent)}")
    return {
        name: checked(value[name], hint, f"{where}.{name}") if name in value else _empty(hint) for name, hint in hints.items()
    }


@cache
def _fields(shape: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Types by name, and the names that must be there (annotations are text until they are asked for)."""
    extras = get_type_hints(shape, include_extras=True)
    return get_type_hints(shape), frozenset(name for name, hint in extras.items() if get_origin(hint) is not NotRequired)


def _empty(shape: Any) -> Any:
    if is_typeddict(shape):
        return {name: _empty(hint) for name, hint in _fields(shape)[0].items()}
    return (get_origin(shape) or shape)()
