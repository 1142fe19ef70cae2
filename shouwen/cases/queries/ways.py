"""What can be done with a case now, the likeliest first: the buttons of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.cases.models import Case, ChecklistLine
from shouwen.cases.queries.checklists import unsatisfied
from shouwen.cases.queries.ledger import BEFORE


@dataclass(frozen=True, slots=True)
class Way:
    """`page` is the name of a page of this app, `label` the word on the button."""

    page: str
    label: str

    @property
    def url(self) -> str:
        return f"cases:{self.page}"


LABELS = {
    "accept": "受理",
    "notice": "一次性告知",
    "materials": "收材料",
    "decline": "不予受理",
    "send_back": "退回",
    "pause": "暂停计时",
    "resume": "恢复计时",
    "extend": "延期",
    "expedite": "急办",
    "decide": "作出决定",
    "deliver": "送达",
    "settle": "容缺材料处理",
    "withdraw": "撤回",
    "correct": "更正",
}
VERBS = {"materials": "再收补正材料", "settle": "处理容缺材料"}

ACCEPTED = Case.Status.ACCEPTED.value
APPLIES = {
    **dict.fromkeys(("accept", "notice", "decline", "send_back"), BEFORE),
    **dict.fromkeys(("pause", "resume", "extend", "expedite", "decide", "settle"), frozenset({ACCEPTED})),
    **dict.fromkeys(("materials", "withdraw"), BEFORE | {ACCEPTED}),
    "deliver": frozenset({Case.Status.DECIDED.value}),
}
"""In which states each page can do its work; a page that is not named works in any."""
CLAUSES = dict.fromkeys(("accept", "notice", "materials", "decline", "send_back", "settle"), "4.3.2") | {"expedite": "3.4"}


def why_not(case: Case, page: str) -> str:
    """Why a page of this app can do nothing for the case now, in words; "" when it can. The actions decide in the end."""
    if case.status not in APPLIES.get(page, {case.status}):
        return f"办件{case.get_status_display()}，不能{VERBS.get(page, LABELS[page])}"
    if page in ("pause", "decide") and case.paused_at:
        return "正在暂停计时，请先恢复计时" + ("再作决定" if page == "decide" else "")
    if page == "resume" and not case.paused_at:
        return "没有在暂停计时，不需要恢复"
    return "没有容缺待补的材料" if page == "settle" and not case.is_tolerated else ""


def ways(case: Case, lines: Iterable[ChecklistLine]) -> list[Way]:
    """Pages for what its state allows; the actions decide in the end."""
    rows = list(lines)
    open_lines = unsatisfied(rows)
    ready = all(row.may_follow for row in open_lines)
    promised = any(row.status == ChecklistLine.Status.PROMISED for row in rows)
    pages: list[str] = []
    if case.status == Case.Status.RECEIVED:
        pages = ["accept", "notice", "materials"] if ready else ["notice", "materials"]
        pages += ["decline", "send_back", "withdraw"]
    elif case.status == Case.Status.CORRECTION:
        pages = ["materials", *(["accept"] if ready else []), "notice", "decline", "send_back", "withdraw"]
    elif case.status == Case.Status.ACCEPTED:
        pages = ["resume"] if case.paused_at else ["decide", "pause"]
        pages += ["materials", "settle"] if promised else []
        pages += ["extend", "expedite", "withdraw"]
    elif case.status == Case.Status.DECIDED:
        pages = ["deliver"]
    return [
        Way(page, "再次告知" if page == "notice" and case.status == "correction" else LABELS[page])
        for page in [*pages, "correct"]
    ]
