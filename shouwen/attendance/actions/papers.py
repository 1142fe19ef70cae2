"""Papers and sheets that leave attendance: numbered, and on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.attendance.models import Leave
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.leave import form_source
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.documents import actions as papers
from shouwen.documents import queries as issued


@transaction.atomic
def issue_leave_form(*, leave: Leave, data: dict[str, Any], by: Actor, at: datetime) -> Any:
    """The numbered 请假条 of an approved leave, from `documents.leave_form`; the same one when it was issued before.

    Effects: Document (its own audit). 依据: 一(四)1 ("1.4.1")
    """
    if leave.state != Leave.State.APPROVED:
        raise Refused("请假批准后才能出具请假条", "1.4.1")
    source = form_source(leave)
    found = issued.document_of(by.center, "leave_form", source)
    return found or papers.issue(
        kind="leave_form", data=data, subject=f"{leave.member.name}请假条", source=source, by=by, at=at
    )


@transaction.atomic
def note_export(*, what: str, count: int, by: Actor, at: datetime) -> None:
    """Somebody took a table away as a sheet: audit "attendance.export". "1.1" """
    rights.require(by, "oversee")
    record(by=by, at=at, verb="attendance.export", label=what, detail={"rows": count})
