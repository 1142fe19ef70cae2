"""The business section's board: joint matters with each department's task, and matters led to the section ("4.3.3")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shouwen.cases.models import Case, JointTask
from shouwen.cases.queries import clock_words, joint, picked
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.org.models import RoleGrant, in_force
from shouwen.reception.models import HandOver, Matter
from shouwen.rules.masking import mask_name
from shouwen.workcalendar.queries import day_table

MOST = 100


@dataclass(frozen=True, slots=True)
class JointLine:
    """A joint case: `row` as the cases' own board has it, masked `person`, `left` and `light` of the citizen's one clock, `open` tasks to press."""

    row: joint.JointRow
    person: str
    left: str
    light: str
    open: list[JointTask]


@dataclass(frozen=True, slots=True)
class Section:
    """`offers` wait for the section to take them, `matters` are held there; `fresh` are accepted and not yet joint."""

    lines: list[JointLine]
    offers: list[HandOver]
    matters: list[Matter]
    fresh: list[Case]


def section(actor: Actor, at: datetime) -> Section:
    """Seven queries, however many matters there are."""
    center, table = actor.center, day_table(actor.center)
    lines = []
    for row in joint.joint_rows(actor, at, most=MOST):
        words, light = clock_words(row.case, table, at)
        lines.append(
            JointLine(row, mask_name(row.case.person_name), words, light, [task for task in row.tasks if task.is_open])
        )
    people = RoleGrant.objects.of(center).filter(in_force(local(at).date()), role="section").values("member_id")
    offers = HandOver.objects.of(center).filter(kind=HandOver.Kind.SECTION, status=HandOver.Status.PENDING)
    held = Matter.objects.of(center).filter(status=Matter.Status.OPEN, holder__in=people)
    held = held.exclude(outcome=Matter.Outcome.ACCEPTED).select_related("holder").order_by("opened_at", "id")
    cases = Case.objects.of(center).filter(ended_at__isnull=True, handling="joint", joint_handlings__isnull=True)
    return Section(
        lines,
        list(offers.select_related("matter").order_by("asked_at", "id")[:MOST]),
        list(held[:MOST]),
        picked(center, cases, ("current_due_at", "code"), MOST),
    )
