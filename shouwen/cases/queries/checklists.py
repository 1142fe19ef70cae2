"""The checklist of a case: what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shouwen.cases.models import Case, ChecklistLine, CorrectionNotice, Event

SETTLED = frozenset(
    {ChecklistLine.Status.RECEIVED.value, ChecklistLine.Status.WAIVED.value, ChecklistLine.Status.PROMISED.value}
)
JUST_NOW = timedelta(minutes=10)


def lines(case: Case) -> list[ChecklistLine]:
    """The frozen list in order (L19)."""
    return list(ChecklistLine.objects.of(case.center_id).filter(case=case).order_by("position"))


def is_open(line: ChecklistLine) -> bool:
    """Required and neither in order, nor waived, nor promised for later; or handed in and wrong."""
    return (line.is_required and line.status not in SETTLED) or line.status == ChecklistLine.Status.DEFECTIVE


def unsatisfied(rows: Iterable[ChecklistLine]) -> list[ChecklistLine]:
    """Every line that keeps the application from being complete; a notice must name them all (L20, "4.3.2")."""
    return [row for row in rows if is_open(row)]


def was_told(case: Case) -> bool:
    """Was the applicant given a one-time notice already? Another one needs a superior (L20)."""
    return CorrectionNotice.objects.of(case.center_id).filter(case=case).exists()


def is_told(case: Case, defects: Mapping[int, str], at: datetime) -> CorrectionNotice | None:
    """The notice just issued, when it says just this and nothing happened since but warnings: the same form sent twice."""
    latest = Event.objects.of(case.center_id).filter(case=case).exclude(kind="warn").order_by("-number").first()
    if latest is None or latest.kind != "tell_missing":
        return None
    found = CorrectionNotice.objects.of(case.center_id).filter(case=case).order_by("-number").first()
    if found is None or at - found.told_at > JUST_NOW:
        return None
    said = {one["position"]: one["defect"] for one in found.lines}
    return found if said == {position: words.strip()[:200] for position, words in defects.items()} else None


def case_of(matter: Any) -> Case | None:
    """The case a matter became, None before the receipt."""
    return Case.objects.of(matter.center_id).filter(matter=matter).first()


CORRECTABLE = {
    "person_name": "申请人姓名",
    "counter_label": "窗口",
    "delivery": "领取方式",
    "result_number": "结果文号",
    "result_expires": "结果有效期至",
    "renewal_date": "原证有效期至",
}
"""What may be corrected by entry. Times, decisions and the clock are no clerical errors: they have their own actions."""
