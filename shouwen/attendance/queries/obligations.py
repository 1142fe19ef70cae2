"""What a person owes in attendance, in one statement: 今日 asks every area, so each must be cheap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, DateTimeField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from shouwen.attendance.models import (
    Correction,
    Leave,
    LeaveApproval,
    PostCheck,
    RegisterEntry,
    Seen,
    Session,
    Side,
    SlotResult,
    UnmatchedPin,
)
from shouwen.attendance.queries.rights import OVERSEERS, RIGHTS
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address, state_at
from shouwen.org import queries as org
from shouwen.org.models import Member, Role, RoleGrant
from shouwen.rules.punches import ABSENT, MISSING, UNDECIDED

DECIDERS, APPROVERS = RIGHTS["decide"][0], RIGHTS["approve"][0]
LOOK_BACK = timedelta(days=62)
"""Older slots belong to months long closed."""
DAY = 86_400

# kind: chip, title, clause, word on the button, page
SHAPES: dict[str, tuple[str, str, str, str, str]] = {
    "cover": ("代班确认", "请您代班", "1.4.1", "答复", "attendance:leave"),
    "approve": ("请假待批", "请假申请", "1.4.1", "审批", "attendance:leave"),
    "return": ("销假", "请假已到期", "1.4.1", "销假", "attendance:leave"),
    "correct": ("漏打卡", "未打卡,可以补", "1.3.1", "补卡", "attendance:correct"),
    "correction": ("补卡待批", "补卡申请", "1.3.1", "审批", "attendance:correction"),
    "undecided": ("考勤认定", "补卡期限已过,须由人认定", "1.3.1", "认定", "attendance:decide_slot"),
    "reply": ("查岗说明", "查岗", "1.4.2", "说明", "attendance:post_check"),
    "verify": ("查岗核实", "查岗待核实", "1.9", "核实", "attendance:post_check"),
    "repeat": ("到点复查", "找不到人,须复查", "1.4.2", "复查", "attendance:post_check"),
    "register": ("签到复核", "纸质签到簿待复核", "1.9", "复核", "attendance:register"),
    "pins": ("编号对应", "有打卡还不知道是谁的", "1.1", "对应", "attendance:pins"),
}


def obligations(actor: Actor, at: datetime, *, stands_in: bool = True) -> list[Obligation]:
    """Replies, approvals, cover answers, corrections, repeats and confirmations the member owes at that moment.

    One statement however many rows; a shorter one where the caller knows that the member stands in for nobody (`stands_in`).
    Approvals reach whoever holds the role, and who covers for a holder ("1.4.1").
    """
    if actor.member is None:
        return []
    covered = org.covered_grants(actor.member, at).filter(role__in=APPROVERS) if stands_in else None
    first, *rest = [*_own(actor, at), *_of_roles(actor, covered, at)]
    return [_shape(row, at) for row in first.union(*rest, all=True)]


def _rows(query: QuerySet[Any], kind: str, code: Any, name: Any, words: Any, started: Any, due: Any) -> QuerySet[Any]:
    """One select of the union; every one has the same six columns."""
    text, moment = CharField(), DateTimeField()
    told = {
        "k": Value(kind, output_field=text),
        "c": Cast(code, text),
        "n": Cast(name, text),
        "w": Cast(words, text),
        "s": started,
        "d": due if due is not None else Value(None, output_field=moment),
    }
    return query.order_by().annotate(**told).values_list("k", "c", "n", "w", "s", "d")


NOTHING = Value("")


def _own(actor: Actor, at: datetime) -> Iterator[QuerySet[Any]]:
    me, center = actor.member, actor.center
    covers = Leave.objects.of(center).filter(cover=me, cover_state=Leave.Cover.ASKED, state=Leave.State.PENDING)
    yield _rows(covers, "cover", F("code"), F("member__name"), NOTHING, F("filed_at"), F("starts_at"))
    back = Leave.objects.of(center).filter(
        member=me, state=Leave.State.APPROVED, form=Leave.Form.WRITTEN, returned_at__isnull=True
    )
    back = back.filter(ends_at__lte=at, ends_at__gt=at - LOOK_BACK)
    yield _rows(back, "return", F("code"), NOTHING, NOTHING, F("ends_at"), None)
    asked = _asked(center)
    mine = _slots(center, at).filter(member=me, state__in=[MISSING, ABSENT], correct_until__gte=at, punched_at__isnull=True)
    mine = mine.filter(~Exists(asked), Q(state=MISSING) | Q(fact=ABSENT))
    yield _slot_rows(center, mine, "correct", "correct_until")
    replies = PostCheck.objects.of(center).filter(member=me, replied_at__isnull=True)
    replies = replies.filter(state__in=[PostCheck.State.PENDING, PostCheck.State.REPEAT_DUE])
    yield _rows(replies, "reply", F("code"), NOTHING, F("seen"), F("seen_at"), F("reply_due_at"))
    day = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    again = PostCheck.objects.of(center).filter(checker=me, state=PostCheck.State.REPEAT_DUE, seen_at__gte=day)
    yield _rows(again, "repeat", F("code"), F("member__name"), F("place"), F("seen_at"), F("repeat_due_at"))


def _of_roles(actor: Actor, covered: QuerySet[RoleGrant] | None, at: datetime) -> Iterator[QuerySet[Any]]:
    me, center = actor.member, actor.center

    def having(roles: frozenset[str]) -> list[Exists] | None:
        """What a select is narrowed by: nothing for who holds a role, for a cover that he covers (leaders and directors hold all)."""
        return [] if actor.has(*roles) else None if covered is None else [Exists(covered)]

    if (here := having(DECIDERS)) is not None:
        yield _steps(center, actor.roles, covered, me)
        undecided = _slots(center, at).filter(*here, state=UNDECIDED).exclude(member=me)
        yield _slot_rows(center, undecided, "undecided", None)
        ready = PostCheck.objects.of(center).filter(
            Q(replied_at__isnull=False) | Q(reply_due_at__lte=at), *here, state=PostCheck.State.PENDING
        )
        ready = ready.exclude(member=me).exclude(checker=me)
        yield _rows(ready, "verify", F("code"), F("member__name"), F("seen"), F("seen_at"), None)
    if (here := having(APPROVERS)) is not None:
        waiting = Correction.objects.of(center).filter(*here, state=Correction.State.PENDING).exclude(member=me)
        words = Concat(F("session"), Value(":"), F("side"))
        yield _rows(waiting, "correction", F("code"), F("member__name"), words, F("asked_at"), None)
    if (here := having(OVERSEERS)) is not None:
        typed = RegisterEntry.objects.of(center).filter(*here, state=RegisterEntry.State.TYPED)
        yield _counted(typed.exclude(typed_by=me).exclude(member=me), "register", Min("typed_at"))
    if actor.has(Role.ASSESSOR.value):
        open_pins = UnmatchedPin.objects.of(center).filter(resolved_at__isnull=True)
        yield _counted(open_pins, "pins", Max("last_at"))


def _counted(query: QuerySet[Any], kind: str, started: Any) -> QuerySet[Any]:
    """Many rows as one obligation; none when there are none (grouped by the centre: a sum over nothing would be a row)."""
    text, moment = CharField(), DateTimeField()
    counted = (
        query.order_by()
        .values("center")
        .annotate(
            k=Value(kind, output_field=text),
            c=Value("", output_field=text),
            n=Value("", output_field=text),
            w=Cast(Count("pk"), text),
            s=started,
            d=Value(None, output_field=moment),
        )
    )
    return counted.values_list("k", "c", "n", "w", "s", "d")


def _steps(center: Any, roles: frozenset[str], covered: QuerySet[RoleGrant] | None, me: Any) -> QuerySet[Any]:
    """Steps whose turn it is, of the actor's roles and those covered for, of others' leave."""
    ours = Q(role__in=roles) if covered is None else Q(role__in=roles) | Q(role__in=covered.values("role"))
    earlier = LeaveApproval.objects.of(center).filter(
        center=OuterRef("center"), leave=OuterRef("leave"), state=LeaveApproval.State.WAITING, order__lt=OuterRef("order")
    )
    steps = LeaveApproval.objects.of(center).filter(
        ours, ~Exists(earlier), state=LeaveApproval.State.WAITING, leave__state=Leave.State.PENDING
    )
    steps = steps.exclude(leave__member=me)
    code, name = F("leave__code"), F("leave__member__name")
    return _rows(steps, "approve", code, name, F("leave__kind"), F("leave__filed_at"), F("leave__starts_at"))


def _asked(center: Any) -> QuerySet[Any]:
    same = {name: OuterRef(name) for name in ("center", "member", "date", "session", "side")}
    return Correction.objects.of(center).filter(state__in=[Correction.State.PENDING, Correction.State.APPROVED], **same)


def _slots(center: Any, at: datetime) -> QuerySet[Any]:
    return SlotResult.objects.of(center).filter(date__gte=local(at).date() - LOOK_BACK)


def _slot_rows(center: Any, query: QuerySet[Any], kind: str, due: str | None) -> QuerySet[Any]:
    words = Concat(F("session"), Value(":"), F("side"))
    # Asked row by row: beside a join SQLite would go through everybody's slots to find the few.
    who = Member.objects.of(center).filter(pk=OuterRef("member"))
    name = NOTHING if kind == "correct" else Subquery(who.values("name"))
    return _rows(query, kind, Subquery(who.values("code")), name, words, F("due_at"), F(due) if due else None)


def _shape(row: tuple[Any, ...], at: datetime) -> Obligation:
    kind, code, name, words, started, due = row
    chip, title, clause, action, page = SHAPES[kind]
    args: list[str] = [code] if code else []
    if kind in ("correct", "undecided"):
        session, side = words.split(":")
        args = [code, f"{local(started):%Y-%m-%d}", session, side]
        code = ""
    return Obligation(
        kind=chip,
        title=title,
        subject=" ".join(filter(None, (name, _told(kind, words, started)))),
        code=code,
        clause=clause,
        started_at=started,
        due_at=due,
        state=state_at(due, at, DAY if kind not in ("repeat",) else 600),
        action=action,
        url=address(page, *args),
    )


def _told(kind: str, words: str, started: datetime) -> str:
    """What the obligation is about, beyond the name."""
    here = local(started)
    day = f"{here.month}月{here.day}日"
    if kind in ("correct", "undecided"):
        session, side = words.split(":")
        return f"{day}{Session(session).label}{Side(side).label}"
    if kind == "correction":
        session, side = words.split(":")
        return f"{Session(session).label}{Side(side).label}"
    if kind in ("reply", "verify"):
        return f"{day} {here:%H:%M} {Seen(words).label}"
    if kind == "approve":
        return Leave.Kind(words).label
    if kind in ("register", "pins"):
        return f"{words} 条" if kind == "register" else f"{words} 个编号"
    return words
