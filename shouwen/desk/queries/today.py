"""Everything one person owes, from every area, sorted by time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.assessment import queries as assessment
from shouwen.attendance import queries as attendance
from shouwen.core.actors import Actor
from shouwen.core.obligations import Obligation
from shouwen.duty import queries as duty
from shouwen.notifications import queries as notifications
from shouwen.reception import queries as reception


@dataclass(frozen=True, slots=True)
class Today:
    """The home of a member: `owed` (the nearest end first, no limit last), figures, `duty` and `month` of their areas."""

    owed: list[Obligation]
    soon: int
    late: int
    unread: int
    duty: Any
    month: Any


def today(actor: Actor, at: datetime) -> Today:
    """At most eleven queries, whatever the role and however much is owed."""
    board, away = duty.today(actor.center, at), reception.covers(actor.center, at)
    stands_in = bool(reception.mine(actor.member, away) - {actor.member.pk})
    owed = [
        *attendance.obligations(actor, at, stands_in=stands_in),
        *duty.obligations(actor, at, board),
        *reception.obligations(actor, at, away),
        *assessment.obligations(actor, at),
    ]
    owed.sort(key=lambda one: (one.due_at is None, one.due_at or one.started_at, one.started_at))
    return Today(
        owed=owed,
        soon=sum(one.state == "warn" for one in owed),
        late=sum(one.state == "late" for one in owed),
        unread=notifications.unread_count(actor),
        duty=board,
        month=assessment.my_month(actor, at),
    )
