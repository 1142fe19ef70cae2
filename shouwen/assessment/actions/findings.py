"""Cheating in assessing ("1.9") and putting right what is final ("1.2"): both end as facts of a month still open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from shouwen.assessment import queries
from shouwen.assessment.actions import collecting
from shouwen.assessment.actions.objections import recount
from shouwen.assessment.models import Adjustment, CollectedFact, Finding, Month
from shouwen.assessment.queries import counting, roster
from shouwen.assessment.queries.stored import fact_to_json
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.notifications.actions import enqueue
from shouwen.org import actions as org
from shouwen.org import queries as people
from shouwen.org.models import Decision, Member, Membership
from shouwen.rules.scoring import Fact

CLAUSE = "1.9"


@transaction.atomic
def record_finding(
    *,
    executor: Member,
    concerned: Member,
    kind: str,
    fact_date: date,
    account: str,
    decided_date: date,
    decided_by: str,
    count: Decimal = Decimal(1),
    minutes: int | None = None,
    by: Actor,
    at: datetime,
) -> Finding:
    """The leadership meeting found that `executor` concealed an offence of `concerned`: it is booked in the month of the finding.

    The executor loses double, in whatever ledger he has, and at year end the reward is cut by the same points (R15); the
    concealed deduction falls on the person: our addition, shown as such. Recorded by the leader or the director, never by
    either of the two. Refused for a kind the rulebook does not price and for a day to come. Effects: Decision, Finding,
    CollectedFact, audit "assessment.finding". 依据: 一(九) ("1.9")
    """
    queries.require(by, "find", CLAUSE)
    queries.same_center(by, executor, concerned)
    _refuse_wrong(executor, concerned, account, fact_date, decided_date, by, at)
    month = _pays(by, decided_date, at)
    _refuse_unpriced(by, month, kind)
    if not any(post.member_id == concerned.pk for post in _posts(by, month)):
        raise Refused(f"{concerned.name}在{month}不在岗,隐瞒的扣分无处入账", CLAUSE)
    decision = _decision(account, decided_date, decided_by, by, at)
    finding = Finding.objects.create(
        center=by.center, decision=decision, executor=executor, concerned=concerned, kind=kind, fact_date=fact_date, count=count,
        minutes=minutes, account=account.strip()[:1000], found_date=decided_date, month=month, recorded_by=by.label, recorded_at=at,
    )  # fmt: skip
    _write(month, _concealed(finding, by), "finding", at)
    recount(month, reason="班子会认定弄虚作假", by=by, at=at)
    _tell_both(finding, by, at)
    record(by=by, at=at, verb="assessment.finding", obj=finding, label=decision.code, detail={"month": month.key})
    return finding


def _decision(account: str, decided_date: date, decided_by: str, by: Actor, at: datetime) -> Decision:
    return org.record_decision(
        kind=Decision.Kind.MISCONDUCT,
        decided_date=decided_date,
        decided_by=decided_by,
        text=account,
        active_from=decided_date,
        by=by,
        at=at,
    )


def _tell_both(finding: Finding, by: Actor, at: datetime) -> None:
    for person in (finding.executor, finding.concerned):
        enqueue(
            to=person,
            title="考核弄虚作假的认定已记录",
            key=f"assessment.finding:{finding.code}:{person.code}",
            url=queries.person_path(person.code, finding.month),
            by=by,
            at=at,
        )


def _refuse_wrong(
    executor: Member, concerned: Member, account: str, fact_date: date, decided_date: date, by: Actor, at: datetime
) -> None:
    if by.is_self(executor) or by.is_self(concerned):
        raise Refused("当事人不能记录对自己的认定", CLAUSE)
    if executor.pk == concerned.pk:
        raise Refused("考核执行人与被隐瞒人不能是同一人", CLAUSE)
    if not account.strip():
        raise Refused("请写明弄虚作假的经过", CLAUSE)
    if not fact_date <= decided_date <= local(at).date():
        raise Refused("日期颠倒:发生在前,认定在后,都不能晚于今天", CLAUSE)


def _concealed(finding: Finding, by: Actor) -> Fact:
    """The concealed offence as a fact: its own day gives its place in the counter, `booked` the month that pays (R15)."""
    found = finding.found_date
    return Fact(
        id=f"assessment.finding:{finding.code}",
        kind=finding.kind,
        subject=finding.concerned.code,
        date=finding.fact_date,
        count=finding.count,
        minutes=finding.minutes,
        reason=f"考核弄虚作假,经班子会 {found.month}月{found.day}日 认定:本应扣分而隐瞒,补记到本人(补记一项制度原文未写明,系本系统所加)",
        booked=finding.month.month,
        attrs={"concealed_by": finding.executor.code, "recorded_by": by.member.code if by.member else ""},
    )


def _pays(by: Actor, day: date, at: datetime) -> Month:
    """The month that pays: that of the day, or the first one after it that is still open; held until the transaction ends."""
    first, this = day.replace(day=1), local(at).date().replace(day=1)
    while True:
        month = collecting.locked(by.center, first, at)
        if not month.is_settled:
            return month
        if first >= this:
            raise Refused("本月考核已冻结,请在下月办理", CLAUSE)
        first = roster.next_month(first)


def _posts(by: Actor, month: Month) -> list[Membership]:
    return [post for post in people.members_on_post(by.center, month.month, roster.next_month(month.month)) if post.is_assessed]


def _refuse_unpriced(by: Actor, month: Month, kind: str) -> None:
    version = counting.version_for(by.center, month.month)
    assert version is not None
    if (kind, "member") not in version.parsed.plan.by_kind:
        raise Refused("所选行为在现行制度中没有对应的项目", CLAUSE)


def _write(month: Month, fact: Fact, source: str, at: datetime) -> None:
    CollectedFact.objects.create(
        center_id=month.center_id, fact=fact.id, kind=fact.kind, subject=fact.subject, date=fact.date, month=month, status=fact.status,
        payload=fact_to_json(fact), source=source, collected_at=at,
    )  # fmt: skip


@transaction.atomic
def adjust(*, member: Member, about: Month, points: Decimal, reason: str, by: Actor, at: datetime) -> Adjustment:
    """Propose to put a final month right by an entry in a month still open; `points` added (+) or deducted (−).

    Refused while the month can still be corrected by an objection, for oneself, and without a reason. Another person confirms.
    Effects: Adjustment, audit "assessment.adjust". 依据: 一(二) ("1.2")
    """
    queries.require(by, "adjust", "1.2")
    queries.same_center(by, member, about)
    if by.is_self(member):
        raise Refused("不能更正自己的考核结果", CLAUSE)
    if about.state != Month.State.FINAL:
        raise Refused("该月尚未定案,请通过异议更正", "1.2")
    if not reason.strip() or not -100 <= points <= 100 or not points:
        raise Refused("请写明分值(不超过 100 分)和理由", "1.2")
    row = Adjustment.objects.create(
        center=by.center,
        member=member,
        about=about,
        points=points,
        reason=reason.strip()[:500],
        proposer=by.member,
        proposed_at=at,
    )
    record(by=by, at=at, verb="assessment.adjust", obj=row, label=f"{about} {member.name}", detail={"points": str(points)})
    return row


@transaction.atomic
def confirm_adjustment(*, adjustment: Adjustment, confirmed: bool, by: Actor, at: datetime) -> Adjustment:
    """A second person confirms or rejects; confirmed, it becomes a line of the first open month. Audit "assessment.adjust.confirm"."""
    queries.require(by, "adjust", "1.2")
    queries.same_center(by, adjustment)
    if by.is_self(adjustment.member) or by.is_self(adjustment.proposer):
        raise Refused("须由提出人和当事人以外的人确认", CLAUSE)
    month = _pays(by, local(at).date(), at) if confirmed else None
    if month is not None:
        month = collecting.locked(by.center, queries.first_open_month(by.center) or month.month, at)
    state = Adjustment.State.CONFIRMED if confirmed else Adjustment.State.REJECTED
    rows = Adjustment.objects.of(by.center).filter(pk=adjustment.pk, state=Adjustment.State.PROPOSED)
    if rows.update(state=state, confirmer=by.member, confirmed_at=at, month=month) != 1:
        raise taken()
    adjustment.refresh_from_db()
    if month is not None:
        kind = "adjustment_add" if adjustment.points > 0 else "adjustment_deduct"
        fact = Fact(
            id=f"assessment.adjustment:{adjustment.code}", kind=kind, subject=adjustment.member.code, date=month.month,
            value=abs(adjustment.points), reason=f"更正{adjustment.about}:{adjustment.reason}", attrs={"recorded_by": adjustment.proposer.code},
        )  # fmt: skip
        _write(month, fact, "adjustment", at)
        recount(month, reason="更正入账", by=by, at=at)
        title = f"{adjustment.about}考核的更正已入账"
        enqueue(
            to=adjustment.member,
            title=title,
            key=f"assessment.adjust:{adjustment.code}",
            url=queries.person_path(adjustment.member.code, month),
            by=by,
            at=at,
        )
    record(
        by=by,
        at=at,
        verb="assessment.adjust.confirm",
        obj=adjustment,
        label=str(adjustment.about),
        detail={"confirmed": confirmed},
    )
    return adjustment
