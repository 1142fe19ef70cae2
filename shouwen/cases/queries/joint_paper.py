"""联办件流转单 as a paper: the main case, who leads, each task with its limit, receipt and opinion (paper "joint_flow")."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from shouwen.cases.models import Case, JointTask, Opinion
from shouwen.cases.queries.joint import joint_of, tasks_of
from shouwen.core.clock import local
from shouwen.rules.clock import Limit
from shouwen.rules.limits import words


def flow_data(case: Case, handler: str, at: datetime) -> dict[str, Any]:
    """What the paper says at `at`. ValueError when the case is not handled jointly."""
    joint, tasks = joint_of(case), tasks_of(case)
    if joint is None:
        raise ValueError("not a joint case")
    ended = [task for task in tasks if task.status == JointTask.Status.REROUTED]
    return {
        "agency": case.center.name,
        "case_code": case.code,
        "item": case.item_name,
        "handling": "联办",
        "applicant": case.person_name,
        "first_asked": case.matter.first_asked.name,
        "handler": handler,
        "counter": case.counter_label,
        "contact_phone": case.version.consult_phone,
        "date": _day(at),
        "accepted_date": _day(case.accepted_at),
        "limit": words(Limit(case.promised_n, case.unit)),
        "due_date": _day(case.due_at),
        "section": f"业务科 {joint.opened_name}",
        "lead": joint.lead_name,
        "tasks": [_row(task) for task in tasks if task not in ended],
        "silence": joint.get_silence_display() if joint.silence else "",
        "conclusion": joint.conclusion,
        "returned": "；".join(f"{task.department_name}：{task.objection}（{task.ruling}）" for task in ended),
    }


def _row(task: JointTask) -> dict[str, str]:
    signed = f"{task.signed_by} {_moment(task.signed_at)}" if task.signed_at else ""
    said: list[Opinion] = task.said  # type: ignore[attr-defined]
    return {
        "role": "牵头" if task.is_lead else "协办",
        "department": task.department_name,
        "task": task.subject,
        "attachments": task.attachments,
        "sent_at": _moment(task.told_at),
        "signed": signed,
        "due": f"{task.n}个工作日，{_moment(task.due_at)}前",
        "opinion": "；".join(_said(one) for one in said),
        "given": f"{said[-1].given_by} {_moment(said[-1].given_at)}" if said else "",
    }


def _said(one: Opinion) -> str:
    extra = one.basis if one.kind == Opinion.Kind.REFUSE else "、".join(row["name"] for row in one.materials)
    return "：".join(filter(None, [one.get_kind_display(), "，".join(filter(None, [one.text, extra]))]))


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    day = local(at)
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime | None) -> str:
    return f"{_day(at)} {local(at):%H:%M}" if at else ""
