"""After receipt there are five ways (行政许可法 32): tell everything missing once, accept, accept with a promise, decline, return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.cases import documents
from shouwen.cases.actions import matters
from shouwen.cases.actions.approving import require_approver
from shouwen.cases.actions.intake import receive_case
from shouwen.cases.actions.story import breach, holder, tell
from shouwen.cases.models import Breach, Case, ChecklistLine, CorrectionNotice
from shouwen.cases.queries.checklists import is_told, unsatisfied
from shouwen.cases.queries.checklists import lines as lines_of
from shouwen.cases.queries.ledger import ledger_of, notice_base
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.rules.clock import notice_lapses_at
from shouwen.workcalendar.queries import day_table

CLAUSE = "4.3.2"


@transaction.atomic
def tell_missing(
    *,
    case: Case,
    defects: Mapping[int, str],
    added: Sequence[Mapping[str, str]] = (),
    reason: str = "",
    approver: Any = None,
    by: Actor,
    at: datetime,
) -> CorrectionNotice:
    """一次性告知: everything that is missing or wrong, at once; then the list is locked (L20, 行政许可法 32).

    `defects` by position: what is missing or wrong and how it should be. Every unsatisfied line must be named. A second notice,
    and a line not on the list (`added`: name, defect, where), needs a reason and the approval of a superior, and is a breach of
    whoever told the first time; the same sent twice is one notice. Effects: CorrectionNotice, lines, paper "one_time_notice",
    state 待补正, audit "cases.tell_missing". 依据: 四(三)2 ("4.3.2")
    """
    _undecided(case, at)
    first = ledger_of(case).notice
    if first is not None or added:
        if not (reason.strip() or added) and (told := is_told(case, defects, at)) is not None:
            return told
        if not reason.strip():
            raise Refused("一次性告知只能一次；再次告知须写明原因并经负责人批准", CLAUSE)
        require_approver(approver, by, at, CLAUSE)
    rows = lines_of(case)
    rows += _added(case, rows, added)
    changes = _named(rows, {**defects, **_defects_of(rows, added)})
    notice = _notice(case, first, reason, approver if first or added else None, by, at, _as_lines(rows, changes))
    notice.save(force_insert=True)
    data = {"notice": {"number": notice.number, "due_date": notice.due_date, "lines": notice.lines}, "added": list(added)}
    due = f"，{notice.due_date.month}月{notice.due_date.day}日前补齐" if notice.due_date else ""
    words = f"{'再次' if first else '一次性'}告知须补正 {len(changes)} 项{due}"
    sets = {"status": Case.Status.CORRECTION.value, "completed_at": None}
    tell(case, "tell_missing", words, by=by, at=at, clause=CLAUSE, sets=sets, lines=changes, data=data)
    notice.document_code = documents.one_time_notice(case, notice, rows, by=by, at=at).code
    CorrectionNotice.objects.of(case.center_id).filter(pk=notice.pk).update(document_code=notice.document_code)
    if first is not None:
        _told_twice(case, first, notice.number, reason, by, at)
    return notice


def _notice(
    case: Case, first: CorrectionNotice | None, reason: str, approver: Any, by: Actor, at: datetime, lines: list[Any]
) -> CorrectionNotice:
    """The row, not stored yet; the day to bring things by only where the item sets a term."""
    days = case.version.correction_days
    return CorrectionNotice(
        center=case.center,
        case=case,
        number=first.number + 1 if first else 1,
        lines=lines,
        told_at=at,
        told_by=by.label[:30],
        due_date=day_table(case.center).add(local(at).date(), days).date if days else None,
        reason=reason.strip()[:200],
        approver=approver,
    )


def _undecided(case: Case, at: datetime) -> None:
    """Refused unless the case still waits for a word; after five working days of silence it is too late (K6)."""
    if case.status not in (Case.Status.RECEIVED, Case.Status.CORRECTION):
        raise Refused(f"办件{case.get_status_display()}，不能再告知补正或不予受理", CLAUSE)
    if has_lapsed(case, at):
        raise Refused("收件满 5 个工作日未告知，依法自收到材料之日起视为受理（行政许可法第三十二条），请按已受理办理", CLAUSE)


def has_lapsed(case: Case, at: datetime) -> bool:
    """Had the five working days run out without a word?"""
    if case.status != Case.Status.RECEIVED:
        return False
    return local(at) > notice_lapses_at(day_table(case.center), notice_base(case, ledger_of(case)))


def _added(case: Case, rows: list[ChecklistLine], added: Sequence[Mapping[str, str]]) -> list[ChecklistLine]:
    """Lines asked for only now: flagged for good (L20)."""
    start = max((row.position for row in rows), default=0) + 1
    new = [
        ChecklistLine(
            center=case.center, case=case, position=position, name=one["name"][:120], where=one.get("where", "")[:120],
            originals=1, is_added=True,
        )
        for position, one in enumerate(added, start)
    ]  # fmt: skip
    return ChecklistLine.objects.bulk_create(new)


def _defects_of(rows: list[ChecklistLine], added: Sequence[Mapping[str, str]]) -> dict[int, str]:
    return {row.position: one["defect"] for row, one in zip(rows[len(rows) - len(added) :], added, strict=True)}


def _named(rows: list[ChecklistLine], defects: Mapping[int, str]) -> dict[int, dict[str, Any]]:
    """What changes on the lines named. Refused while an unsatisfied line has no words."""
    by_position = {row.position: row for row in rows}
    silent = [row.name for row in unsatisfied(rows) if not defects.get(row.position, "").strip()]
    if silent:
        raise Refused(f"须一次告知全部：{'、'.join(silent)}还没有写明缺什么、错什么、应怎样补正", CLAUSE)
    if not defects:
        raise Refused("材料已齐，没有需要补正的，请直接受理", CLAUSE)
    if unknown := set(defects) - set(by_position):
        raise Refused(f"清单里没有第 {min(unknown)} 项；清单之外的材料须经负责人批准", CLAUSE)
    changes = {}
    for position, words in defects.items():
        row = by_position[position]
        was_given = row.status in (ChecklistLine.Status.RECEIVED, ChecklistLine.Status.DEFECTIVE)
        row.status = ChecklistLine.Status.DEFECTIVE.value if was_given else ChecklistLine.Status.MISSING.value
        row.defect = words.strip()[:200]
        changes[position] = {"status": row.status, "defect": row.defect}
    return changes


def _as_lines(rows: list[ChecklistLine], changes: Mapping[int, Any]) -> list[dict[str, Any]]:
    """The lines as told: the notice keeps them whatever happens to the list later (L23)."""
    return [
        {"position": row.position, "name": row.name, "defect": row.defect, "where": row.where, "is_added": row.is_added}
        for row in rows
        if row.position in changes
    ]


def _told_twice(case: Case, first: CorrectionNotice, number: int, reason: str, by: Actor, at: datetime) -> None:
    """Not everything was told the first time: the fault of whoever held the matter then (行政许可法 72(4))."""
    breach(
        case, Breach.Kind.SECOND_NOTICE.value, f"second_notice:{number}", f"第 {number} 次告知补正：{reason.strip()}", clause=CLAUSE,
        moment=at, member=holder(case, first.told_at), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def accept_case(*, case: Case, promises: Mapping[int, date] | None = None, by: Actor, at: datetime) -> Case:
    """受理: the clock starts, the acceptance notice with the day of the decision is issued (行政许可法 32, 42).

    With lines still open only as 容缺受理: each of them may follow (`tolerance_allowed`) and is promised in writing for a day
    (`promises`, position → day). The clock starts today; after a correction on the day it was completed; after five working days
    of silence on the day of receipt (K6). Effects: state 办理中, paper "acceptance", audit "cases.accept".
    依据: 四(三)2 ("4.3.2"), 三(三) ("3.3")
    """
    if case.status not in (Case.Status.RECEIVED, Case.Status.CORRECTION):
        raise Refused(f"办件{case.get_status_display()}，不能再受理", CLAUSE)
    if has_lapsed(case, at):
        return deem_accepted(case, by=by, at=at)
    open_lines = unsatisfied(lines_of(case))
    changes = _promised(open_lines, promises or {}, at)
    told = ledger_of(case).notice
    start = local(case.completed_at if told and case.completed_at else at).date()
    sets = {
        "status": Case.Status.ACCEPTED.value,
        "accepted_at": at,
        "clock_date": start,
        "is_tolerated": bool(changes),
    }
    words = (
        "容缺受理：" + "、".join(f"{row.name}承诺 {promises[row.position]:%m-%d} 前补交" for row in open_lines)
        if changes and promises
        else "受理"
    )
    tell(case, "accept", words, by=by, at=at, clause=CLAUSE, sets=sets, lines=changes)
    documents.acceptance(case, by=by, at=at)
    return case


@transaction.atomic
def receive_and_accept(*, by: Actor, at: datetime, **receiving: Any) -> Case:
    """Everything is there: receipt and acceptance in one step, both papers ready to print ("4.3.2"); else nothing is written.

    Takes what `receive_case` takes; the same token again gives the same case. Refused while a required line is open.
    """
    case = receive_case(by=by, at=at, **receiving)
    return accept_case(case=case, by=by, at=at) if case.status == Case.Status.RECEIVED else case


def _promised(open_lines: list[ChecklistLine], promises: Mapping[int, date], at: datetime) -> dict[int, dict[str, Any]]:
    """容缺: each open line may follow and has its day (L22). Refused otherwise, saying which and what to do."""
    missing = [row.name for row in open_lines if not row.may_follow]
    if missing:
        raise Refused(f"材料不齐，不能受理：缺 {'、'.join(missing)}。请一次性告知申请人补正", CLAUSE)
    undated = [row.name for row in open_lines if row.position not in promises]
    if undated:
        raise Refused(f"{'、'.join(undated)}可以容缺，须由申请人书面承诺补交日期；否则请一次性告知补正", CLAUSE)
    today = local(at).date()
    changes = {}
    for row in open_lines:
        if promises[row.position] <= today:
            raise Refused(f"{row.name}的补交日期须在今天之后", CLAUSE)
        changes[row.position] = {"status": ChecklistLine.Status.PROMISED.value, "promised_date": promises[row.position]}
    return changes


def deem_accepted(case: Case, *, by: Actor, at: datetime) -> Case:
    """视同受理 from the day of receipt: five working days went by without a word (行政许可法 32(4), K6). The sweep's, once.

    Effects: state 办理中 with the clock from the receipt, Breach "notice" on the holder of that moment, paper "acceptance".
    """
    base = notice_base(case, ledger_of(case))
    lapsed = notice_lapses_at(day_table(case.center), base)
    day = local(base).date()
    sets = {"status": Case.Status.ACCEPTED.value, "accepted_at": at, "clock_date": day, "is_deemed": True}
    words = f"满 5 个工作日未告知，自 {day:%Y-%m-%d} 起视为受理"
    tell(case, "deem_accepted", words, by=by, at=at, clause=CLAUSE, sets=sets)
    breach(case, Breach.Kind.NOTICE.value, "notice", words, clause=CLAUSE, moment=lapsed, by=by, at=at)
    documents.acceptance(case, by=by, at=at)
    return case


@transaction.atomic
def decline_case(*, case: Case, reason: str, basis: str, authority: str = "", by: Actor, at: datetime) -> Case:
    """不予受理, in writing, with reason, legal basis, the authority to turn to, and the remedies (行政许可法 32, 38).

    Remedies on the paper: reconsideration within 60 days (行政复议法 20), suit within 6 months (行政诉讼法 46).
    Refused without reason or basis, after acceptance and after five working days of silence.
    Effects: state 不予受理, paper "declined", the matter closed, audit "cases.decline". 依据: 四(三)2 ("4.3.2")
    """
    _undecided(case, at)
    _written(reason, basis, "不予受理")
    sets = {"status": Case.Status.DECLINED.value, "ended_at": at}
    data = {"reason": reason, "basis": basis, "authority": authority}
    tell(case, "decline", f"不予受理：{reason}"[:300], by=by, at=at, clause=CLAUSE, sets=sets, data=data)
    documents.declined(case, reason=reason, basis=basis, authority=authority, by=by, at=at)
    matters.close(case, by=by, at=at)
    return case


@transaction.atomic
def return_case(*, case: Case, reason: str, basis: str, by: Actor, at: datetime) -> Case:
    """退回件: the conditions are not met; whoever objects may ask the business section to look again.

    Refused as `decline_case`. Effects: state 已退件, paper "returned", the matter closed, audit "cases.return".
    依据: 四(三)2 ("4.3.2")
    """
    _undecided(case, at)
    _written(reason, basis, "退回")
    sets = {"status": Case.Status.RETURNED.value, "ended_at": at}
    tell(
        case, "return", f"退回：{reason}"[:300], by=by, at=at, clause=CLAUSE, sets=sets, data={"reason": reason, "basis": basis}
    )
    documents.returned(case, reason=reason, basis=basis, by=by, at=at)
    matters.close(case, by=by, at=at)
    return case


def _written(reason: str, basis: str, what: str) -> None:
    if not reason.strip() or not basis.strip():
        raise Refused(f"{what}须写明理由和依据的条款", CLAUSE)
