"""What somebody owes: cases held, approvals waiting, causes to claim or to judge; and what assessment hears of it (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import F, Value, When
from django.db.models.functions import Coalesce, Concat

from shouwen.cases.models import Approval, Breach, Case
from shouwen.cases.queries.fees import fee_facts, fee_selects, fee_shapes
from shouwen.cases.queries.follow_up import FOLLOW_UP_SHAPES, follow_up_selects
from shouwen.cases.queries.joint import JOINT_SHAPES, joint_selects
from shouwen.cases.queries.ledger import FOREVER
from shouwen.cases.queries.lists import time_left
from shouwen.cases.queries.owed import NOTHING, Owed, Select, Shape, select, shaped
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address
from shouwen.core.prepared import Prepared
from shouwen.reception.queries import covers, mine
from shouwen.reception.queries.chain import Covers
from shouwen.rulebook import queries as rulebook
from shouwen.rules.masking import mask_name
from shouwen.rules.scoring.facts import PENDING, REJECTED, VERIFIED, WITHDRAWN, Fact
from shouwen.rules.workdays import ZONE, DayTable
from shouwen.workcalendar.queries import day_table

APPROVERS = ("leader", "director")
JUDGES = ("leader", "director", "assessor")
NOBODY = UUID(int=0)
NOTED = frozenset({*JUDGES, "section", "supervisor"})
"""Roles that owe more than their own matters."""
CLAIM_WITHIN = timedelta(days=31)
"""So long may a cause be claimed for a breach."""
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


def obligations(actor: Actor, at: datetime, away: Covers | None = None, table: DayTable | None = None) -> list[Obligation]:
    """What the actor owes on cases, own ones and those of whoever is covered ("4.2", "1.4.1"), what is due first first.

    One statement however much waits; pass `away` (`reception.queries.covers`) and the day table when they are at hand, else
    each costs one more.
    """
    if actor.member is None:
        return []
    # Whoever is away answers for nobody; the statement is the same, for a person nobody is.
    people = mine(actor.member, covers(actor.center, at) if away is None else away) or {NOBODY}
    table = table or day_table(actor.center)
    statement = _statement(actor.roles & NOTED, len(people))
    rows = statement(actor.center.pk, actor.member.pk, at - CLAIM_WITHIN, local(at).date(), *sorted(people))
    held: dict[str, Shape] = dict.fromkeys(OWED, lambda row, at: _held_owed(row, table, at))
    shapes = held | WAITING | JOINT_SHAPES | fee_shapes(table) | FOLLOW_UP_SHAPES
    return shaped((Owed(*row) for row in rows), shapes, at)


@lru_cache(maxsize=256)
def _statement(roles: frozenset[str], people: int) -> Prepared:
    """The one statement for somebody with these roles who answers for so many people: composed once, it is asked every minute."""

    def build(center: UUID, me: UUID, since: datetime, on: date, *ids: UUID) -> Select:
        actor, mine = Actor("member", center, me, roles=roles), set(ids)
        parts = [*_held(actor, mine), *_approvals(actor), *_breaches(actor, since), *joint_selects(actor, mine)]
        parts += [*fee_selects(actor, on), *follow_up_selects(actor, mine, on)]
        return parts[0].union(*parts[1:], all=True)

    return Prepared(build, UUID, UUID, datetime, date, *[UUID] * people)


def _held(actor: Actor, people: set[UUID]) -> Iterator[Select]:
    rows = Case.objects.of(actor.center).filter(ended_at__isnull=True, matter__status="open", matter__holder__in=people)
    marks = Concat(
        Either(When(is_expedited=True, then=Value("急")), default=NOTHING),
        Either(When(paused_at__isnull=False, then=Value("停")), default=NOTHING),
    )
    yield select(rows, F("status"), "item_name", "person_name", marks, since="received_at", due="current_due_at")


def _held_owed(row: Owed, table: DayTable, at: datetime) -> Obligation:
    kind, clause, action = OWED[row.kind]
    due, clock, state = row.due, "", "ok"
    if "停" in row.word:
        kind, action, due, clock = "暂停计时", "恢复计时", None, "依法暂停计时"
    elif due is None or due >= FOREVER:
        due = None
    else:
        clock, state = time_left(due, table, at)
    who = mask_name(row.who) + (" · 急办" if "急" in row.word else "")
    url = address("cases:detail", row.page)
    return Obligation(kind, row.title, who, row.code, clause, row.since, due, state, action, url, clock)  # type: ignore[arg-type]


def _approvals(actor: Actor) -> Iterator[Select]:
    if actor.has(*APPROVERS):
        rows = Approval.objects.of(actor.center).filter(state=Approval.State.ASKED).exclude(asked_by=actor.member)
        yield select(rows, "approval", "case__item_name", "asked_by__name", "kind", since="asked_at")


def _approval_owed(row: Owed, at: datetime) -> Obligation:
    kind = Approval.Kind(row.word)
    clause = {Approval.Kind.SECOND_NOTICE: "4.3.2", Approval.Kind.EXPEDITE: "3.4"}.get(kind, "3.3")
    title, url = f"{row.title} {kind.label}", address("cases:approval", row.page)
    return Obligation("请您批准", title, row.who, row.code, clause, row.since, None, "ok", "审批", url)


def _breaches(actor: Actor, since: datetime) -> Iterator[Select]:
    rows, word = Breach.objects.of(actor.center), Concat("kind", Value(" "), "clause")
    own = rows.filter(member=actor.member, cause="", at__gte=since)
    yield select(own, "claim", "case__item_name", "member_name", word, since="at")
    if actor.has(*JUDGES):
        claimed = rows.filter(cause=Breach.Cause.CLAIMED).exclude(member=actor.member)
        yield select(claimed, "judge", "case__item_name", "member_name", word, since=Coalesce("claimed_at", "at"))


def _breach_owed(row: Owed, at: datetime) -> Obligation:
    kind, clause = row.word.split(" ")
    chip, action = ("请您说明", "申述") if row.kind == "claim" else ("申述待认定", "认定")
    title, url = f"{row.title} {Breach.Kind(kind).label}", address("cases:breach", row.page)
    return Obligation(chip, title, row.who, row.code, clause, row.since, None, "ok", action, url)


WAITING: dict[str, Shape] = {"approval": _approval_owed, "claim": _breach_owed, "judge": _breach_owed}


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
