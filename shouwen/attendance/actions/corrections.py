"""A missed punch made good, or decided by a person once the time for that has passed (R20)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from shouwen.attendance.actions.slots import recompute
from shouwen.attendance.actions.telling import tell, tell_role
from shouwen.attendance.models import Correction, SlotResult
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.material import half_span
from shouwen.audit.actions import record
from shouwen.core import files
from shouwen.core.actors import Actor
from shouwen.core.clock import is_of_month
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org
from shouwen.org.models import Member
from shouwen.rules.punches import ABSENT, MISSING, PENDING, UNDECIDED
from shouwen.rules.workdays import ZONE
from shouwen.workcalendar.queries import day_table

OPEN = (MISSING, ABSENT, PENDING, UNDECIDED)
CLAUSES = {"in": "1.3.1", "out": "1.3.2"}


@transaction.atomic
def ask_correction(*, slot: SlotResult, claimed: time, reason: str, upload: Any = None, by: Actor, at: datetime) -> Correction:
    """The person says when they really came or went, with evidence, before the deadline (default 3 working days, R20).

    Refused for others' slots, where a punch is there, for a time outside the half day, and after the deadline: then the
    slot is named for a person's decision. Effects: Correction, audit "attendance.correction.ask", notice to the approver.
    依据: 一(三)1、一(三)2 ("1.3.1", "1.3.2")
    """
    clause = CLAUSES[slot.side]
    if not by.is_self(slot.member):
        raise Refused("补卡由本人提出", clause)
    if slot.state not in OPEN or slot.punched_at is not None:
        raise Refused("这一次已有打卡或不需打卡,不用补", clause)
    claimed_at = datetime.combine(slot.date, claimed, ZONE)
    _check_moment(slot, claimed_at, by.center, at)
    if slot.correct_until is not None and at > slot.correct_until:
        raise Refused(
            f"补卡期限 {slot.correct_until.astimezone(ZONE):%m月%d日 %H:%M} 已过,由中心负责人、分管领导或考核员认定", clause
        )
    row = Correction(
        center=by.center,
        member=slot.member,
        date=slot.date,
        session=slot.session,
        side=slot.side,
        claimed_at=claimed_at,
        reason=reason.strip(),
        asked_by=by.label,
        asked_at=at,
    )
    _only_one(row)
    row.evidence = files.save(upload).name if upload else ""
    row.save(force_insert=True)
    role = approver_role(slot.member, slot.date)
    tell_role(role, "补卡待批", f"{slot.member.name} {slot.date:%m月%d日}{row.slot}补卡", row, "asked", by, at)
    record(by=by, at=at, verb="attendance.correction.ask", obj=row, label=f"{slot.member.name} {slot.date} {row.slot}")
    return row


def approver_role(member: Member, on: date) -> str:
    """The leader; for a leader's own, the director."""
    return "director" if "leader" in org.roles_of(member, on) else "leader"


def _check_moment(slot: SlotResult, claimed_at: datetime, center: Any, at: datetime) -> None:
    if claimed_at > at:
        raise Refused("所报时间还没有到", CLAUSES[slot.side])
    span = half_span(day_table(center), (slot.date, "am" if slot.session == "am" else "pm"))
    middle = span[0] + (span[1] - span[0]) / 2 if span else claimed_at
    if (slot.side == "in") != (claimed_at < middle):
        raise Refused("所报时间与这一次打卡对不上:签到须在前半段,签退须在后半段", CLAUSES[slot.side])


def _only_one(row: Correction) -> None:
    """One live request a slot; the database keeps the second of two at once out as well."""
    org.lock_center(row.center)
    live = Correction.objects.of(row.center).filter(member=row.member, date=row.date, session=row.session, side=row.side)
    if live.filter(state__in=[Correction.State.PENDING, Correction.State.APPROVED]).exists():
        raise Refused("这一次已申请或已认定,不能重复", CLAUSES[row.side])


@transaction.atomic
def decide_correction(*, correction: Correction, approved: bool, note: str = "", by: Actor, at: datetime) -> Correction:
    """The leader (for a leader's own: the director) approves or not; never the person, never who covers for them.

    Approved, the claimed time counts as a punch and the slot is worked out again, which takes a deduction back.
    Effects: Correction, slots, audit "attendance.correction.decide", notice. 依据: 一(三)1、一(三)2 ("1.3.1", "1.3.2")
    """
    member = correction.member
    rights.require_other(by, member, "审批")
    role = approver_role(member, correction.date)
    if not rights.stands_for(by, role, at) and not (role == "leader" and by.has("director")):
        raise Refused("补卡由中心负责人审批,负责人本人的由分管领导审批", CLAUSES[correction.side])
    moment = correction.claimed_at or datetime.combine(correction.date, time(12), ZONE)
    cover = org.cover_of(member, moment)
    if cover is not None and by.is_self(cover):
        raise Refused("代班人不能审批被代人的补卡", "1.9")
    state = Correction.State.APPROVED if approved else Correction.State.REJECTED
    waiting = Correction.objects.of(by.center).filter(pk=correction.pk, state=Correction.State.PENDING)
    if waiting.update(state=state, decided_by=by.member, decided_at=at, decision=note.strip()) != 1:
        raise taken()
    correction.refresh_from_db()
    word = correction.get_state_display()
    tell(
        member,
        f"补卡{word}",
        f"{correction.date.month}月{correction.date.day}日{correction.slot}:{word}",
        correction,
        "decided",
        by,
        at,
    )
    record(by=by, at=at, verb="attendance.correction.decide", obj=correction, label=f"{member.name} {word}")
    if approved:
        recompute(start=correction.date, end=correction.date, by=by, at=at, only=member)
        if not is_of_month(correction.date, at):
            ask = f"{member.name} {correction.date.month}月{correction.date.day}日{correction.slot}。该月已冻结或公示的,请在“更正”中退回所扣的分"
            tell_role("assessor", "以前月份的补卡已批准", ask, correction, "late", by, at)
    return correction


@transaction.atomic
def withdraw_correction(*, correction: Correction, by: Actor, at: datetime) -> Correction:
    """The person takes the request back while nobody has decided it. Audit. "1.3.1" """
    if not by.is_self(correction.member):
        raise Refused("补卡由本人撤回", "1.3.1")
    waiting = Correction.objects.of(by.center).filter(pk=correction.pk, state=Correction.State.PENDING)
    if waiting.update(state=Correction.State.WITHDRAWN) != 1:
        raise taken()
    correction.refresh_from_db()
    record(by=by, at=at, verb="attendance.correction.withdraw", obj=correction)
    return correction


@transaction.atomic
def decide_slot(*, slot: SlotResult, outcome: str, reason: str, by: Actor, at: datetime) -> Correction:
    """A person says what an undecided slot is taken to be: normal, late, left early or absent, with the reason (R20).

    Refused for one's own, and where nothing is undecided. Effects: an approved Correction with the outcome, the slot
    worked out again, audit "attendance.slot.decide", notice. 依据: 一(三)1、一(四)1 ("1.3.1", "1.4.1")
    """
    rights.require(by, "decide")
    rights.require_other(by, slot.member, "认定")
    if slot.state != UNDECIDED:
        raise taken()
    row = Correction(
        center=by.center,
        member=slot.member,
        date=slot.date,
        session=slot.session,
        side=slot.side,
        reason="补卡期限已过,由人认定",
        is_late=True,
        state=Correction.State.APPROVED,
        outcome=outcome,
        asked_by=by.label,
        asked_at=at,
        decided_by=by.member,
        decided_at=at,
        decision=reason.strip(),
    )
    # A request nobody answered in time is answered by this decision.
    asked = Correction.objects.of(by.center).filter(member=slot.member, date=slot.date, session=slot.session, side=slot.side)
    asked.filter(state=Correction.State.PENDING).update(
        state=Correction.State.REJECTED, decided_by=by.member, decided_at=at, decision="期限已过,改由认定"
    )
    _only_one(row)
    row.save(force_insert=True)
    recompute(start=slot.date, end=slot.date, by=by, at=at, only=slot.member)
    word = row.get_outcome_display()
    tell(slot.member, "考勤认定", f"{slot.date:%m月%d日}{row.slot}认定为{word}", row, "decided", by, at)
    record(by=by, at=at, verb="attendance.slot.decide", obj=row, label=f"{slot.member.name} {slot.date} {row.slot} {word}")
    return row
