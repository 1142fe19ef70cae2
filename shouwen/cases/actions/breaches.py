"""What was owed and not done in time ("3.3"): noted once, a cause claimed by one person and judged by another ("1.9")."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.cases.actions.story import breach, note
from shouwen.cases.models import Breach, Case
from shouwen.cases.queries.ledger import ledger_of, watches
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.rules.clock import spoken
from shouwen.workcalendar.queries import day_table

CLAUSE = "3.3"
RUN_OUT = {"promised": "超承诺时限", "statutory": "超法定时限", "delivery": "逾期未送达"}


def note_overdue(case: Case, *, by: Actor, at: datetime) -> list[Breach]:
    """Breaches of the clocks that have run out by `at` and are not on record; on the holder of the moment they ran out.

    Called by the sweep, and by every action that ends a clock: what is late stays late (L5, 行政许可法 74).
    """
    ledger = ledger_of(case)
    found = []
    for watch in watches(case, ledger, day_table(case.center), at):
        if watch.end not in RUN_OUT or watch.end in ledger.breached or not watch.reading.is_overdue:
            continue
        due = watch.reading.due_at
        # The number is true on the day it is written: the record says which day that was.
        until = f"前{'送达' if watch.end == 'delivery' else '办结'}，截至 {local(at):%m-%d} {spoken(watch.reading)}"
        words = f"{RUN_OUT[watch.end]}：应于 {local(due):%Y-%m-%d %H:%M} {until}"
        row = breach(case, watch.end, watch.end, words, clause=CLAUSE, moment=due, by=by, at=at)
        found += [row] if row else []
    return found


@transaction.atomic
def claim_cause(*, breach: Breach, text: str, by: Actor, at: datetime) -> None:
    """The person responsible says why; it then waits for another's judgement and counts for nothing ("3.3": without cause).

    Once only. Effects: Breach claimed, audit "cases.breach.claim".
    """
    if not by.is_self(breach.member):
        raise Refused("只能由责任人本人申述", CLAUSE)
    if not text.strip():
        raise Refused("请写明理由", CLAUSE)
    _move(breach, "", cause=Breach.Cause.CLAIMED.value, claim=text.strip()[:300], claimed_at=at)
    note(
        breach.case,
        "claim_cause",
        f"申述：{breach.get_kind_display()}",
        by=by,
        at=at,
        clause=CLAUSE,
        data={"breach": breach.code},
    )
    record(by=by, at=at, verb="cases.breach.claim", obj=breach, label=breach.words)


@transaction.atomic
def rule_on_cause(*, breach: Breach, verdict: str, text: str, by: Actor, at: datetime) -> None:
    """Another person judges: `accepted` (有正当理由), `rejected`, or `withdrawn` (found to be false, L5), with the reason.

    Leaders, directors and assessors, never about their own ("1.9"). A fact found to be false may be withdrawn without a claim.
    Effects: Breach ruled, the person told, audit "cases.breach.rule". 依据: 三(三) ("3.3"), 一(九) ("1.9")
    """
    if by.is_self(breach.member):
        raise Refused("本人的问题须由他人认定", "1.9")
    if not by.has("leader", "director", "assessor"):
        raise Refused("认定由中心负责人、分管领导或考核员进行", "1.9")
    allowed = {Breach.Cause.ACCEPTED.value, Breach.Cause.REJECTED.value, Breach.Cause.WITHDRAWN.value}
    if verdict not in allowed or not text.strip():
        raise Refused("请选择认定结果并写明理由", CLAUSE)
    old = Breach.Cause.CLAIMED.value
    if verdict == Breach.Cause.WITHDRAWN and breach.cause == "":
        old = ""
    _move(breach, old, cause=verdict, ruling=text.strip()[:300], ruled_by=by.label[:30], ruled_at=at)
    words = f"{breach.get_kind_display()}：{breach.get_cause_display()}"
    note(breach.case, "rule_on_cause", words, by=by, at=at, clause=CLAUSE, data={"breach": breach.code, "cause": verdict})
    record(by=by, at=at, verb="cases.breach.rule", obj=breach, label=breach.words, detail={"verdict": verdict})
    enqueue(
        to=breach.member, title="申述已认定", text=f"{breach.case.item_name} {breach.case.code} {words}。",
        url=address("cases:breach", breach.code), key=f"case-breach:{breach.code}:ruled", by=by, at=at,
    )  # fmt: skip


def _move(row: Breach, old: str, **changes: object) -> None:
    if Breach.objects.of(row.center_id).filter(pk=row.pk, cause=old).update(**changes) != 1:
        raise taken()
    for name, value in changes.items():
        setattr(row, name, value)
