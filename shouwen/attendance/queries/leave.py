"""Leave: lists, overlaps, and what its length asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from shouwen.attendance.models import Leave, LeaveApproval
from shouwen.attendance.queries.material import halves_on, moments, span_of
from shouwen.attendance.queries.parameters import leave_ladder
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Member, Role
from shouwen.rules.leaves import Span, Tier, adjoin, approvers, halves, length, tier_for
from shouwen.rules.scoring.values import plain
from shouwen.workcalendar.queries import day_table

LIVE = (Leave.State.PENDING, Leave.State.APPROVED)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a leave asks for: its working half days, the whole absence with adjoining leave, the tier and the approvers."""

    half_days: int
    days: Decimal
    tier: Tier
    approvers: tuple[str, ...]
    adjoining: tuple[Leave, ...]
    starts_at: datetime
    ends_at: datetime

    @property
    def text(self) -> str:
        """Why these approvers: 共 2 天,0.5以上(不含)(天)."""
        joined = f"与{'、'.join(one.words for one in self.adjoining)}相连," if self.adjoining else ""
        return f"{joined}共 {plain(self.days)} 天,按{self.tier.text}一档"


def leaves_on(center: Any, days: Sequence[date]) -> list[str]:
    """Leave that touches one of the days, in words, for the calendar's preview (clock.md L4)."""
    if not days:
        return []
    near = (
        Leave.objects.of(center)
        .filter(state__in=LIVE, start_date__lte=max(days), end_date__gte=min(days))
        .select_related("member")
    )
    hit = [leave for leave in near.order_by("start_date") if any(leave.start_date <= day <= leave.last_date for day in days)]
    return [f"{leave.member.name} {leave.words}" for leave in hit]


def live_leaves(member: Member, span: Span, margin: int = 15) -> list[Leave]:
    """The person's pending and approved leaves near a span (days of rest may lie between adjoining ones)."""
    first = date.fromordinal(span.first[0].toordinal() - margin)
    last = date.fromordinal(span.last[0].toordinal() + margin)
    near = Leave.objects.of(member.center_id).filter(member=member, state__in=LIVE, start_date__lte=last, end_date__gte=first)
    return list(near.order_by("start_date", "start_half"))


def overlapping(member: Member, span: Span) -> Leave | None:
    """A live leave of the person that shares a half day with the span."""
    return next((leave for leave in live_leaves(member, span) if span_of(leave).meets(span)), None)


def demand(member: Member, span: Span, kind: str, own_roles: frozenset[str]) -> Demand | None:
    """What a leave over the span asks for; None when nothing in it is worked. Raises `rules.leaves.LadderError`.

    Leave that adjoins it (only days of rest between) counts together with it: half a day and half a day are one day.
    """
    table = day_table(member.center)

    def works(day: date) -> tuple[str, ...]:
        return halves_on(table, day)

    worked, limits = halves(span, works), moments(table, span)
    if not worked or limits is None:
        return None
    joined, grown = [], [span]
    waiting = live_leaves(member, span)
    while near := [leave for leave in waiting if any(adjoin(span_of(leave), one, works) for one in grown)]:
        joined += near
        grown += [span_of(leave) for leave in near]
        waiting = [leave for leave in waiting if leave not in near]
    days = length(grown, works)
    tier = tier_for(leave_ladder(member.center, span.first[0]), days, kind, _post(member, span.first[0]))
    return Demand(len(worked), days, tier, approvers(tier, own_roles), tuple(joined), *limits)


def _post(member: Member, on: date) -> str:
    posts = org.members_on_post(member.center, on, on + timedelta(days=1))
    return next((row.post for row in posts if row.member_id == member.pk), "")


def _steps() -> Prefetch[Any]:
    return Prefetch("approvals", LeaveApproval.objects.select_related("member").order_by("order"), to_attr="steps")


def leaves(center: Any, *, member: Member | None = None, mine: Member | None = None, state: str = "") -> QuerySet[Leave]:
    """Newest first, with people and steps: of the centre, of one `member`, or those `mine` filed for or asked to cover."""
    rows = Leave.objects.of(center).select_related("member", "cover").prefetch_related(_steps())
    if member is not None:
        rows = rows.filter(member=member)
    if mine is not None:
        rows = rows.filter(Q(member=mine) | Q(cover=mine, cover_state__in=[Leave.Cover.ASKED, Leave.Cover.ACCEPTED]))
    if state in Leave.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("-filed_at", "-id")


def steps_of(leave: Leave) -> list[LeaveApproval]:
    return list(leave.approvals.select_related("member").order_by("order"))


def waiting_step(leave: Leave) -> LeaveApproval | None:
    """The step whose turn it is, None when all have answered."""
    return next((step for step in steps_of(leave) if step.state == LeaveApproval.State.WAITING), None)


def on_leave(member: Member, moment: datetime) -> Leave | None:
    """The approved leave that covers a moment (an early return ends it)."""
    rows = Leave.objects.of(member.center_id).filter(
        member=member, state=Leave.State.APPROVED, starts_at__lte=moment, ends_at__gt=moment
    )
    for leave in rows:
        limits = moments(day_table(member.center), span_of(leave))
        if limits and limits[0] <= moment < limits[1]:
            return leave
    return None


def role_name(role: str) -> str:
    return Role(role).label if role in Role.values else role


def ladder_words(center: Any, at: datetime) -> list[str]:
    """The ladder of today in words: 0.5以下(含)(天):口头,中心负责人审批."""
    found = []
    for tier in leave_ladder(center, local(at).date()):
        form = "书面" if tier.form == Leave.Form.WRITTEN else "口头"
        who = "、".join(role_name(role) for role in tier.approvers)
        found.append(f"{tier.text}:{form}提出,{who}审批{',须有代班人并经其确认' if tier.cover else ''}")
    return found


def leave_table(rows: Iterable[Leave]) -> tuple[list[str], list[list[Any]]]:
    """Leave as columns and rows of a sheet, without reasons."""
    columns = ["编号", "姓名", "类别", "起止", "工作日", "代班人", "状态", "补假", "申请时间", "销假"]
    table = [
        [
            row.code,
            row.member.name,
            row.get_kind_display(),
            row.words,
            row.half_days / 2,
            row.cover.name if row.cover else "",
            row.get_state_display(),
            "是" if row.is_backdated else "",
            row.filed_at,
            row.returned_at,
        ]
        for row in rows
    ]
    return columns, table


def form_source(leave: Leave) -> str:
    """What the form is made from: one when approved, one more after the return (销假)."""
    return f"{leave.source}:{'returned' if leave.returned_at else 'approved'}"
