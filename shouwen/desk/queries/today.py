"""Everything one person owes, from every area, sorted by time left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.assessment import queries as assessment
from shouwen.attendance import queries as attendance
from shouwen.cases import queries as cases
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation
from shouwen.duty import queries as duty
from shouwen.notifications import queries as notifications
from shouwen.reception import queries as reception
from shouwen.workcalendar.queries import day_table


@dataclass(frozen=True, slots=True)
class Today:
    """The home of a member: `owed` (the nearest end first, no limit last), figures, `duty` and `month` of their areas.

    `ending` ends today and is not late yet, `soon` is about to be late, `served` are visits the member finished today, `visit`
    who is at the member's window now.
    """

    owed: list[Obligation]
    ending: int
    soon: int
    late: int
    served: int
    unread: int
    visit: Any
    duty: Any
    month: Any


def today(actor: Actor, at: datetime) -> Today:
    """At most ten queries, whatever the role and however much is owed; one more for who stands in for somebody."""
    table, away = day_table(actor.center), reception.covers(actor.center, at)
    board, own = duty.today(actor.center, at, table), reception.own_day(actor, at, away)
    stands_in = bool(reception.mine(actor.member, away) - {actor.member.pk})
    owed = [
        *attendance.obligations(actor, at, stands_in=stands_in),
        *duty.obligations(actor, at, board),
        *own.owed,
        *cases.obligations(actor, at, away, table),
        *assessment.obligations(actor, at),
    ]
    owed.sort(key=lambda one: (one.due_at is None, one.due_at or one.started_at, one.started_at))
    day = local(at).date()
    return Today(
        owed=owed,
        ending=sum(one.due_at is not None and one.state != "late" and local(one.due_at).date() == day for one in owed),
        soon=sum(one.state == "warn" for one in owed),
        late=sum(one.state == "late" for one in owed),
        served=own.served,
        unread=notifications.unread_count(actor),
        visit=own.visit,
        duty=board,
        month=assessment.my_month(actor, at),
    )
