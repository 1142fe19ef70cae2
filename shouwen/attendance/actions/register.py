"""Punches without a terminal: the web button, and the paper register typed by one and confirmed by another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from shouwen.attendance.actions.devices import source_of
from shouwen.attendance.actions.slots import recompute
from shouwen.attendance.models import Device, Punch, RegisterEntry
from shouwen.attendance.queries import rights
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org.models import Member


@transaction.atomic
def punch_on_web(*, by: Actor, at: datetime) -> Punch:
    """The person presses the button: server time, own name only. Refused until the centre has opened web punching.

    Effects: Punch, today's slots, audit "attendance.punch.web". 依据: 一(一) ("1.1")
    """
    device = Device.objects.of(by.center).filter(kind=Device.Kind.WEB, active_to__isnull=True).first()
    if device is None or by.member is None:
        raise Refused("本中心没有开通网页打卡,请到考勤机打卡", "1.1")
    punch = Punch(
        center=by.center,
        device=device,
        pin=by.member.code,
        punched_at=at.replace(microsecond=0),
        raw=f"网页打卡 {by.network}"[:300],
        received_at=at,
    )
    Punch.objects.bulk_create([punch], ignore_conflicts=True)
    today = local(at).date()
    recompute(start=today, end=today, by=by, at=at, only=by.member)
    record(by=by, at=at, verb="attendance.punch.web", label=f"{by.label} {local(at):%H:%M}")
    return punch


@transaction.atomic
def type_register(*, lines: Iterable[tuple[Member, datetime]], note: str = "", by: Actor, at: datetime) -> int:
    """Type lines of the paper register; each waits for a second person. Returns how many were new.

    Refused for one's own lines ("1.9") and for times to come. Effects: RegisterEntry rows, audit "attendance.register.type".
    依据: 一(一)、一(九) ("1.1", "1.9")
    """
    rights.require(by, "register")
    found = list(lines)
    if any(by.is_self(member) for member, _ in found):
        raise Refused("本人的签到不能由本人录入,请由他人录入", "1.9")
    if any(moment > at for _, moment in found):
        raise Refused("签到时间不能晚于现在", "1.1")
    known = set(
        RegisterEntry.objects.of(by.center)
        .filter(signed_at__in=[moment for _, moment in found])
        .exclude(state=RegisterEntry.State.REJECTED)
        .values_list("member_id", "signed_at")
    )
    fresh = {(member.pk, moment): member for member, moment in found if (member.pk, moment) not in known}
    RegisterEntry.objects.bulk_create(
        RegisterEntry(center=by.center, member=member, signed_at=moment, typed_by=by.member, typed_at=at, note=note.strip())
        for (_, moment), member in fresh.items()
    )
    record(by=by, at=at, verb="attendance.register.type", label=f"签到簿 {len(fresh)} 条", detail={"lines": len(fresh)})
    return len(fresh)


@transaction.atomic
def confirm_register(*, entries: Sequence[RegisterEntry], by: Actor, at: datetime) -> int:
    """A second person has compared the lines with the paper: only now they are punches. Returns how many.

    Refused for lines one typed or that concern oneself, and for lines somebody else has dealt with.
    Effects: RegisterEntry, Punch, slots of those days, audit "attendance.register.confirm". 依据: 一(九) ("1.9")
    """
    rights.require(by, "register")
    device = source_of(center=by.center, kind=Device.Kind.REGISTER, name="纸质签到簿", at=at)
    for entry in entries:
        if by.is_self(entry.typed_by):
            raise Refused("自己录入的签到须由另一人复核", "1.9")
        rights.require_other(by, entry.member, "复核")
        _move(entry, RegisterEntry.State.CONFIRMED, by, at)
    Punch.objects.bulk_create(
        (
            Punch(
                center=by.center,
                device=device,
                pin=entry.member.code,
                punched_at=entry.signed_at,
                raw=f"签到簿 {entry.code} 录入 {entry.typed_by.name} 复核 {by.label}",
                received_at=at,
            )
            for entry in entries
        ),
        ignore_conflicts=True,
    )
    days = [local(entry.signed_at).date() for entry in entries]
    if days:
        recompute(start=min(days), end=max(days), by=by, at=at)
    record(
        by=by, at=at, verb="attendance.register.confirm", label=f"签到簿复核 {len(entries)} 条", detail={"lines": len(entries)}
    )
    return len(entries)


@transaction.atomic
def reject_register(*, entry: RegisterEntry, note: str, by: Actor, at: datetime) -> RegisterEntry:
    """The line does not agree with the paper. Effects: RegisterEntry, audit "attendance.register.reject". "1.9" """
    rights.require(by, "register")
    rights.require_other(by, entry.member, "复核")
    _move(entry, RegisterEntry.State.REJECTED, by, at, note=note.strip()[:120])
    record(
        by=by,
        at=at,
        verb="attendance.register.reject",
        obj=entry,
        label=f"{entry.member.name} {local(entry.signed_at):%m-%d %H:%M}",
    )
    return entry


def _move(entry: RegisterEntry, state: str, by: Actor, at: datetime, **more: str) -> None:
    typed = RegisterEntry.objects.of(by.center).filter(pk=entry.pk, state=RegisterEntry.State.TYPED)
    second = {} if by.is_self(entry.typed_by) else {"confirmed_by": by.member}
    if typed.update(state=state, confirmed_at=at, **second, **more) != 1:
        raise taken()
    entry.refresh_from_db()
