"""What somebody owes: cases held, approvals waiting, causes to claim or to judge; and what assessment hears of it (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from shouwen.cases.models import Approval, Breach, Case
from shouwen.cases.queries.fees import fee_facts, fee_obligations
from shouwen.cases.queries.follow_up import follow_up_obligations
from shouwen.cases.queries.joint import joint_obligations
from shouwen.cases.queries.ledger import FOREVER
from shouwen.cases.queries.lists import clock_words
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, State, address
from shouwen.reception.queries import covers, mine
from shouwen.rulebook import queries as rulebook
from shouwen.rules.masking import mask_name
from shouwen.rules.scoring.facts import PENDING, REJECTED, VERIFIED, WITHDRAWN, Fact
from shouwen.rules.workdays import ZONE, DayTable
from shouwen.workcalendar.queries import day_table

APPROVERS = ("leader", "director")
JUDGES = ("leader", "director", "assessor")
MOST = 200
OWED: dict[str, tuple[str, str, str]] = {
    Case.Status.RECEIVED.value: ("待受理", "4.3.2", "受理或告知"),
    Case.Status.CORRECTION.value: ("待补正", "4.3.2", "查看"),
    Case.Status.ACCEPTED.value: ("办理中", "3.3", "办理"),
    Case.Status.DECIDED.value: ("待送达", "3.3", "送达"),
}
KINDS = {
    Breach.Kind.PROMISED.value: "overdue",
    Breach.Kind.STATUTORY.value: "overdue",
    Breach.Kind.DELIVERY.value: "overdue",
    Breach.Kind.JOINT_TASK.value: "overdue",
    Breach.Kind.FEE.value: "fee_breach",
    Breach.Kind.NOTICE.value: "notice_missed",
    Breach.Kind.SECOND_NOTICE.value: "second_notice",
}
"""Items of the rulebook a breach may be priced by; the founding text prices none of them (R19)."""
STATUS = {
    Breach.Cause.NONE.value: VERIFIED,
    Breach.Cause.CLAIMED.value: PENDING,
    Breach.Cause.REJECTED.value: VERIFIED,
    Breach.Cause.ACCEPTED.value: REJECTED,
    Breach.Cause.WITHDRAWN.value: WITHDRAWN,
}


def obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """What the actor owes on cases, own ones and those of whoever is covered ("4.2", "1.4.1"): two to five queries."""
    held = mine(actor.member, covers(actor.center, at))
    rows = Case.objects.of(actor.center).filter(ended_at__isnull=True, matter__status="open", matter__holder__in=held)
    table = day_table(actor.center)
    found = [_held(case, table, at) for case in rows.defer("search_words").order_by("current_due_at", "code")[:MOST]]
    found += [*_approvals(actor), *_breaches(actor, at), *joint_obligations(actor, at, held)]
    return [*found, *fee_obligations(actor, at), *follow_up_obligations(actor, at, held)]


def _held(case: Case, table: DayTable, at: datetime) -> Obligation:
    kind, clause, action = OWED[case.status]
    if case.paused_at is not None:
        kind, action = "暂停计时", "恢复计时"
    due = None if case.paused_at is not None or case.current_due_at >= FOREVER else case.current_due_at
    state: State = "ok"
    if due is not None:
        state = clock_words(case, table, at)[1]  # type: ignore[assignment]
    subject = mask_name(case.person_name) + (" · 急办" if case.is_expedited else "")
    url = address("cases:detail", case.code)
    return Obligation(kind, case.item_name, subject, case.code, clause, case.received_at, due, state, action, url)


def _approvals(actor: Actor) -> Iterator[Obligation]:
    if not actor.has(*APPROVERS):
        return
    rows = Approval.objects.of(actor.center).filter(state=Approval.State.ASKED).exclude(asked_by=actor.member)
    for row in rows.select_related("case", "asked_by").order_by("asked_at")[:MOST]:
        clause = "4.3.2" if row.kind == Approval.Kind.SECOND_NOTICE else "3.4" if row.kind == Approval.Kind.EXPEDITE else "3.3"
        title, url = f"{row.case.item_name} {row.get_kind_display()}", address("cases:approval", row.code)
        yield Obligation("请您批准", title, row.asked_by.name, row.code, clause, row.asked_at, None, "ok", "审批", url)


def _breaches(actor: Actor, at: datetime) -> Iterator[Obligation]:
    rows = Breach.objects.of(actor.center).select_related("case")
    own = rows.filter(member=actor.member, cause="", at__gte=at - timedelta(days=31))
    for row in own.order_by("at")[:MOST]:
        yield _breach(row, "请您说明", "申述")
    if actor.has(*JUDGES):
        for row in rows.filter(cause=Breach.Cause.CLAIMED).exclude(member=actor.member).order_by("claimed_at")[:MOST]:
            yield _breach(row, "申述待认定", "认定")


def _breach(row: Breach, kind: str, action: str) -> Obligation:
    title, url = f"{row.case.item_name} {row.get_kind_display()}", address("cases:breach", row.code)
    since = row.claimed_at or row.at
    return Obligation(kind, title, row.member_name, row.code, row.clause, since, None, "ok", action, url)


# --- for assessment -----------------------------------------------------------------------------------------------------


def breaches(center: Any, start: date, end: date) -> list[Breach]:
    """Everything broken from `start` to `end` inclusive, priced or not, in order of time (R19: listed in any case)."""
    rows = Breach.objects.of(center).filter(at__gte=_midnight(start), at__lt=_midnight(end + timedelta(days=1)))
    return list(rows.select_related("member", "case").order_by("at", "id"))


def facts(center: Any, start: date, end: date) -> list[Fact]:
    """The breaches a rulebook knows a price or a record for, as facts; the same call gives the same facts (R19).

    Ids are "cases.breach:WX-…". Overdue both of promise and law is one event (R13). An accepted cause makes it "rejected", a
    fact found to be false "withdrawn", a claim that waits "pending".
    """
    found, books = [], {}
    for row in breaches(center, start, end):
        day = local(row.at).date()
        if day not in books:
            version = rulebook.in_force(center, day)
            books[day] = set((version.document.get("items") or {}) if version else ())
        kind = KINDS[row.kind]
        if kind in books[day]:
            found.append(_fact(row, kind, day))
    return found + fee_facts(center, start, end)


def _fact(row: Breach, kind: str, day: date) -> Fact:
    joined = row.kind in (Breach.Kind.PROMISED, Breach.Kind.STATUTORY)
    return Fact(
        id=f"cases.breach:{row.code}",
        kind=kind,
        subject=row.member.code,
        date=day,
        at=row.at,
        status=STATUS[row.cause],
        reason=f"{row.case.item_name} {row.case.code}：{row.words}",
        group=f"cases:{row.case.code}:decision" if joined else None,
        attrs={"clause": row.clause, "breach": row.kind, "url": address("cases:breach", row.code)},
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
