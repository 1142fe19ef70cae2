"""Post checks and corrections as rows of a sheet: no reason of anybody's absence among them."""

from __future__ import annotations

from collections.abc import Iterable

from shouwen.attendance.models import Correction, PostCheck
from shouwen.core.clock import local
from shouwen.documents.queries import Table


def check_table(rows: Iterable[PostCheck]) -> Table:
    """Post checks with what the person said and what was decided ("1.3.3", "1.4.2")."""
    columns = ["时间", "被查人", "所见", "地点", "检查人", "见证人", "状态", "本人说明", "核实意见"]
    return columns, [
        [
            row.seen_at,
            row.member.name,
            row.get_seen_display(),
            row.place,
            row.checker.name,
            row.witness,
            row.get_state_display(),
            row.reply,
            row.decision,
        ]
        for row in rows
    ]


def correction_table(rows: Iterable[Correction]) -> Table:
    """Missed punches put right or decided (R20)."""
    columns = ["姓名", "日期", "哪一次", "所报或认定", "提出时间", "状态", "审批人"]
    return columns, [
        [
            row.member.name,
            row.date,
            row.slot,
            f"{local(row.claimed_at):%H:%M}" if row.claimed_at else f"认定为{row.get_outcome_display()}",
            row.asked_at,
            row.get_state_display(),
            row.decided_by.name if row.decided_by else None,
        ]
        for row in rows
    ]
