"""Asking for leave, covering, approving, coming back ("1.4.1")."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from shouwen.attendance.actions.slots import recompute
from shouwen.attendance.actions.telling import tell, tell_role
from shouwen.attendance.models import Leave, LeaveApproval
from shouwen.attendance.queries import leave as reading
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.material import span_of
from shouwen.audit.actions import record
from shouwen.core import files
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.duty.actions import give_back_slots, give_slots
from shouwen.org import actions as org_actions
from shouwen.org import queries as org
from shouwen.org.models import Member
from shouwen.rules.leaves import CLAUSE, LadderError, Span


@transaction.atomic
def ask_leave(
    *,
    member: Member,
    kind: str,
    span: Span,
    reason: str,
    cover: Member | None = None,
    upload: Any = None,
    backdated_reason: str = "",
    by: Actor,
    at: datetime,
) -> Leave:
    """Ask for leave over the span, for oneself, or record what somebody asked orally (leader, director, assessor).

    Refused when nothing in the span is worked, when it overlaps other leave, when a cover is needed and none is named or
    the cover is away, and when the session has begun: unless an authorised other person files it later with a reason (补假).
    Effects: Leave with its steps, audit "attendance.leave.ask", notices to the cover and the first approver.
    依据: 一(四)1 ("1.4.1"); R17, R21
    """
    if not by.is_self(member):
        rights.require(by, "file")
    org.lock_center(by.center)
    asked = _demand(member, span, kind, at)
    if clash := reading.overlapping(member, span):
        raise Refused(f"与已有请假({clash.words},{clash.get_state_display()})重叠", CLAUSE)
    _check_cover(member, cover, span, asked, at)
    backdated = _check_time(member, asked.starts_at, backdated_reason, by, at)
    words = {"reason": reason.strip(), "backdated_reason": backdated_reason.strip() if backdated else ""}
    evidence = files.save(upload).name if upload else ""
    leave = _write(span, asked, by, at, member=member, kind=kind, cover=cover, evidence=evidence, **words)
    _tell_asked(leave, asked.approvers[0], by, at)
    detail = {"kind": kind, "half_days": asked.half_days, "backdated": backdated}
    record(by=by, at=at, verb="attendance.leave.ask", obj=leave, label=f"{member.name} {leave.words}", detail=detail)
    return leave


def _write(span: Span, asked: reading.Demand, by: Actor, at: datetime, **told: Any) -> Leave:
    """The leave and its steps."""
    (start_date, start_half), (end_date, end_half) = span.first, span.last
    leave = Leave.objects.create(
        center=by.center,
        start_date=start_date,
        start_half=start_half,
        end_date=end_date,
        end_half=end_half,
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        half_days=asked.half_days,
        form=asked.tier.form,
        ladder=asked.text[:160],
        cover_state=Leave.Cover.ASKED if told["cover"] else Leave.Cover.NONE,
        is_backdated=bool(told["backdated_reason"]),
        filed_by=by.label,
        filed_at=at,
        **told,
    )
    LeaveApproval.objects.bulk_create(
        LeaveApproval(center=by.center, leave=leave, order=order, role=role) for order, role in enumerate(asked.approvers)
    )
    return leave


def _demand(member: Member, span: Span, kind: str, at: datetime) -> reading.Demand:
    roles = org.roles_of(member, local(at).date())
    try:
        asked = reading.demand(member, span, kind, roles)
    except LadderError as error:
        raise Refused(str(error), CLAUSE) from error
    if asked is None:
        raise Refused("所选时间都不上班,不用请假", CLAUSE)
    return asked


def _check_cover(member: Member, cover: Member | None, span: Span, asked: reading.Demand, at: datetime) -> None:
    if cover is None:
        if asked.tier.cover:
            raise Refused("超过半天的请假须先安排代班人,并由其确认", CLAUSE)
        return
    if cover.pk == member.pk:
        raise Refused("代班人不能是本人", CLAUSE)
    if cover.left_date is not None and cover.left_date <= span.last[0]:
        raise Refused(f"{cover.name}届时已不在本中心", CLAUSE)
    if away := reading.overlapping(cover, span):
        raise Refused(f"{cover.name}在此期间也请假({away.words}),不能代班", CLAUSE)


def _check_time(member: Member, starts_at: datetime, reason: str, by: Actor, at: datetime) -> bool:
    """Beforehand means before the session begins; afterwards only as 补假, by another, with a reason."""
    if at < starts_at:
        return False
    began = f"{local(starts_at):%m月%d日 %H:%M} 已上班"
    if not reason.strip():
        raise Refused(f"请假须事先提出:{began};确有原因的,请由中心负责人、分管领导或考核员说明理由办理补假", CLAUSE)
    rights.require(by, "file")
    rights.require_other(by, member, "补办")
    return True


def _tell_asked(leave: Leave, role: str, by: Actor, at: datetime) -> None:
    when = leave.words
    if leave.cover is not None:
        tell(leave.cover, "请您代班", f"{leave.member.name}{when}请假,请您代班,请确认", leave, "cover", by, at)
    tell_role(role, "请假待批", f"{leave.member.name}申请{when}{leave.get_kind_display()}", leave, "step:0", by, at)


@transaction.atomic
def answer_cover(*, leave: Leave, accepted: bool, by: Actor, at: datetime) -> Leave:
    """The named cover accepts or declines; nobody else can. With the last approval it makes the leave approved.

    Effects: cover state, audit "attendance.leave.cover", notice to the person; on approval see `decide_leave`.
    依据: 一(四)1 ("1.4.1")
    """
    if not by.is_self(leave.cover):
        raise Refused("代班须由代班人本人确认", CLAUSE)
    state = Leave.Cover.ACCEPTED if accepted else Leave.Cover.DECLINED
    rows = Leave.objects.of(by.center).filter(
        pk=leave.pk, cover=by.member, cover_state=Leave.Cover.ASKED, state=Leave.State.PENDING
    )
    if rows.update(cover_state=state, covered_at=at) != 1:
        raise taken()
    leave.refresh_from_db()
    word = "已确认代班" if accepted else "未接受代班,请另行安排"
    tell(leave.member, "代班答复", f"{by.label}{word}({leave.words})", leave, f"cover:{at:%Y%m%d%H%M%S}", by, at)
    record(by=by, at=at, verb="attendance.leave.cover", obj=leave, label=word, detail={"accepted": accepted})
    _settle(leave, by, at)
    return leave


@transaction.atomic
def change_cover(*, leave: Leave, cover: Member, by: Actor, at: datetime) -> Leave:
    """The person names another cover while the leave is pending. Effects: cover asked anew, audit, notice. "1.4.1" """
    if not by.is_self(leave.member):
        raise Refused("代班人由请假人本人安排", CLAUSE)
    org.lock_center(by.center)
    _check_cover(leave.member, cover, span_of(leave), _demand_again(leave, at), at)
    rows = Leave.objects.of(by.center).filter(pk=leave.pk, state=Leave.State.PENDING).exclude(cover_state=Leave.Cover.ACCEPTED)
    if rows.update(cover=cover, cover_state=Leave.Cover.ASKED, covered_at=None) != 1:
        raise taken()
    leave.refresh_from_db()
    text = f"{leave.member.name}{leave.words}请假,请您代班,请确认"
    tell(cover, "请您代班", text, leave, f"cover:{cover.code}", by, at)
    record(by=by, at=at, verb="attendance.leave.change_cover", obj=leave, label=f"改由{cover.name}代班")
    return leave


def _demand_again(leave: Leave, at: datetime) -> reading.Demand:
    return _demand(leave.member, span_of(leave), leave.kind, at)


@transaction.atomic
def decide_leave(*, leave: Leave, approved: bool, note: str = "", by: Actor, at: datetime) -> Leave:
    """Answer the step whose turn it is: in order, by its role (or its cover), never for oneself, never twice.

    The last approval, once the cover has accepted, makes the leave approved: the substitution is written, the roster
    freed, the slots worked out again. A refusal ends it. Effects: step, Leave, audit "attendance.leave.decide", notices.
    依据: 一(四)1 ("1.4.1")
    """
    rights.require_other(by, leave.member, "审批")
    step = reading.waiting_step(leave)
    if step is None or leave.state != Leave.State.PENDING:
        raise taken()
    if not rights.stands_for(by, step.role, at):
        raise Refused(f"这一步由{reading.role_name(step.role)}审批", CLAUSE)
    state = LeaveApproval.State.APPROVED if approved else LeaveApproval.State.REJECTED
    waiting = LeaveApproval.objects.of(by.center).filter(pk=step.pk, state=LeaveApproval.State.WAITING)
    if waiting.update(state=state, member=by.member, decided_at=at, note=note.strip()) != 1:
        raise taken()
    word = "同意" if approved else "不同意"
    record(
        by=by, at=at, verb="attendance.leave.decide", obj=leave, label=f"{leave.member.name} {word}", detail={"step": step.role}
    )
    if not approved:
        _move(leave, Leave.State.PENDING, Leave.State.REJECTED)
        tell(leave.member, "请假未批准", f"{leave.words}未批准,意见见请假页", leave, "rejected", by, at)
        return leave
    following = reading.waiting_step(leave)
    if following is not None:
        text = f"{leave.member.name}申请{leave.words}{leave.get_kind_display()}"
        tell_role(following.role, "请假待批", text, leave, f"step:{following.order}", by, at)
    _settle(leave, by, at)
    return leave


def _settle(leave: Leave, by: Actor, at: datetime) -> None:
    """Approved by all and covered: the leave holds, and everything that hangs on it follows."""
    if leave.cover_state not in (Leave.Cover.NONE, Leave.Cover.ACCEPTED) or reading.waiting_step(leave) is not None:
        return
    _move(leave, Leave.State.PENDING, Leave.State.APPROVED)
    if leave.cover is not None:
        org_actions.record_substitution(
            member=leave.member,
            cover=leave.cover,
            starts_at=leave.starts_at,
            ends_at=leave.ends_at,
            source=leave.source,
            by=by,
            at=at,
        )
        give_slots(member=leave.member, cover=leave.cover, start=leave.start_date, end=leave.end_date, by=by, at=at)
    tell(leave.member, "请假已批准", f"{leave.words}{leave.get_kind_display()}已批准", leave, "approved", by, at)
    _again(leave, by, at)


def _release(leave: Leave, start: date, by: Actor, at: datetime) -> None:
    """The cover is free from `start` on, and what the cover took over for those days goes back."""
    org_actions.end_substitution(source=leave.source, by=by, at=at)
    if leave.cover is not None:
        give_back_slots(member=leave.member, cover=leave.cover, start=start, end=leave.end_date, by=by, at=at)


def _move(leave: Leave, old: str, new: str, **more: Any) -> None:
    if Leave.objects.of(leave.center_id).filter(pk=leave.pk, state=old).update(state=new, **more) != 1:
        raise taken()
    leave.refresh_from_db()


def _again(leave: Leave, by: Actor, at: datetime) -> None:
    """Work the days of a leave out again, as far as they are past."""
    end = min(leave.end_date, local(at).date())
    if leave.start_date <= end:
        for member in filter(None, (leave.member, leave.cover)):
            recompute(start=leave.start_date, end=end, by=by, at=at, only=member)


@transaction.atomic
def withdraw_leave(*, leave: Leave, reason: str = "", by: Actor, at: datetime) -> Leave:
    """The person takes back what is not decided, or cancels approved leave that has not begun: shifts taken over go back.

    Who files leave may do it for the person, with a reason, and the person is told. Audit, notices. "1.4.1"
    """
    if not by.is_self(leave.member):
        rights.require(by, "file")
        if len(reason.strip()) < 2:
            raise Refused("代本人撤回请假须写明原因,本人会收到通知", CLAUSE)
    if leave.state == Leave.State.PENDING:
        _move(leave, Leave.State.PENDING, Leave.State.WITHDRAWN)
    else:
        if leave.state != Leave.State.APPROVED or at >= leave.starts_at:
            raise Refused("请假已开始或已结束,请办理销假", CLAUSE)
        _move(leave, Leave.State.APPROVED, Leave.State.CANCELLED)
        _release(leave, leave.start_date, by, at)
    if leave.cover is not None:
        text = f"{leave.member.name}{leave.words}的请假已撤回,不用代班"
        tell(leave.cover, "不用代班了", text, leave, "withdrawn", by, at)
    if not by.is_self(leave.member):
        text = f"{by.label}撤回了您{leave.words}的请假:{reason.strip()}。这几天须照常到岗,有不同意见请联系中心负责人"
        tell(leave.member, "您的请假已被撤回", text, leave, "taken_back", by, at)
    label = f"{leave.member.name} {leave.get_state_display()}"
    record(by=by, at=at, verb="attendance.leave.withdraw", obj=leave, label=label, detail={"reason": reason.strip()})
    return leave


@transaction.atomic
def return_from_leave(*, leave: Leave, last: tuple[date, str], by: Actor, at: datetime) -> Leave:
    """销假: the last half day really taken; the rest of the leave no longer excuses. Only shortens, only once.

    By the person or who files leave. Effects: return on the Leave, substitution ended, later shifts back, slots worked out again, audit.
    依据: 一(四)1 ("1.4.1")
    """
    if not by.is_self(leave.member):
        rights.require(by, "file")
    first, end = (leave.start_date, leave.start_half), (leave.end_date, leave.end_half)
    if not first <= last <= end:
        raise Refused("实际结束时间须在请假起止之间;没有休的假请撤回,要延长请另行请假", CLAUSE)
    unreturned = Leave.objects.of(by.center).filter(pk=leave.pk, state=Leave.State.APPROVED, returned_at__isnull=True)
    if unreturned.update(returned_date=last[0], returned_half=last[1], returned_at=at) != 1:
        raise taken()
    leave.refresh_from_db()
    if last < end:
        _release(leave, last[0] + timedelta(days=1), by, at)
    record(
        by=by,
        at=at,
        verb="attendance.leave.return",
        obj=leave,
        label=f"{leave.member.name}销假",
        detail={"last": [str(last[0]), last[1]]},
    )
    _again(leave, by, at)
    return leave
