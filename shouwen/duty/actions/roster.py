"""The roster: rotas, filling a month, changing hands by swap, substitute or leave."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.duty import models, queries
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Member
from shouwen.org.queries import lock_center
from shouwen.rules import rostering
from shouwen.workcalendar.queries import day_table

COVERED = "请假代班"


@transaction.atomic
def set_pattern(*, kind: str, members: Sequence[Any], active_from: date, by: Actor, at: datetime) -> models.Pattern:
    """A new rota from a day on; the one before it ends that day. Refused without people or with one twice.

    依据: 一(三)4 ("1.3.4": the rostered person answers, R14)
    """
    if not members or len({member.pk for member in members}) != len(members):
        raise Refused("轮值表至少一人,且同一人不能重复", "1.3.4")
    lock_center(by.center)
    rows = models.Pattern.objects.of(by.center).filter(kind=kind)
    rows.filter(active_from__lt=active_from).filter(Q(active_to__isnull=True) | Q(active_to__gt=active_from)).update(
        active_to=active_from
    )
    if rows.filter(active_from__gte=active_from).exists():
        raise Refused("已有从这天或更晚开始的轮值表,请选更晚的日期", "1.3.4")
    pattern = models.Pattern.objects.create(center=by.center, kind=kind, active_from=active_from)
    models.PatternMember.objects.bulk_create(
        models.PatternMember(center=by.center, pattern=pattern, member=member, position=index)
        for index, member in enumerate(members)
    )
    record(by=by, at=at, verb="duty.pattern", obj=pattern, label=pattern.get_kind_display())
    return pattern


@transaction.atomic
def fill_month(*, month: date, by: Actor, at: datetime) -> int:
    """Write the month's missing shifts from the rotas in force, fairly, going on where the last shift stopped.

    Working days get a hall duty, rest days a holiday duty with a leader. Days that have a shift keep it; days gone by are
    left alone. Returns how many shifts are new.
    """
    lock_center(by.center)
    first = month.replace(day=1)
    days = [first + timedelta(days=index) for index in range(31) if (first + timedelta(days=index)).month == first.month]
    today, table = local(at).date(), day_table(by.center)
    new = 0
    for pattern, members in queries.patterns(by.center, first):
        wanted = [
            day
            for day in days
            if day >= max(today, pattern.active_from)
            and (pattern.active_to is None or day < pattern.active_to)
            and table.is_workday(day, local=True) == (pattern.kind == models.Kind.HALL)
        ]
        new += _fill(by, pattern, members, wanted)
    record(by=by, at=at, verb="duty.fill", label=f"{first:%Y-%m} 排班", detail={"new": new})
    return new


def _fill(by: Actor, pattern: models.Pattern, members: list[Any], days: list[date]) -> int:
    rows = models.Shift.objects.of(by.center).filter(kind=pattern.kind, ended_at__isnull=True)
    have = set(rows.filter(date__in=days).values_list("date", flat=True))
    open_days = [day for day in days if day not in have]
    if not open_days or not members:
        return 0
    before = list(
        rows.filter(date__lt=open_days[0]).order_by("-date").values_list("member__code", flat=True)[: len(members) * 3]
    )
    people = {member.code: member for member in members}
    plan = rostering.rota(list(people), open_days, history=list(reversed(before)), absent=queries.away(by.center, open_days))
    models.Shift.objects.bulk_create(
        models.Shift(center=by.center, date=day, kind=pattern.kind, member=people[code]) for day, code in plan if code
    )
    return sum(1 for _, code in plan if code)


@transaction.atomic
def assign(*, day: date, kind: str, member: Any, by: Actor, at: datetime) -> models.Shift:
    """Put a person on a day by hand, instead of whoever has it. Refused for days gone by."""
    if day < local(at).date():
        raise Refused("已过去的日子不能改排班", "1.3.4")
    shift = (
        models.Shift.objects.of(by.center).filter(date=day, kind=kind, ended_at__isnull=True).select_related("member").first()
    )
    if shift is None:
        shift = models.Shift.objects.create(center=by.center, date=day, kind=kind, member=member)
        record(by=by, at=at, verb="duty.assign", obj=shift, label=f"{day} {member.name}")
    else:
        _give_to(shift, member, "调整排班", by, at)
    return shift


@transaction.atomic
def ask_swap(
    *, shift: models.Shift, asked: Any, other: models.Shift | None = None, note: str = "", by: Actor, at: datetime
) -> models.Swap:
    """Ask a colleague to take my shift, alone or against one of theirs; nothing changes until they accept."""
    if not by.is_self(shift.member):
        raise Refused("只能换自己的班", "1.3.5")
    if by.is_self(asked) or (other is not None and other.member_id != asked.pk):
        raise Refused("请选择对方本人的班次", "1.3.5")
    if shift.date < local(at).date() or (other is not None and other.date < local(at).date()):
        raise Refused("已过去的班不能换", "1.3.5")
    if models.Swap.objects.of(by.center).filter(shift=shift, state="asked").exists():
        raise Refused("这个班已经在请人换,请先撤回", "1.3.5")
    swap = models.Swap.objects.create(
        center=by.center, shift=shift, other=other, asker=by.member, asked=asked, note=note, asked_at=at
    )
    record(by=by, at=at, verb="duty.swap.ask", obj=swap, label=f"{shift.date} → {asked.name}")
    _tell(
        asked,
        swap,
        f"{by.label} 请您" + ("换班" if other else "顶班") + f":{shift.date.month}月{shift.date.day}日",
        "asked",
        by,
        at,
    )
    return swap


@transaction.atomic
def answer_swap(*, swap: models.Swap, accept: bool, by: Actor, at: datetime) -> None:
    """The asked person says yes or no; with yes the shifts change hands at once, both or none."""
    if not by.is_self(swap.asked):
        raise Refused("只能由被请的人答复", "1.3.5")
    state = "accepted" if accept else "declined"
    if models.Swap.objects.of(by.center).filter(pk=swap.pk, state="asked").update(state=state, answered_at=at) != 1:
        raise taken()
    if accept:
        if swap.shift.date < local(at).date():
            raise Refused("这个班已经过去,不能再换", "1.3.5")
        _give_to(swap.shift, swap.asked, "换班" if swap.other else "顶班", by, at, expected=swap.asker)
        if swap.other is not None:
            _give_to(swap.other, swap.asker, "换班", by, at, expected=swap.asked)
    record(by=by, at=at, verb="duty.swap.answer", obj=swap, label=state)
    _tell(swap.asker, swap, f"{by.label} " + ("同意" if accept else "谢绝") + "了您的换班。", "answered", by, at)


@transaction.atomic
def withdraw_swap(*, swap: models.Swap, by: Actor, at: datetime) -> None:
    """The asker takes it back before an answer."""
    if not by.is_self(swap.asker):
        raise Refused("只能由提出人撤回", "1.3.5")
    if models.Swap.objects.of(by.center).filter(pk=swap.pk, state="asked").update(state="withdrawn", answered_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="duty.swap.withdraw", obj=swap)


@transaction.atomic
def give_slots(*, member: Any, cover: Any, start: date, end: date, by: Actor, at: datetime) -> int:
    """An approved leave frees the roster: the cover takes the shifts from `start` to `end` inclusive ("1.4.1").

    Called by attendance when cover has accepted and the leave is approved. Returns how many shifts changed hands.
    """
    rows = models.Shift.objects.of(by.center).filter(member=member, date__range=(start, end), ended_at__isnull=True)
    shifts = list(rows.filter(date__gte=local(at).date()).select_related("member", "center"))
    for shift in shifts:
        _give_to(shift, cover, COVERED, by, at)
    return len(shifts)


@transaction.atomic
def give_back_slots(*, member: Any, cover: Any, start: date, end: date, by: Actor, at: datetime) -> int:
    """A leave ended early or never began: the shifts the cover had taken for it from `start` to `end` inclusive go back ("1.4.1").

    A shift that changed hands again meanwhile stays where it is. Called by attendance. Returns how many went back.
    """
    rows = models.Shift.objects.of(by.center).filter(member=cover, date__range=(start, end), ended_at__isnull=True)
    shifts = rows.filter(date__gte=local(at).date()).select_related("member", "center")
    returned = 0
    for shift in shifts:
        last = models.ShiftChange.objects.of(by.center).filter(shift=shift).order_by("-changed_at", "-id").first()
        if last is not None and (last.before_id, last.after_id, last.reason) == (member.pk, cover.pk, COVERED):
            _give_to(shift, member, "请假结束,交回本人", by, at)
            returned += 1
    return returned


@transaction.atomic
def renew_feed(*, member: Any, by: Actor, at: datetime) -> None:
    """A new secret address for the person's calendar feed; the old one dies. Only one's own."""
    if not by.is_self(member):
        raise Refused("只能生成自己的订阅地址")
    Member.objects.of(by.center).filter(pk=member.pk).update(feed_secret=secrets.token_urlsafe(32))
    record(by=by, at=at, verb="duty.feed", obj=member)


def _give_to(shift: models.Shift, member: Any, reason: str, by: Actor, at: datetime, expected: Any = None) -> None:
    """Move a live shift from the one who holds it; somebody quicker makes it fail."""
    before = expected or shift.member
    if before.pk == member.pk:
        return
    rows = models.Shift.objects.of(by.center).filter(pk=shift.pk, member=before, ended_at__isnull=True)
    if rows.update(member=member) != 1:
        raise taken()
    models.ShiftChange.objects.create(
        center=by.center, shift=shift, before=before, after=member, reason=reason, changed_by=by.label, changed_at=at
    )
    record(
        by=by,
        at=at,
        verb="duty.shift.change",
        obj=shift,
        label=f"{shift.date} {before.name} → {member.name}",
        detail={"reason": reason},
    )


def _tell(to: Any, swap: models.Swap, text: str, what: str, by: Actor, at: datetime) -> None:
    url = reverse("duty:swap", args=[swap.code])
    enqueue(to=to, title="换班", text=text, url=url, key=f"swap:{swap.code}:{what}", by=by, at=at)
