"""After the certificate: planned, owned, done, recorded ("2.2")."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.cases.actions.story import note
from shouwen.cases.models import Case, FollowUp
from shouwen.cases.queries import follow_up as queries
from shouwen.cases.queries.follow_up import CLAUSE, DAYS, RENEW_BEFORE, TELL_BEFORE
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Member
from shouwen.rules.clock import due_moment
from shouwen.workcalendar.queries import day_table

MOST_DAYS = 60
RESULTS = {
    "aftercare": frozenset({"content", "helped", "open", "unreached"}),
    "expiry": frozenset({"told", "unreached"}),
}


@transaction.atomic
def plan_follow_up(
    *, case: Case, days: int = DAYS, plan: str = "", member: Member | None = None, by: Actor, at: datetime
) -> FollowUp:
    """Somebody asks after delivery how the applicant fares, within `days` working days; the one who held the case, if not told.

    Refused before delivery, and while one is open already. Effects: FollowUp, a word to whoever owes it, entry and audit
    "cases.plan_follow_up". 依据: 二(二) ("2.2")
    """
    if case.delivered_at is None:
        raise Refused("结果送达后才安排证后回访", CLAUSE)
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"回访期限应为 1 至 {MOST_DAYS} 个工作日", CLAUSE)
    due = queries.aftercare_due(by.center, at, days)
    owner = _owner(case, member, by, at)
    return _plan(case, FollowUp.Kind.AFTERCARE, owner, plan or "使用是否正常、有无困难", local(at).date(), due, by, at)


@transaction.atomic
def plan_expiry_reminder(*, case: Case, member: Member | None = None, by: Actor, at: datetime) -> FollowUp:
    """Remind the holder of a certificate in time to renew: from 60 days before it runs out, by 30 days before (行政许可法 50).

    Refused when the result has no end, was not delivered or has run out. Effects: as `plan_follow_up`. 依据: 二(二) ("2.2")
    """
    if case.delivered_at is None or case.result_expires is None:
        raise Refused("这件没有注明有效期的结果，不需要到期提醒", CLAUSE)
    today, ends = local(at).date(), case.result_expires
    if ends < today:
        raise Refused("证照已经到期", CLAUSE)
    start, last = ends - timedelta(days=TELL_BEFORE), ends - timedelta(days=RENEW_BEFORE)
    table = day_table(by.center)
    by_day = max(last, today)
    day = table.roll(by_day).date if table.covers(by_day) else by_day
    owner = _owner(case, member, by, at)
    words = f"有效期至 {ends.year}年{ends.month}月{ends.day}日，请在届满 {RENEW_BEFORE} 日前申请延续"
    return _plan(case, FollowUp.Kind.EXPIRY, owner, words, max(start, today), due_moment(table, min(day, ends)), by, at)


def _owner(case: Case, member: Member | None, by: Actor, at: datetime) -> Member:
    """Whoever was named, else the actor, else who held the case last: one person, who is still here."""
    for found in (member, by.member, case.matter.holder):
        if found is not None and found.is_here(local(at).date()):
            return found
    raise Refused("请选定回访责任人", CLAUSE)


def _plan(
    case: Case, kind: FollowUp.Kind, owner: Member, plan: str, from_date: date, due_at: datetime, by: Actor, at: datetime
) -> FollowUp:
    row = FollowUp(
        center=by.center, case=case, kind=kind.value, member=owner, member_name=owner.name, plan=plan.strip()[:200],
        planned_by=by.label[:40], planned_at=at, from_date=from_date, due_at=due_at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(f"已经安排了{kind.label}，办完再安排下一次", CLAUSE) from error
    if not by.is_self(owner):
        text, url = f"{case.item_name} {case.code}：{row.plan}", address("cases:follow_up", row.code)
        key = f"follow-up:{row.code}"
        enqueue(to=owner, title=str(kind.label), text=text, url=url, key=key, by=by, at=at)
    words = f"安排{kind.label}，{owner.name} {local(due_at):%Y-%m-%d} 前办"
    note(case, "plan_follow_up", words, by=by, at=at, clause=CLAUSE, data={"follow_up": row.code})
    return row


@transaction.atomic
def do_follow_up(
    *, follow_up: FollowUp, way: str, result: str, text: str = "", again_days: int | None = None, by: Actor, at: datetime
) -> FollowUp:
    """Done, with what came of it; `again_days` plans the next one at once. By its owner or cover, or a leader or director.

    Whoever was not reached, or still has a problem, is asked again: then `again_days` must be given. Effects: the row, entry and
    audit "cases.follow_up". 依据: 二(二) ("2.2")
    """
    _may_do(follow_up, way, result, text, by, at)
    again = result in (FollowUp.Result.OPEN, FollowUp.Result.UNREACHED)
    if again and follow_up.kind == FollowUp.Kind.AFTERCARE and not again_days:
        raise Refused("未联系上或问题未解决的，请约定几个工作日内再次回访", CLAUSE)
    changes = {"way": way, "result": result, "text": text.strip()[:300], "done_by": by.label[:40], "done_at": at}
    if FollowUp.objects.of(by.center).filter(pk=follow_up.pk, done_at__isnull=True).update(**changes) != 1:
        raise taken()
    for name, value in changes.items():
        setattr(follow_up, name, value)
    words = f"{follow_up.get_kind_display()}（{follow_up.get_way_display()}）：{follow_up.get_result_display()}"
    note(follow_up.case, "follow_up", words, by=by, at=at, clause=CLAUSE, data={"follow_up": follow_up.code})
    if again_days and follow_up.kind == FollowUp.Kind.AFTERCARE:
        plan = f"再次回访：{follow_up.text}" if follow_up.text else "再次回访"
        plan_follow_up(case=follow_up.case, days=again_days, plan=plan, member=follow_up.member, by=by, at=at)
    return follow_up


def _may_do(follow_up: FollowUp, way: str, result: str, text: str, by: Actor, at: datetime) -> None:
    if not queries.may_do(follow_up, by, at):
        raise Refused(f"这次回访由{follow_up.member_name}负责", CLAUSE)
    if way not in FollowUp.Way.values:
        raise Refused("请选择回访方式", CLAUSE)
    if result not in RESULTS[follow_up.kind]:
        raise Refused("请选择回访结果", CLAUSE)
    if result in (FollowUp.Result.HELPED, FollowUp.Result.OPEN) and len(text.strip()) < 2:
        raise Refused("有问题的请写明情况", CLAUSE)


def sweep_follow_ups(*, by: Actor, at: datetime) -> int:
    """Plan a reminder for every certificate that runs out within 60 days; called by the tick. Returns how many were planned."""
    planned = 0
    for case in queries.expiring(by.center, at):
        planned += _attempt(case, by, at)
    return planned


def _attempt(case: Any, by: Actor, at: datetime) -> int:
    try:
        plan_expiry_reminder(case=case, by=by, at=at)
    except Refused:
        return 0  # planned by somebody a moment ago, or its owner has left: the next sweep looks again
    return 1
