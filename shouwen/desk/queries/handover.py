"""What is open when the day ends, in words."""

from __future__ import annotations

from datetime import date, datetime

from shouwen.core.actors import Actor
from shouwen.desk.queries.today import today
from shouwen.duty import queries as duty
from shouwen.org.queries import members
from shouwen.rules.clauses import cite


def open_matters(actor: Actor, at: datetime) -> list[str]:
    """The duty person's own open obligations, one line each, for the hand-over form; the hand-over itself is no matter."""
    owed = [one for one in today(actor, at).owed if one.title != "值日交接"]
    return [f"{one.kind}:{one.title}{' ' + one.subject if one.subject else ''} {cite(one.clause)}" for one in owed]


def receivers(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Everybody who can take over, the next person on the roster first."""
    following = duty.next_hall_shift(actor.center, on)
    people = [person for person in members(actor.center, on) if not actor.is_self(person)]
    people.sort(key=lambda person: following is None or person.pk != following.member_id)
    return [
        (
            person.code,
            f"{person.name}({following.date.month}月{following.date.day}日值日)"
            if following and person.pk == following.member_id
            else person.name,
        )
        for person in people
    ]
