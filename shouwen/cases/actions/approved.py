"""What happens once a superior agrees: the action asked for, by the one who asked, approved by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases.actions.acceptance import tell_missing
from shouwen.cases.actions.approving import CLAUSES, HEADS, ROLES, TITLES, close_approval, inform, require_approver
from shouwen.cases.actions.clock import expedite_case, extend_case, pause_case
from shouwen.cases.actions.coordinating import merge_corrections
from shouwen.cases.models import Approval
from shouwen.cases.queries.joint import merged_materials, waiting_opinions
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org.queries import actor_of


@transaction.atomic
def approve(*, approval: Approval, remark: str = "", by: Actor, at: datetime) -> Any:
    """Agree: the action happens now, by the asker, with this approver on record. Returns what the action returns.

    Refused when the action is refused (the limit ran out meanwhile): then nothing is approved either.
    Effects: Approval, those of the action, the asker told. 依据: 三(三) ("3.3"), 三(四) ("3.4"), 四(三)2 ("4.3.2")
    """
    asker = actor_of(approval.asked_by, at)
    require_approver(by.member, asker, at, CLAUSES[approval.kind], roles=ROLES.get(approval.kind, HEADS))
    close_approval(approval, Approval.State.APPROVED.value, remark, by, at)
    data = dict(approval.data)
    if approval.kind == Approval.Kind.EXTENSION:
        done: Any = extend_case(case=approval.case, n=data["n"], reason=approval.reason, approver=by.member, by=asker, at=at)
    elif approval.kind == Approval.Kind.EXPEDITE:
        done = expedite_case(
            case=approval.case, n=data["n"], reason=approval.reason, requested_by=data["requested_by"], approver=by.member,
            by=asker, at=at,
        )  # fmt: skip
    elif approval.kind == Approval.Kind.PAUSE:
        begin = datetime.fromisoformat(data["started_at"])
        done = pause_case(
            case=approval.case, ground=data["ground"], needed_days=data["needed_days"], started_at=begin, approver=by.member,
            by=asker, at=at,
        )  # fmt: skip
    elif "materials" in data:
        if merged_materials(waiting_opinions(approval.case)) != data["materials"]:
            raise Refused("请示之后部门的补正要求有变化，请请示人撤回后重新请示", CLAUSES[approval.kind])
        done = merge_corrections(case=approval.case, reason=approval.reason, approver=by.member, by=asker, at=at)
    else:
        defects = {int(position): words for position, words in data["defects"].items()}
        done = tell_missing(
            case=approval.case, defects=defects, added=data.get("added", ()), reason=approval.reason, approver=by.member,
            by=asker, at=at,
        )  # fmt: skip
    inform(approval.asked_by, f"已批准：{TITLES[approval.kind]}", approval.words, approval, "decided", by, at)
    return done
