"""What every paper has."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Frame(TypedDict):
    """What stands on every paper; `actions.issue` fills it, `queries.frame(center)` gives it for a draft ("3.6": report telephone)."""

    center: str
    report_phone: str
    number: NotRequired[str]
    code: NotRequired[str]
    address: NotRequired[str]
