"""Post checks: look, tell the person, look again, hear the person, decide ("1.3.3", "1.4.2")."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.attendance.actions.telling import tell
from shouwen.attendance.models import PostCheck, Repeat, Seen
from shouwen.attendance.queries import rights
from shouwen.attendance.queries.facts import CHECK_CLAUSES
from shouwen.attendance.queries.leave import on_leave
from shouwen.attendance.queries.lists import has_lapsed
from shouwen.attendance.queries.parameters import Books, limit_at, repeat_gap
from shouwen.audit.actions import record
from shouwen.core import files
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org.models import Member
from shouwen.workcalendar.queries import day_table


@transaction.atomic
def record_check(
    *, member: Member, seen: str, place: str, note: str = "", witness: str = "", upload: Any = None, by: Actor, at: datetime
) -> PostCheck:
    """Record what was seen, now. "Not found" waits for a second look after N minutes; the rest waits for the reply.

    Refused outside working hours, for oneself, for somebody on approved leave, and, save "on post" and "not found",
    without a witness or a photo. The person is told at once. Effects: PostCheck, audit "attendance.check", notice.
    依据: 一(三)3、一(四)2、三(一) ("1.3.3", "1.4.2", "3.1")
    """
    rights.require(by, "check")
    rights.require_other(by, member, "检查")
    _check_occasion(member, seen, bool(upload or witness.strip()), by, at)
    check = PostCheck.objects.create(
        center=by.center,
        member=member,
        checker=by.member,
        seen=seen,
        seen_at=at,
        place=place.strip(),
        note=note.strip(),
        witness=witness.strip(),
        evidence=files.save(upload, pdf=False).name if upload else "",
        **_begin(seen, by.center, at),
    )
    if seen != Seen.ON_POST:
        text = f"{local(at):%H:%M} 查岗:{check.get_seen_display()}。您可以在期限内说明情况"
        tell(member, "查岗告知", text, check, "noted", by, at)
    record(
        by=by,
        at=at,
        verb="attendance.check",
        obj=check,
        label=f"{member.name} {check.get_seen_display()}",
        detail={"place": check.place},
    )
    return check


def _check_occasion(member: Member, seen: str, has_proof: bool, by: Actor, at: datetime) -> None:
    """In working hours, of somebody who should be there, and with something to show for it."""
    clause = CHECK_CLAUSES.get(seen) or "1.1"
    if not day_table(by.center).is_open_at(at):
        raise Refused("现在不是工作时间,不查岗", clause)
    if leave := on_leave(member, at):
        raise Refused(f"{member.name}此时已请假({leave.get_kind_display()}),不计查岗", "1.4.1")
    if seen in (Seen.GAMES, Seen.OFF_POST, Seen.CONDUCT) and not has_proof:
        raise Refused("请附照片或填写见证人,否则不能作为依据", clause)


def _begin(seen: str, center: Any, at: datetime) -> dict[str, Any]:
    if seen == Seen.ON_POST:
        return {"state": PostCheck.State.NOTED}
    if seen == Seen.NOT_FOUND:
        return {"state": PostCheck.State.REPEAT_DUE, "repeat_due_at": at + repeat_gap(center, local(at).date())}
    return {"state": PostCheck.State.PENDING, "reply_due_at": _reply_due(center, at)}


def _reply_due(center: Any, at: datetime) -> datetime:
    on = local(at).date()
    return limit_at(day_table(center), on, Books(center).number(on, "reply_days"))


@transaction.atomic
def repeat_check(*, check: PostCheck, is_found: bool, note: str = "", upload: Any = None, by: Actor, at: datetime) -> PostCheck:
    """The second look at somebody who was not found: only both misses make the fact.

    Refused before the N minutes are over, after that day's working time (then the check has come to nothing), for
    oneself, and twice. Effects: Repeat, PostCheck pending or found, audit "attendance.check.repeat", notice.
    依据: 一(四)2 ("1.4.2")
    """
    rights.require(by, "check")
    rights.require_other(by, check.member, "复查")
    if check.state != PostCheck.State.REPEAT_DUE or check.repeat_due_at is None:
        raise taken()
    if at < check.repeat_due_at:
        raise Refused(f"须间隔一段时间再查,请在 {local(check.repeat_due_at):%H:%M} 之后复查", "1.4.2")
    if has_lapsed(check, at):
        raise Refused("当日工作时间已过,没有按时复查,本次查岗不成立", "1.4.2")
    state = PostCheck.State.FOUND if is_found else PostCheck.State.PENDING
    due = None if is_found else _reply_due(by.center, at)
    _move(check, PostCheck.State.REPEAT_DUE, state=state, reply_due_at=due)
    Repeat.objects.create(
        center=by.center,
        check_row=check,
        checker=by.member,
        checked_at=at,
        is_found=is_found,
        note=note.strip(),
        evidence=files.save(upload, pdf=False).name if upload else "",
    )
    word = "复查时在岗,本次不计" if is_found else "复查仍未找到,请在期限内说明情况"
    tell(check.member, "查岗复查", f"{local(at):%H:%M} {word}", check, "repeat", by, at)
    record(
        by=by, at=at, verb="attendance.check.repeat", obj=check, label=f"{check.member.name} {word}", detail={"found": is_found}
    )
    return check


@transaction.atomic
def reply_to_check(*, check: PostCheck, text: str, by: Actor, at: datetime) -> PostCheck:
    """The person's own words, once, while nothing is decided. Effects: reply, audit "attendance.check.reply", notice. "1.4.2" """
    if not by.is_self(check.member):
        raise Refused("说明由本人提出", "1.4.2")
    open_states = [PostCheck.State.PENDING, PostCheck.State.REPEAT_DUE]
    rows = PostCheck.objects.of(by.center).filter(pk=check.pk, state__in=open_states, replied_at__isnull=True)
    if rows.update(reply=text.strip(), replied_at=at) != 1:
        raise taken()
    check.refresh_from_db()
    tell(check.checker, "查岗说明", f"{by.label}已说明情况,请查看", check, "reply", by, at)
    record(by=by, at=at, verb="attendance.check.reply", obj=check, label=by.label)
    return check


@transaction.atomic
def decide_check(*, check: PostCheck, verified: bool, note: str = "", by: Actor, at: datetime) -> PostCheck:
    """A third person finds it true or not, after the reply or the end of its time; only a verified check counts.

    Refused for the person and the checker ("1.9"), before the person could answer, and twice.
    Effects: PostCheck, audit "attendance.check.decide", notice. 依据: 一(三)3、一(四)2 ("1.3.3", "1.4.2")
    """
    rights.require(by, "verify")
    rights.require_other(by, check.member, "核实")
    rights.require_other(by, check.checker, "核实自己检查的、")
    if check.state != PostCheck.State.PENDING:
        raise taken()
    if check.replied_at is None and check.reply_due_at is not None and at < check.reply_due_at:
        due = local(check.reply_due_at)
        raise Refused(
            f"本人还没有说明:请等本人说明后,或 {due.month}月{due.day}日 {due:%H:%M} 之后再核实",
            CHECK_CLAUSES.get(check.seen) or "1.1",
        )
    if not verified and not note.strip():
        raise Refused("认定不属实须写明理由", "1.9")
    state = PostCheck.State.VERIFIED if verified else PostCheck.State.REJECTED
    _move(check, PostCheck.State.PENDING, state=state, decided_by=by.member, decided_at=at, decision=note.strip())
    word = check.get_state_display()
    tell(
        check.member,
        f"查岗核实:{word}",
        f"{check.get_seen_display()},{word}",
        check,
        "decided",
        by,
        at,
    )
    record(by=by, at=at, verb="attendance.check.decide", obj=check, label=f"{check.member.name} {word}")
    return check


def _move(check: PostCheck, old: str, **changes: Any) -> None:
    if PostCheck.objects.of(check.center_id).filter(pk=check.pk, state=old).update(**changes) != 1:
        raise taken()
    check.refresh_from_db()
