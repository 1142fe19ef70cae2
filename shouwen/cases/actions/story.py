"""The one way a case changes: entry, state, projection and audit in one step, from the revision the caller saw.

Every other action writes its own rows (a pause, a notice) and then tells it here. `tell` moves the case and wants it unchanged
since it was read: of two people acting at once one is told it was taken. `note` only adds to the story.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F

from shouwen.audit.actions import record
from shouwen.cases.models import Breach, Case, ChecklistLine, Event
from shouwen.cases.queries.ledger import ledger_of, project
from shouwen.core.actors import Actor
from shouwen.core.errors import taken
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Member
from shouwen.reception.queries import holder_of
from shouwen.workcalendar.queries import day_table

Lines = Mapping[int, Mapping[str, Any]]
"""What changes on lines of the checklist, by position."""


def tell(
    case: Case,
    kind: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    clause: str = "",
    sets: Mapping[str, Any] | None = None,
    lines: Lines | None = None,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Move the case: `sets` are its changed fields. Refused when somebody changed it since it was read.

    Effects: Case with projection and next revision, ChecklistLine, Event, audit "cases.<kind>".
    """
    sets, old = dict(sets or {}), {}
    for name, value in sets.items():
        old[name] = getattr(case, name)
        setattr(case, name, value)
    change_lines(case, lines or {})
    projected = project(case, ledger_of(case), day_table(case.center))
    mine = Case.objects.of(case.center_id).filter(pk=case.pk, revision=case.revision)
    if mine.update(**sets, **projected, revision=F("revision") + 1) != 1:
        for name, value in old.items():
            setattr(case, name, value)
        raise taken()
    case.revision += 1
    for name, value in projected.items():
        setattr(case, name, value)
    return _enter(case, kind, words, by, at, clause, {"set": plain(sets), "lines": plain(lines or {}), **plain(data or {})})


def note(
    case: Case, kind: str, words: str, *, by: Actor, at: datetime, clause: str = "", data: Mapping[str, Any] | None = None
) -> Event:
    """Add to the story without moving the case: two people may do so at once. The row stays locked until the transaction ends.

    Effects: next revision, Event, audit "cases.<kind>".
    """
    rows = Case.objects.of(case.center_id).filter(pk=case.pk)
    rows.update(revision=F("revision") + 1)
    case.revision = rows.values_list("revision", flat=True).get()
    return _enter(case, kind, words, by, at, clause, plain(data or {}))


def reproject(case: Case) -> None:
    """Write the projection again after a row of the ledger changed that is no step of the story (a warning told, L15)."""
    projected = project(case, ledger_of(case), day_table(case.center))
    Case.objects.of(case.center_id).filter(pk=case.pk, revision=case.revision).update(**projected)
    for name, value in projected.items():
        setattr(case, name, value)


def change_lines(case: Case, lines: Lines) -> None:
    for position, changes in lines.items():
        ChecklistLine.objects.of(case.center_id).filter(case=case, position=position).update(**changes)


def _enter(case: Case, kind: str, words: str, by: Actor, at: datetime, clause: str, data: dict[str, Any]) -> Event:
    event = Event.objects.create(
        center=case.center, case=case, number=case.revision, kind=kind, at=at, by=by.label[:60], words=words[:300], clause=clause,
        data=data,
    )  # fmt: skip
    record(by=by, at=at, verb=f"cases.{kind}", obj=case, label=words[:200], detail={"entry": case.revision})
    return event


def store(row: Any) -> None:
    """Write a row of which there may be one: of two who press at once the database lets one through, the other is told."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise taken() from error


def plain(value: Any) -> Any:
    """A value as JSON keeps it: moments and days as ISO text, rows and ids as text."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def holder(case: Case, moment: datetime) -> Member:
    """Who answers for the case at a moment; after the end of the matter the one who answered last."""
    found = holder_of(case.matter, moment)
    return found.member if found else case.matter.holder


def breach(
    case: Case,
    kind: str,
    source: str,
    words: str,
    *,
    clause: str,
    moment: datetime,
    member: Any = None,
    by: Actor,
    at: datetime,
) -> Breach | None:
    """Write what was broken, once a source (L5), on the holder of that moment, and tell the person. None when it is on record."""
    if Breach.objects.of(case.center_id).filter(case=case, source=source).exists():
        return None
    member = member or holder(case, moment)
    row = Breach.objects.create(
        center=case.center, case=case, kind=kind, source=source, member=member, member_name=member.name, clause=clause,
        words=words[:200], at=moment,
    )  # fmt: skip
    note(case, "breach", words, by=by, at=at, clause=clause, data={"breach": row.code, "kind": kind})
    enqueue(
        to=member, title=row.get_kind_display(), text=f"{case.item_name} {case.code}：{words}。如有正当理由可以申述。",
        url=address("cases:breach", row.code), key=f"case-breach:{row.code}", by=by, at=at,
    )  # fmt: skip
    return row
