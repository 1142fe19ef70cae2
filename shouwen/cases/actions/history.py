"""Taking over the finished cases of an old ledger, so that search, statistics and follow-ups know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.intake import of_version
from shouwen.cases.actions.search import index_cases
from shouwen.cases.actions.story import plain
from shouwen.cases.models import Case, ChecklistLine, Event
from shouwen.cases.queries.search import search_words
from shouwen.catalogue.models import ItemVersion
from shouwen.catalogue.queries import checklist
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Member
from shouwen.reception.models import Holding, Inquiry, Matter, Person
from shouwen.rules.clock import CaseClock, Limit, read_case
from shouwen.workcalendar.queries import day_table

BATCH = 500


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case that is over, as the old ledger has it. Moments are aware and in order."""

    version: ItemVersion
    person: Person
    member: Member
    counter_label: str
    received_at: datetime
    decided_at: datetime
    delivered_at: datetime
    decision: str = "done"
    result_number: str = ""
    result_expires: date | None = None


@transaction.atomic
def record_past_cases(*, cases: Sequence[PastCase], by: Actor, at: datetime) -> list[Case]:
    """Lay finished cases with inquiry, chain, checklist and one entry each that says where they come from ("3.3").

    No paper is made: theirs are in the old files. Refused for moments out of order. Effects: rows, one audit row
    "cases.history" for all; no breach is written after the fact (L38).
    """
    laid = [_Laid(one, by) for one in sorted(cases, key=lambda one: one.received_at) if _in_order(one, at)]
    for model, name in ((Inquiry, "inquiry"), (Matter, "matter"), (Holding, "holding"), (Case, "case"), (Event, "event")):
        model.objects.bulk_create([getattr(one, name) for one in laid], batch_size=BATCH)
    ChecklistLine.objects.bulk_create([line for one in laid for line in one.lines], batch_size=BATCH)
    index_cases([one.case for one in laid])
    record(by=by, at=at, verb="cases.history", label=f"导入以往办件 {len(laid)} 件", detail={"cases": len(laid)})
    return [one.case for one in laid]


def _in_order(one: PastCase, at: datetime) -> bool:
    if not one.received_at <= one.decided_at <= one.delivered_at <= at:
        raise Refused(f"{local(one.received_at):%Y-%m-%d %H:%M} 收的一件时间不合先后,未导入")
    return True


class _Laid:
    """The rows of one case."""

    def __init__(self, one: PastCase, by: Actor) -> None:
        common: dict[str, Any] = {"center": by.center}
        self.inquiry = Inquiry(
            **common, channel="walk_in", person=one.person, first_asked=one.member, first_asked_name=one.member.name,
            unit_label=one.counter_label, received_at=one.received_at, recorded_by=by.label[:40], recorded_at=one.received_at,
        )  # fmt: skip
        self.matter = Matter(
            **common, inquiry=self.inquiry, item=one.version.item, subject=one.version.name, holder=one.member,
            first_asked=one.member, status="closed", outcome="accepted", opened_at=one.received_at,
            decided_at=one.received_at, closed_at=one.delivered_at, closed_by=one.member.name,
        )  # fmt: skip
        self.holding = Holding(
            **common, matter=self.matter, position=1, member=one.member, member_name=one.member.name,
            unit_label=one.counter_label, role="首问", clause="4.2", started_at=one.received_at, ended_at=one.delivered_at,
        )  # fmt: skip
        fields = _fields(one, self.matter, day_table(by.center))
        self.case = Case(**common, revision=1, **fields)
        self.lines = [_line(self.case, n, row, one) for n, row in enumerate(checklist(one.version, []), 1)]
        told = {line.position: {"name": line.name, "status": line.status} for line in self.lines}
        self.event = Event(
            **common, case=self.case, number=1, kind="history", at=one.delivered_at, by=by.label[:60], clause="3.3",
            words="由原台账转入，已办结送达", data={"set": plain(fields), "lines": plain(told)},
        )  # fmt: skip


def _fields(one: PastCase, matter: Matter, table: Any) -> dict[str, Any]:
    version = one.version
    promised = Limit(version.promised_limit, version.promised_unit)
    clock = CaseClock(local(one.received_at).date(), promised, None, (), one.decided_at)
    due = read_case(table, clock, one.decided_at).due_at
    return of_version(version) | {
        "matter": matter,
        "counter_label": one.counter_label,
        "person": one.person,
        "person_name": one.person.name,
        "status": Case.Status.DELIVERED.value,
        "received_at": one.received_at,
        "completed_at": one.received_at,
        "accepted_at": one.received_at,
        "clock_date": local(one.received_at).date(),
        "due_at": due,
        "current_due_at": due,
        "decision": one.decision,
        "decided_at": one.decided_at,
        "result_number": one.result_number,
        "result_expires": one.result_expires,
        "delivered_at": one.delivered_at,
        "ended_at": one.delivered_at,
        "search_words": search_words(matter.center, one.person.name),
    }


def _line(case: Case, position: int, row: Any, one: PastCase) -> ChecklistLine:
    return ChecklistLine(
        center=case.center, case=case, position=position, name=row.name, originals=row.originals, copies=row.copies,
        where=row.where, is_required=row.required, may_follow=row.tolerance_allowed, status="received",
        checked_by=one.member.name, received_at=one.received_at,
    )  # fmt: skip
