"""Objections and what goes before the cadre meeting as rows of a sheet."""

from __future__ import annotations

from typing import Any

from shouwen.assessment.queries.months import agenda
from shouwen.assessment.queries.pages import Sheet, objections
from shouwen.core.actors import Actor
from shouwen.rules.clauses import cite


def objection_sheet(actor: Actor) -> Sheet:
    """Objections the actor sees, with their answers ("1.2")."""
    columns = ["提出时间", "人员", "月份", "哪一笔", "分值", "理由", "状态", "答复人", "答复"]
    return columns, [
        [
            row.raised_at,
            row.member.name,
            str(row.month),
            row.entry.title,
            row.entry.amount,
            row.text,
            row.get_state_display(),
            row.answerer.name if row.answerer else None,
            row.reply,
        ]
        for row in objections(actor)
    ]


def agenda_sheet(center: Any) -> Sheet:
    """Open criticisms, the open ones first ("1.5", "1.8")."""
    columns = ["通报月份", "对象", "类别", "考核月份", "得分", "依据", "状态", "会议或撤销原因"]
    return columns, [
        [
            f"{row.meeting_month:%Y-%m}",
            row.subject_name,
            "部门" if row.department_id else "人员",
            str(row.month),
            row.total,
            cite(row.clause),
            row.get_state_display(),
            row.closed_note,
        ]
        for row in agenda(center)
    ]
