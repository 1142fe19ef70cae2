"""Who approves a leave of so many days, in what form, with cover or not (1.4.1; R17, R21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.parts import where
from shouwen.rules.scoring.plan import Plan
from shouwen.rules.scoring.pricing import Stop
from shouwen.rules.scoring.roster import LeaveSpan, Roster, Subject
from shouwen.rules.scoring.values import bounds_of, plain, truth


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: the approver, "oral" or "written", whether someone must take over, the clause."""

    approver: str
    form: str
    cover: bool
    proof: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Granted:
    """A leave of the request: its length, and the rung it falls on or the reason why there is none."""

    leave: LeaveSpan
    days: Decimal
    rung: Rung | None
    stop: str | None


def leave_rung(
    plan: Plan, days: Decimal, kind: str | None = None, post: str | None = None, get: Callable[[str], object] | None = None
) -> Rung:
    """The only rung that fits a leave; an `else` rung when no other does. Raises Stop where the ladder has a gap or an overlap."""
    read = get or (lambda name: post if name == "member.post" else None)
    meant = [r for r in plan.ladder if _named(r.get("kinds"), kind) and _named(r.get("posts"), post) and _asked(r, read)]
    found = [r for r in meant if not truth(r.get("else")) and bounds_of(r).holds(days)] or [
        r for r in meant if truth(r.get("else"))
    ]
    if len(found) != 1:
        raise Stop(f"请假{plain(days)}天,制度{'没有规定由谁审批' if not found else '同时规定了几个审批人'}")
    rung = found[0]
    return Rung(
        rung["approver"], rung.get("form", "written"), truth(rung.get("cover")), rung.get("proof", ""), rung.get("clause")
    )


def granted(plan: Plan, roster: Roster) -> Iterator[Granted]:
    """Every leave of the roster against the ladder, when the rulebook has one."""
    for leave in [leave for rows in roster.leaves.values() for leave in rows] if plan.ladder else []:
        days, who = roster.length(leave), roster.on(leave.subject, leave.first)
        try:
            rung = leave_rung(plan, days, leave.kind, who.post if who is not None else None, _reader(leave, who))
            yield Granted(leave, days, rung, None)
        except Stop as stop:
            yield Granted(leave, days, None, stop.reason)


def _reader(leave: LeaveSpan, who: Subject | None) -> Callable[[str], object]:
    def read(name: str) -> object:
        if name.startswith("member."):
            return who.get(name) if who is not None else None
        return leave.attrs.get(name.removeprefix("attr."))

    return read


def _named(value: Any, name: str | None) -> bool:
    return value is None or name in (value if isinstance(value, list) else [value])


def _asked(rung: Mapping[str, Any], read: Callable[[str], object]) -> bool:
    tests = where(rung.get("where"))
    return tests is None or tests.holds(read)
