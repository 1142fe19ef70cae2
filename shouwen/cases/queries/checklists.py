"""The checklist of a case: what is still open."""

from __future__ import annotations

from collections.abc import Iterable

from shouwen.cases.models import Case, ChecklistLine

SETTLED = frozenset(
    {ChecklistLine.Status.RECEIVED.value, ChecklistLine.Status.WAIVED.value, ChecklistLine.Status.PROMISED.value}
)


def lines(case: Case) -> list[ChecklistLine]:
    """The frozen list in order (L19)."""
    return list(ChecklistLine.objects.of(case.center_id).filter(case=case).order_by("position"))


def is_open(line: ChecklistLine) -> bool:
    """Required and neither in order, nor waived, nor promised for later; or handed in and wrong."""
    return (line.is_required and line.status not in SETTLED) or line.status == ChecklistLine.Status.DEFECTIVE


def unsatisfied(rows: Iterable[ChecklistLine]) -> list[ChecklistLine]:
    """Every line that keeps the application from being complete; a notice must name them all (L20, "4.3.2")."""
    return [row for row in rows if is_open(row)]
