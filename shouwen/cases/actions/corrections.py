"""Correction by entry: what was wrong, what is right, why; nothing is overwritten in silence. And lines a person settles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.cases.actions.search import reindex_case
from shouwen.cases.actions.story import tell
from shouwen.cases.models import Case, ChecklistLine
from shouwen.cases.queries.checklists import CORRECTABLE
from shouwen.cases.queries.search import search_words
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused

CLAUSE = "4.3.2"


@transaction.atomic
def correct_case(*, case: Case, field: str, value: Any, reason: str, by: Actor, at: datetime) -> Case:
    """更正 a clerical error by an entry with the old and the new value and the reason; both stay readable.

    Refused for a field that is none of `CORRECTABLE`, without a reason, and when nothing changes.
    Effects: the field, the search index, audit "cases.correct". 依据: 四(三)2 ("4.3.2")
    """
    if field not in CORRECTABLE:
        raise Refused("时间、决定和时限不能更正；可更正：" + "、".join(CORRECTABLE.values()), CLAUSE)
    label = CORRECTABLE[field]
    new, old = value.strip() if isinstance(value, str) else value, getattr(case, field)
    if not reason.strip():
        raise Refused("请写明更正原因", CLAUSE)
    if new == old or (field == "person_name" and not new):
        raise Refused(f"{label}没有变化", CLAUSE)
    sets: dict[str, Any] = {field: new}
    if field == "person_name":
        sets["search_words"] = search_words(case.center, *filter(None, [new, case.agent.name if case.agent else ""]))
    words = f"更正{label}：{old or '空'} → {new or '空'}，{reason.strip()}"
    tell(
        case, "correct", words, by=by, at=at, clause=CLAUSE, sets=sets, data={"old": old, "new": new, "reason": reason.strip()}
    )
    if field == "person_name":
        reindex_case(case)
    return case


@transaction.atomic
def settle_promise(*, case: Case, position: int, to: date | None, reason: str, by: Actor, at: datetime) -> ChecklistLine:
    """A promised line that did not come: a leader gives another day (`to`), or does without it (None), and says why (L22).

    The third way, treating the application as withdrawn, is `withdraw_case`. Effects: the line, audit "cases.settle_promise".
    """
    row = ChecklistLine.objects.of(case.center_id).filter(case=case, position=position).first()
    if row is None or row.status != ChecklistLine.Status.PROMISED or case.status != Case.Status.ACCEPTED:
        raise Refused("这项材料不在容缺待补之列", CLAUSE)
    if not by.has("leader", "director"):
        raise Refused("容缺材料的免交和延期由中心负责人或分管领导决定", CLAUSE)
    if not reason.strip() or (to is not None and to <= local(at).date()):
        raise Refused("请写明理由；新的补交日期须在今天之后", CLAUSE)
    changes: dict[str, Any] = {"promised_date": to} if to else {"status": ChecklistLine.Status.WAIVED.value}
    words = f"{row.name}{f'补交期限改为 {to:%m-%d}' if to else '免交'}：{reason.strip()}"
    tell(case, "settle_promise", words, by=by, at=at, clause=CLAUSE, lines={position: changes})
    for name, value in changes.items():
        setattr(row, name, value)
    return row
