"""Who acts: the same door for a member, a citizen, a device, the system and nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["member", "citizen", "device", "system", "anonymous"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`center` is an `org.Center`, `member` an `org.Member`; both None for an outsider.

    `roles` are the role names in force at the moment the actor was made (`org.models.Role` values).
    """

    kind: Kind
    center: Any = None
    member: Any = None
    label: str = ""
    roles: frozenset[str] = frozenset()
    network: str = ""

    @property
    def is_member(self) -> bool:
        return self.kind == "member"

    def has(self, *roles: str) -> bool:
        """True when the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def is_self(self, member: Any) -> bool:
        """Nobody records, confirms or waives their own ("1.9")."""
        return self.member is not None and member is not None and self.member.pk == member.pk


ANONYMOUS = Actor(kind="anonymous", label="访客")


def system(center: Any, label: str = "系统") -> Actor:
    """The nightly job, the tick, a command: acts for one centre at a time."""
    return Actor(kind="system", center=center, label=label)
