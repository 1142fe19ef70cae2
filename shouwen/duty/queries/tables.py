"""The roster and the breaches as rows of a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwen.documents.queries import Table
from shouwen.duty import models
from shouwen.duty.queries.lists import breaches, month_roster
from shouwen.rules.clauses import cite


def roster_table(center: Any, month: date, days: Any) -> Table:
    """Every day of a month with who has which duty; `days` is the centre's day table."""
    kinds = models.Kind.choices
    rows = [
        [row.date, row.label, *(row.shifts[kind].member.name if kind in row.shifts else None for kind, _ in kinds)]
        for row in month_roster(center, month, days)
    ]
    return ["日期", "是什么日子", *(str(label) for _, label in kinds)], rows


def breach_table(center: Any) -> Table:
    """What was not done on duty, with the person's word and the decision ("1.3.4", "1.3.5", "1.3.6")."""
    columns = ["日期", "责任人", "情况", "依据", "状态", "本人说明", "核实意见", "核实人"]
    rows = breaches(center).select_related("decided_by")
    return columns, [
        [
            row.date,
            row.member.name,
            row.text,
            cite(row.clause),
            row.get_state_display(),
            row.reply,
            row.decision,
            row.decided_by.name if row.decided_by else None,
        ]
        for row in rows
    ]
