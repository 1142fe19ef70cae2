"""Who may approve what another asks for ("1.9": nobody approves their own)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Role
from shouwen.org.queries import roles_of

HEADS = frozenset({Role.LEADER.value, Role.DIRECTOR.value})
DIRECTOR = frozenset({Role.DIRECTOR.value})


def require_approver(approver: Any, by: Actor, at: datetime, clause: str, *, roles: frozenset[str] = HEADS) -> None:
    """Refused unless the approver is another person who holds one of the roles that day."""
    words = "、".join(str(Role(role).label) for role in sorted(roles))
    if approver is None:
        raise Refused(f"须先经{words}批准，请提交请示", clause)
    if by.is_self(approver):
        raise Refused(f"不能自己批准自己的请示，请由其他{words}批准", clause)
    if approver.center_id != by.center.pk or not roles & roles_of(approver, local(at).date()):
        raise Refused(f"{approver.name}不是{words}，不能批准", clause)
