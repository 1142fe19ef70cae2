"""What goes before all town cadres: negative people ("1.5") and departments ("1.8"), listed on posting, withdrawn when an objection succeeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shouwen.assessment import queries
from shouwen.assessment.models import AgendaItem, Month, MonthResult
from shouwen.assessment.queries import counting
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.documents import actions as documents
from shouwen.documents import queries as papers

OPEN_CRITICISM = frozenset({"1.5", "1.8"})


def list_agenda(month: Month, results: Sequence[MonthResult], *, by: Actor, at: datetime) -> None:
    """Agenda items for this edition: new ones for whoever is now below zero, withdrawn ones for who no longer is.

    The month of the meeting follows R22: that of posting, or the assessed one. A criticism issued with a score that no
    longer holds is void. Part of the posting's transaction.
    """
    due = {
        (outcome["id"], row.subject): (row, outcome)
        for row in results
        for outcome in row.outcomes
        if outcome["clause"] in OPEN_CRITICISM
    }
    standing = AgendaItem.objects.of(by.center).filter(
        month=month, state__in=[AgendaItem.State.OPEN, AgendaItem.State.ANNOUNCED]
    )
    known = {(item.outcome, item.subject): item for item in standing}
    for key, item in known.items():
        if key not in due:
            _withdraw(item, by, at)
        elif item.state == AgendaItem.State.OPEN and due[key][0].total != item.total:
            AgendaItem.objects.of(by.center).filter(pk=item.pk).update(total=due[key][0].total)
            _void_paper(item, "公示已更正,得分有变,请另出通报", by, at)
    meeting = meeting_month(month, at)
    AgendaItem.objects.bulk_create(
        _item(month, row, outcome, meeting, by, at) for key, (row, outcome) in due.items() if key not in known
    )


def _withdraw(item: AgendaItem, by: Actor, at: datetime) -> None:
    """Off the agenda; a paper already issued is void. What was read out already needs a person's word as well."""
    note = "异议成立,已更正" if item.state == AgendaItem.State.OPEN else "异议成立,已通报的须另行更正说明"
    AgendaItem.objects.of(by.center).filter(pk=item.pk).update(
        state=AgendaItem.State.WITHDRAWN, closed_at=at, closed_by=by.label, closed_note=note
    )
    _void_paper(item, note, by, at)


def _void_paper(item: AgendaItem, reason: str, by: Actor, at: datetime) -> None:
    paper = papers.document_of(by.center, "criticism", f"assessment.agenda:{item.code}")
    if paper is not None:
        documents.void(document=paper, reason=reason, by=by, at=at)


def meeting_month(month: Month, at: datetime) -> date:
    """当月 of "1.5" and "1.8" (R22): the month of posting unless the reading says the assessed one."""
    version = counting.version_of(month)
    assessed = version is not None and version.reading("R22") == "assessed"
    return month.month if assessed else local(at).date().replace(day=1)


def _item(month: Month, row: MonthResult, outcome: dict[str, str], meeting: date, by: Actor, at: datetime) -> AgendaItem:
    what = "部门考核" if row.subject_kind != "member" else "考核"
    return AgendaItem(
        center=by.center,
        month=month,
        meeting_month=meeting,
        outcome=outcome["id"],
        clause=outcome["clause"],
        member_id=row.member_id,
        department_id=row.department_id,
        subject=row.subject,
        subject_name=row.name,
        total=row.total or 0,
        text=f"{row.name}{month}{what}为负分,{outcome['title']}"[:300],
        listed_at=at,
    )


@transaction.atomic
def announce(*, item: AgendaItem, meeting: str, by: Actor, at: datetime) -> None:
    """It was read out at a meeting; `meeting` says which and when. Audit "assessment.announce". 依据: 一(五)、一(八) ("1.5", "1.8")"""
    queries.require(by, "announce", item.clause)
    queries.same_center(by, item)
    if not meeting.strip():
        raise Refused("请写明在哪次会议上通报", item.clause)
    rows = AgendaItem.objects.of(by.center).filter(pk=item.pk, state=AgendaItem.State.OPEN)
    if rows.update(state=AgendaItem.State.ANNOUNCED, closed_at=at, closed_by=by.label, closed_note=meeting.strip()[:200]) != 1:
        raise taken()
    record(by=by, at=at, verb="assessment.announce", obj=item, label=item.text)
