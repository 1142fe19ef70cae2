"""May she? The privilege matrix of the assessment as data, asked by pages and, again, by every action ("1.9")."""

from __future__ import annotations

from typing import Any

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused

# The privilege matrix of this app as data; what is not named here nobody may do. The system (night jobs) collects.
RIGHTS: dict[str, frozenset[str]] = {
    "see_all": frozenset({"assessor", "leader", "director", "supervisor"}),
    "collect": frozenset({"assessor"}),
    "close": frozenset({"assessor"}),
    "confirm": frozenset({"assessor", "leader", "director"}),
    "answer": frozenset({"assessor", "leader", "director"}),
    "find": frozenset({"leader", "director"}),
    "adjust": frozenset({"assessor", "leader", "director"}),
    "announce": frozenset({"assessor", "leader", "director"}),
    "year": frozenset({"assessor"}),
    "decide": frozenset({"leader", "director"}),
    "try": frozenset({"assessor", "leader", "director"}),
    "enact": frozenset({"leader", "director"}),
    "papers": frozenset({"assessor", "leader", "director"}),
}
WORDS = {"assessor": "考核员", "leader": "中心负责人", "director": "分管领导", "supervisor": "监督员"}


def may(actor: Actor, right: str) -> bool:
    return (actor.kind == "system" and right == "collect") or (actor.is_member and actor.has(*RIGHTS[right]))


def require(actor: Actor, right: str, clause: str = "1.9") -> None:
    """Raises Refused, naming who may."""
    if not may(actor, right):
        raise Refused(f"此事须由{'、'.join(word for role, word in WORDS.items() if role in RIGHTS[right])}办理", clause)


def same_center(actor: Actor, *rows: Any) -> None:
    """Every row belongs to the actor's centre; what does not is, to the actor, not there."""
    for row in rows:
        if row is not None and (actor.center is None or row.center_id != actor.center.pk):
            raise Refused("没有找到,或这项内容不属于您所在的中心")
