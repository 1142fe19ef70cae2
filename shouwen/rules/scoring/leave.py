"""Who approves a leave of so many days, in what form, with cover or not (1.4.1; R17, R21)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.plan import Plan
from shouwen.rules.scoring.pricing import Stop
from shouwen.rules.scoring.values import bounds_of, plain, truth


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: the approver, "oral" or "written", whether someone must take over, the clause."""

    approver: str
    form: str
    cover: bool
    proof: str
    clause: str | None


def _named(value: Any, name: str | None) -> bool:
    return value is None or name in (value if isinstance(value, list) else [value])


def leave_rung(plan: Plan, days: Decimal, kind: str | None = None, post: str | None = None) -> Rung:
    """The only rung that fits a leave. Raises Stop where the ladder has a gap or an overlap."""
    found = [
        r for r in plan.ladder if bounds_of(r).holds(days) and _named(r.get("kinds"), kind) and _named(r.get("posts"), post)
    ]
    if len(found) != 1:
        raise Stop(f"请假{plain(days)}天,制度{'没有规定由谁审批' if not found else '同时规定了几个审批人'}")
    rung = found[0]
    return Rung(
        rung["approver"], rung.get("form", "written"), truth(rung.get("cover")), rung.get("proof", ""), rung.get("clause")
    )
