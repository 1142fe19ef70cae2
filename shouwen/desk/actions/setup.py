"""A centre opens: its frame, its people, its hours and its founding rulebook, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from shouwen.org import queries as people_queries
from shouwen.org.actions.accounts import Slip
from shouwen.org.models import Center, Counter, Department
from shouwen.org.queries import Newcomer
from shouwen.rulebook import actions as rulebook
from shouwen.workcalendar import actions as workcalendar
from shouwen.workcalendar.queries import HoursDraft


@dataclass(frozen=True, slots=True)
class Opening:
    """The new centre and the one-time secrets of its people, to be handed over on paper and shown only now."""

    center: Center
    slips: list[Slip]


@transaction.atomic
def open_center(
    *,
    code: str,
    center: Mapping[str, Any],
    people: Sequence[Newcomer],
    hours: HoursDraft,
    active_from: date,
    by: Actor,
    at: datetime,
) -> Opening:
    """Open a centre under a one-time code. 依据: "1.10" (the founding rulebook holds from `active_from`), "3.6"

    `center` holds the fields of `org.actions.open_center`. Refused, with every problem, when the people do not do: two of
    the same name or number, an administrator who is two administrators, nobody for a needed role. Effects: centre,
    departments, windows, people, roles, accounts, hours, founding rulebook, each with its audit row.
    """
    made = org.open_center(code=code, by=by, at=at, **center)
    problems = people_queries.opening_problems(people, made.kind)
    if problems:
        raise Refused(";".join(problems))
    founder = system(made, "开通页")
    departments = _departments(people, active_from, founder, at)
    counters = _counters(people, departments, active_from, founder, at)
    slips = [slip for person in people if (slip := _join(person, departments, counters, active_from, founder, at)) is not None]
    workcalendar.set_hours(draft=hours, by=founder, at=at)
    rulebook.adopt_founding(center=made, active_from=active_from, by=founder, at=at)
    return Opening(made, slips)


def _departments(people: Sequence[Newcomer], start: date, by: Actor, at: datetime) -> dict[str, Department]:
    """One department a name; it is vertically managed when any line says so."""
    found: dict[str, Department] = {}
    for person in people:
        if person.department not in found:
            lines = [other for other in people if other.department == person.department]
            superior = next((other.superior_name for other in lines if other.is_vertical), "")
            found[person.department] = org.add_department(
                name=person.department,
                short_name="",
                active_from=start,
                is_vertical=any(other.is_vertical for other in lines),
                superior_name=superior,
                by=by,
                at=at,
            )
    return found


def _counters(
    people: Sequence[Newcomer], departments: Mapping[str, Department], start: date, by: Actor, at: datetime
) -> dict[int, Counter]:
    found: dict[int, Counter] = {}
    for person in people:
        if person.counter is not None and person.counter not in found:
            found[person.counter] = org.add_counter(
                number=person.counter,
                name=person.counter_name or person.department,
                department=departments[person.department],
                active_from=start,
                by=by,
                at=at,
            )
    return found


def _join(
    person: Newcomer,
    departments: Mapping[str, Department],
    counters: Mapping[int, Counter],
    start: date,
    by: Actor,
    at: datetime,
) -> Slip | None:
    member = org.add_member(
        name=person.name,
        department=departments[person.department],
        counter=counters[person.counter] if person.counter is not None else None,
        post=person.post,
        is_assessed=person.is_assessed,
        staff_no=person.staff_no,
        phone=person.phone,
        active_from=start,
        by=by,
        at=at,
    )
    for role in sorted(person.roles):
        org.grant_role(member=member, role=role, by=by, at=at)
    return org.issue_secret(member=member, username=person.username, by=by, at=at) if person.username else None
