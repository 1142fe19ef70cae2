"""Papers of the assessment, each numbered once for what it is made from; asked again, the same paper comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.assessment import documents as papers
from shouwen.assessment import queries
from shouwen.assessment.models import AgendaItem, Month, Year, YearResult
from shouwen.core.actors import Actor
from shouwen.documents import actions as documents
from shouwen.documents import queries as issued
from shouwen.documents.models import Document


def _issue(kind: str, source: str, subject: str, data: Callable[[], dict[str, Any]], by: Actor, at: datetime) -> Document:
    known = issued.document_of(by.center, kind, source)
    return known or documents.issue(kind=kind, data=data(), subject=subject, source=source, by=by, at=at)


@transaction.atomic
def issue_notice(*, month: Month, by: Actor, at: datetime) -> Document:
    """The numbered 公示 of the edition on the wall ("1.2"). Refused while the month is not posted."""
    queries.require(by, "papers", "1.2")
    queries.same_center(by, month)
    posting = next(iter(queries.postings(month)), None)
    source = f"assessment.posting:{posting.code}" if posting else ""
    return _issue("notice", source, f"{month}量化考核公示", lambda: papers.notice(month), by, at)


@transaction.atomic
def issue_criticism(*, item: AgendaItem, by: Actor, at: datetime) -> Document:
    """The 通报批评 of a person ("1.5") or department ("1.8"). Refused once withdrawn."""
    queries.require(by, "papers", item.clause)
    queries.same_center(by, item)
    posting = next(iter(queries.postings(item.month)), None)
    notice = issued.document_of(by.center, "notice", f"assessment.posting:{posting.code}") if posting else None
    number = notice.number if notice else ""
    return _issue(
        "criticism",
        f"assessment.agenda:{item.code}",
        item.text[:100],
        lambda: papers.criticism(item, posting=number, at=at),
        by,
        at,
    )


@transaction.atomic
def issue_agenda(*, meeting: str, by: Actor, at: datetime) -> Document:
    """The list of what the next cadre meeting hears: everything still open ("1.5", "1.8"). Numbered anew each time."""
    queries.require(by, "papers", "1.5")
    items = list(queries.agenda(by.center).filter(state=AgendaItem.State.OPEN))
    numbers = {
        item.code: paper.number
        for item in items
        if (paper := issued.document_of(by.center, "criticism", f"assessment.agenda:{item.code}"))
    }
    data = papers.agenda(items, meeting=meeting.strip() or "全镇干部大会", by=by.label, at=at, numbers=numbers)
    return documents.issue(kind="agenda", data=data, subject=f"{data['meeting']}通报事项", by=by, at=at)


@transaction.atomic
def issue_year_table(*, year: Year, by: Actor, at: datetime) -> Document:
    """The year month by month ("1.6")."""
    queries.require(by, "papers", "1.6")
    queries.same_center(by, year)
    return _issue(
        "year_table", f"assessment.year:{year.code}", f"{year.year}年度考核表", lambda: papers.year_table(year), by, at
    )


@transaction.atomic
def issue_standby(*, year: Year, by: Actor, at: datetime) -> Document:
    """Everybody below the line and last, ties included ("1.7"). Numbered anew each time: decisions may have been added."""
    queries.require(by, "papers", "1.7")
    queries.same_center(by, year)
    return documents.issue(
        kind="standby", data=papers.standby(year, by=by.label, at=at), subject=f"{year.year}年度末位人员名单", by=by, at=at
    )


@transaction.atomic
def issue_transfer(*, result: YearResult, by: Actor, at: datetime) -> Document:
    """The letter to the superior department of a 条管 unit ("1.7"), after people decided so."""
    queries.require(by, "papers", "1.7")
    queries.same_center(by, result)
    source = f"assessment.transfer:{result.year.code}:{result.member.code}"
    return _issue(
        "transfer_letter", source, f"建议调离{result.name}的函", lambda: papers.transfer_letter(result, at=at), by, at
    )
