"""Asking a superior, and who may approve what another asks for ("1.9": nobody approves their own)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.cases.actions.story import note, plain
from shouwen.cases.models import Approval, Case
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Role
from shouwen.org.queries import actor_of, holders, roles_of

HEADS = frozenset({Role.LEADER.value, Role.DIRECTOR.value})
DIRECTOR = frozenset({Role.DIRECTOR.value})


def require_approver(approver: Any, by: Actor, at: datetime, clause: str, *, roles: frozenset[str] = HEADS) -> None:
    """Refused unless the approver is another person who holds one of the roles that day."""
    words = "、".join(str(Role(role).label) for role in sorted(roles))
    if approver is None:
        raise Refused(f"须先经{words}批准，请提交请示", clause)
    if by.is_self(approver):
        raise Refused(f"不能自己批准自己的请示，请由其他{words}批准", clause)
    if approver.center_id != by.center.pk or not roles & roles_of(approver, local(at).date()):
        raise Refused(f"{approver.name}不是{words}，不能批准", clause)


TITLES = {kind.value: str(kind.label) for kind in Approval.Kind}
CLAUSES = {"second_notice": "4.3.2", "pause": "3.3", "extension": "3.3", "expedite": "3.4"}
ROLES = {"extension": DIRECTOR}


@transaction.atomic
def ask_approval(*, case: Case, kind: str, data: Mapping[str, Any], reason: str, by: Actor, at: datetime) -> Approval:
    """Ask a superior for a second notice, a back-dated pause, an extension or urgency; nothing happens until one agrees.

    `data` is what the action will be called with. Refused without a reason and while the same is already asked for.
    Effects: Approval, a message to those who may decide, audit "cases.approval.ask". 依据: 三(三) ("3.3"), 三(四) ("3.4")
    """
    clause = CLAUSES[kind]
    if not reason.strip():
        raise Refused("请写明理由", clause)
    if case.ended_at is not None or by.member is None:
        raise Refused("办件已经结束，不能再请示", clause)
    words = _words(case, kind, data)
    row = Approval(
        center=case.center, case=case, kind=kind, data=plain(data), words=words, reason=reason.strip()[:200], asked_by=by.member,
        asked_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(f"{TITLES[kind]}已经在请示中，请等待批复", clause) from error
    note(case, "ask_approval", f"请示{words}：{row.reason}", by=by, at=at, clause=clause, data={"approval": row.code})
    for role in sorted(ROLES.get(kind, HEADS)):
        for member in holders(case.center, role, local(at).date()):
            if not by.is_self(member):
                inform(member, f"请批准：{TITLES[kind]}", f"{case.item_name} {case.code}，{words}", row, "asked", by, at)
    return row


def _words(case: Case, kind: str, data: Mapping[str, Any]) -> str:
    if kind == Approval.Kind.EXTENSION:
        return f"延期 {data['n']} 个工作日"
    if kind == Approval.Kind.EXPEDITE:
        return f"急办，承诺时限缩短为 {data['n']}"
    if kind == Approval.Kind.PAUSE:
        return f"补记暂停，自 {data['started_at']:%Y-%m-%d} 起"
    if "materials" in data:
        return f"受理后统一告知补正 {len(data['materials'])} 项"
    return f"再次告知补正 {len(data['defects']) + len(data.get('added', ()))} 项"


def inform(to: Any, title: str, text: str, row: Approval, moment: str, by: Actor, at: datetime) -> None:
    url = address("cases:approval", row.code)
    enqueue(to=to, title=title, text=text, url=url, key=f"approval:{row.code}:{moment}:{to.code}", by=by, at=at)


def close_approval(row: Approval, state: str, note_text: str, by: Actor, at: datetime) -> None:
    rows = Approval.objects.of(row.center_id).filter(pk=row.pk, state=Approval.State.ASKED)
    if rows.update(state=state, decided_by=by.member, decided_at=at, note=note_text.strip()[:200]) != 1:
        raise taken()
    row.state, row.decided_by, row.decided_at, row.note = state, by.member, at, note_text.strip()


@transaction.atomic
def refuse_approval(*, approval: Approval, reason: str, by: Actor, at: datetime) -> None:
    """A superior says no, with the reason. Effects: Approval, the asker told, audit "cases.refuse_approval"."""
    require_approver(
        by.member, actor_of(approval.asked_by, at), at, CLAUSES[approval.kind], roles=ROLES.get(approval.kind, HEADS)
    )
    if not reason.strip():
        raise Refused("请写明不同意的理由", CLAUSES[approval.kind])
    close_approval(approval, Approval.State.REFUSED.value, reason, by, at)
    words = f"不同意{approval.words}：{reason.strip()}"
    note(approval.case, "refuse_approval", words, by=by, at=at, clause=CLAUSES[approval.kind], data={"approval": approval.code})
    inform(approval.asked_by, f"不同意：{TITLES[approval.kind]}", words, approval, "decided", by, at)


@transaction.atomic
def withdraw_approval(*, approval: Approval, by: Actor, at: datetime) -> None:
    """The asker takes it back. Effects: Approval, audit "cases.withdraw_approval"."""
    if not by.is_self(approval.asked_by):
        raise Refused("只能由请示人撤回")
    close_approval(approval, Approval.State.WITHDRAWN.value, "", by, at)
    note(approval.case, "withdraw_approval", f"撤回请示：{approval.words}", by=by, at=at, data={"approval": approval.code})
