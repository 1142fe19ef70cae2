"""How quick it is: one file a bench, each with `run() -> list[Row]`; `make bench` runs them all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, the value with its unit, and the bar it must not pass ("" when there is none)."""

    what: str
    value: float
    unit: str
    bar: str = ""
    database: str = "无"
