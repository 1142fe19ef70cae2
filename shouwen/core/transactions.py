"""One action within another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def inside(action: Callable[Given, Result]) -> Callable[Given, Result]:
    """An action as part of another one that is a transaction already: without a savepoint of its own, so a refusal ends both.

    Only where the outer action does not catch the refusal.
    """
    raw: Any = getattr(action, "__wrapped__", action)
    return raw  # type: ignore[no-any-return]
