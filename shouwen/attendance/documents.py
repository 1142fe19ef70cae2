"""Data of attendance's papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.attendance import queries
from shouwen.attendance.models import Leave, LeaveApproval
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.rules.leaves import HALF_NAMES


def leave_form(leave: Leave) -> dict[str, Any]:
    """The 请假条 ("1.4.1"), in the shape of documents' "leave_form"; the reason of an illness stays off paper there."""
    post = next(
        (
            row
            for row in org.members_on_post(leave.center, leave.start_date, leave.end_date)
            if row.member_id == leave.member_id
        ),
        None,
    )
    last = local(leave.returned_at) if leave.returned_at else None
    return {
        "code": leave.code,
        "applicant": leave.member.name,
        "department": post.department.name if post else "",
        "post": post.post if post else "",
        "kind": leave.get_kind_display(),
        "starts": _half(leave.start_date, leave.start_half),
        "ends": _half(leave.end_date, leave.end_half),
        "length": f"{leave.half_days / 2:g} 个工作日",
        "reason": leave.reason,
        "applied_at": _moment(leave.filed_at),
        "cover": leave.cover.name if leave.cover else "",
        "cover_confirmed_at": _moment(leave.covered_at) if leave.cover_state == Leave.Cover.ACCEPTED else "",
        "approvals": [_approval(step) for step in queries.steps_of(leave)],
        "returned_at": f"{_moment(leave.returned_at)},实际请到{_half(leave.last_date, leave.last_half)}" if last else "",
    }


def _approval(step: LeaveApproval) -> dict[str, str]:
    return {
        "role": step.role_name,
        "name": step.member.name if step.member else "",
        "opinion": step.note or step.get_state_display(),
        "at": _moment(step.decided_at),
    }


def _half(day: Any, half: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日{HALF_NAMES[half]}"


def _moment(value: datetime | None) -> str:
    if value is None:
        return ""
    here = local(value)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
