"""May she? The matrix is `models.RIGHTS`; asked by pages and, again, by every action."""

from __future__ import annotations

from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org.models import RIGHTS, Role


def may(actor: Actor, right: str) -> bool:
    """True when the actor holds a role the matrix names for the right; the system always may."""
    return actor.kind == "system" or (actor.kind == "member" and actor.has(*RIGHTS.get(right, frozenset())))


def require(actor: Actor, right: str, *rows: Any) -> None:
    """Refuse unless the actor holds the right, and every given row (None allowed) belongs to the actor's centre."""
    if not may(actor, right):
        needed = "、".join(Role(role).label for role in sorted(RIGHTS.get(right, frozenset())))
        raise Refused(f"此事须由{needed}办理" if needed else "您没有办理此事的权限")
    for row in rows:
        if row is not None and row.center_id != actor.center.pk:
            raise Refused("没有找到,或这项内容不属于您所在的中心")
