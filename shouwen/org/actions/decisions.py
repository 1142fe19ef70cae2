"""What the leadership meeting decided, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from shouwen.audit import actions as audit
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.org import queries
from shouwen.org.models import Decision, Member, Substitution

# Of these one is in force at a time: a new one ends the old.
STANDING = frozenset({Decision.Kind.POINT_VALUE, Decision.Kind.OBJECTION_DAYS, Decision.Kind.READINGS})


@transaction.atomic
def record_decision(
    *,
    kind: str,
    decided_date: date,
    decided_by: str,
    text: str,
    active_from: date,
    value: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Put a decision of the meeting on record. 依据: "1.1" (value of a point), "1.9" (misconduct)

    A point value (yuan, ≥ 0) or objection period (working days, 1–60), and the confirmation of readings, replace the
    one before from `active_from` on; refused when it does not lie later. A misconduct finding is recorded by the
    leader or director, never by an assessor. Effects: Decision, audit "org.record_decision".
    """
    queries.require(by, "misconduct" if kind == Decision.Kind.MISCONDUCT else "decisions")
    _check_value(kind, value)
    center = queries.lock_center(by.center)
    if kind in STANDING:
        standing = Decision.objects.of(center).filter(kind=kind)
        if standing.filter(active_from__gte=active_from).exists():
            raise Refused("生效日须晚于上一次同类决定的生效日")
        reaching = Q(active_to__isnull=True) | Q(active_to__gt=active_from)
        standing.filter(reaching).update(active_to=active_from)
    decision = Decision.objects.create(
        center=center,
        kind=kind,
        decided_date=decided_date,
        decided_by=decided_by.strip(),
        text=text.strip(),
        value=value,
        active_from=active_from,
        recorded_by=by.label,
        recorded_at=at,
    )
    detail = {"kind": kind, "from": active_from.isoformat(), "value": str(value) if value is not None else ""}
    audit.record(by=by, at=at, verb="org.record_decision", obj=decision, label=decision.get_kind_display(), detail=detail)
    return decision


def _check_value(kind: str, value: Decimal | None) -> None:
    if kind == Decision.Kind.POINT_VALUE and (value is None or not 0 <= value <= 10000):
        raise Refused("请填写每分多少元(0 至 10000)", "1.1")
    if kind == Decision.Kind.OBJECTION_DAYS and (value is None or value != int(value) or not 1 <= value <= 60):
        raise Refused("异议期限须为 1 至 60 个工作日的整数", "1.2")
    if kind not in (Decision.Kind.POINT_VALUE, Decision.Kind.OBJECTION_DAYS) and value is not None:
        raise Refused("此类决定不填数值")


@transaction.atomic
def end_decision(*, decision: Decision, last_date: date, by: Actor, at: datetime) -> None:
    """The decision holds through `last_date` and no longer; it stays on record. Audit "org.end_decision"."""
    queries.require(by, "misconduct" if decision.kind == Decision.Kind.MISCONDUCT else "decisions", decision)
    end = last_date + timedelta(days=1)
    if end < decision.active_from:
        raise Refused("截止日早于生效日")
    live = Decision.objects.of(by.center).filter(pk=decision.pk, active_to__isnull=True)
    if live.update(active_to=end) != 1:
        raise taken()
    label = decision.get_kind_display()
    audit.record(by=by, at=at, verb="org.end_decision", obj=decision, label=label, detail={"last_day": last_date.isoformat()})


@transaction.atomic
def record_substitution(
    *, member: Member, cover: Member, starts_at: datetime, ends_at: datetime, source: str, by: Actor, at: datetime
) -> Substitution:
    """`cover` stands in for `member` in [starts_at, ends_at); written when the cover has accepted. 依据: "1.4.1"

    `source` names what it comes from ("attendance.leave:QJ-…"); the same source twice gives the same row. Refused when
    either is already standing in or stood in for at that time. Effects: Substitution, audit "org.substitution".
    """
    center = queries.lock_center(by.center)
    if member.center_id != center.pk or cover.center_id != center.pk:
        raise Refused("代班人员须为本中心人员", "1.4.1")
    if member.pk == cover.pk:
        raise Refused("不能由本人代班", "1.4.1")
    live = Substitution.objects.of(center).filter(ended_at__isnull=True)
    if same := live.filter(source=source, member=member, cover=cover, starts_at=starts_at, ends_at=ends_at).first():
        return same
    clash = live.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if clash.filter(member__in=(member, cover)).exists():
        raise Refused("该时段已安排代班,或代班人自己也不在岗", "1.4.1")
    row = Substitution.objects.create(
        center=center, member=member, cover=cover, starts_at=starts_at, ends_at=ends_at, source=source
    )
    audit.record(
        by=by, at=at, verb="org.substitution", obj=member, label=f"{cover.name}代{member.name}", detail={"source": source}
    )
    return row


@transaction.atomic
def end_substitution(*, source: str, by: Actor, at: datetime) -> int:
    """The person is back (or the leave is withdrawn): what the source started ends now; returns how many rows ended."""
    live = Substitution.objects.of(by.center).filter(source=source, ended_at__isnull=True, ends_at__gt=at)
    count = live.update(ended_at=at)
    if count:
        audit.record(by=by, at=at, verb="org.end_substitution", label=source, detail={"rows": count})
    return count
