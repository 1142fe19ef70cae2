"""Who holds which right in attendance; asked by access and, again, by every action."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org import queries as org
from shouwen.org.models import Role

OVERSEERS = frozenset({Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value, Role.SUPERVISOR.value})
"""They see the whole centre's attendance; everybody else his own."""

REASON_READERS = frozenset({Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value})
"""The reason of a leave may be an illness: those who approve and book it, nobody else."""

RIGHTS: dict[str, tuple[frozenset[str], str]] = {
    "oversee": (OVERSEERS, ""),
    "import": (frozenset({"assessor"}), "1.9"),
    "register": (OVERSEERS, "1.9"),
    "check": (OVERSEERS, "1.4.2"),
    "verify": (frozenset({"leader", "director", "assessor"}), "1.9"),
    "approve": (frozenset({"leader", "director"}), "1.4.1"),
    "decide": (frozenset({"leader", "director", "assessor"}), "1.9"),
    "file": (frozenset({"leader", "director", "assessor"}), "1.4.1"),
}
"""Right → roles that hold it, and the clause a refusal rests on. What is not named here nobody may do."""


def may(actor: Actor, right: str) -> bool:
    return actor.kind == "system" or actor.has(*RIGHTS[right][0])


def require(actor: Actor, right: str) -> None:
    """Refuse unless the actor holds the right; the system (commands, night jobs) may."""
    roles, clause = RIGHTS[right]
    if not may(actor, right):
        names = "、".join(role.label for role in Role if role.value in roles)
        raise Refused(f"此事由{names}办理", clause)


def require_other(actor: Actor, member: Any, what: str) -> None:
    """Nobody records, confirms or waives their own ("1.9")."""
    if actor.is_self(member):
        raise Refused(f"不能{what}本人的记录,请由他人办理", "1.9")


def stands_for(actor: Actor, role: str, at: datetime) -> bool:
    """Whether the actor holds the role, or covers (代班) somebody who does."""
    if actor.has(role):
        return True
    if actor.member is None:
        return False
    on = local(at).date()
    return any(role in org.roles_of(member, on) for member in org.covered_by(actor.member, at))
