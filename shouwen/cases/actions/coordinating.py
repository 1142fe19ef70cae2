"""What the business section decides in a joint matter: routing, one notice for all material, the conclusion ("4.3.3")."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shouwen.cases import documents
from shouwen.cases.actions.approving import ask_approval, require_approver
from shouwen.cases.actions.joint import (
    check_days,
    move,
    require_holder,
    require_section,
    send,
    tell_holder,
    tell_section,
)  # fmt: skip
from shouwen.cases.actions.story import breach, holder, note
from shouwen.cases.models import Approval, Breach, Case, ChecklistLine, CorrectionNotice, JointHandling, JointTask, Opinion
from shouwen.cases.queries import joint as queries
from shouwen.cases.queries.joint import CLAUSE, TaskDraft
from shouwen.cases.queries.joint_paper import flow_data
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.documents.actions import issue
from shouwen.org.models import Department


@transaction.atomic
def object_to_routing(*, task: JointTask, reason: str, by: Actor, at: datetime) -> JointTask:
    """The department says it was sent the wrong task, once, within two working days of being told; the section decides.

    The task stays its own until then. Effects: objection on the task, a word to the section, entry "joint_object".
    """
    require_holder(task, by, at)
    if len(reason.strip()) < 4:
        raise Refused("请写明为什么不是本部门的事、应由哪个部门办：不能推诿", "4.3.1")
    if at > task.object_by:
        raise Refused("分派异议须在送达后 2 个工作日内提出，现已过期，请按时答复", CLAUSE)
    if task.objected_at is not None:
        raise Refused("已经提过分派异议，业务科的决定为准", CLAUSE)
    changes = {"objection": reason.strip()[:200], "objected_by": by.label[:30], "objected_at": at}
    move(task, ["sent", "signed"], **changes)
    note(task.case, "joint_object", f"{task.department_name}提出分派异议：{task.objection}", by=by, at=at, clause=CLAUSE)
    tell_section(task, "会办分派异议", f"{task.department_name}：{task.objection}", "object", by, at)
    return task


@transaction.atomic
def rule_on_routing(
    *, task: JointTask, upheld: bool, ruling: str, department: Department | None = None, by: Actor, at: datetime
) -> JointTask:
    """The section decides an objection: it stands as it was, or another department gets the task with a limit of its own.

    Returns the task that holds now. Effects: ruling; when upheld the old task ends 已另定部门 and a new one is sent; entry
    "joint_rule".
    """
    require_section(task.case, by, at)
    if not task.is_disputed:
        raise Refused("没有待处理的分派异议", CLAUSE)
    if len(ruling.strip()) < 2:
        raise Refused("请写明处理意见", CLAUSE)
    changes = {"ruling": ruling.strip()[:200], "ruled_by": by.label[:30], "ruled_at": at}
    rows = JointTask.objects.of(by.center).filter(pk=task.pk, ruled_at__isnull=True, status__in=["sent", "signed"])
    if rows.update(**changes, **({"status": "rerouted"} if upheld else {})) != 1:
        raise taken()
    task.refresh_from_db()
    if not upheld:
        note(
            task.case, "joint_rule", f"分派异议不成立，仍由{task.department_name}办：{task.ruling}", by=by, at=at, clause=CLAUSE
        )
        tell_holder(task, "分派异议不成立", f"{task.ruling}。请按时答复。", "rule", by, at)
        return task
    return _reroute(task, department, by, at)


def _reroute(task: JointTask, department: Department | None, by: Actor, at: datetime) -> JointTask:
    units = {one.department_id for one in queries.tasks_of(task.case) if one.status != JointTask.Status.REROUTED}
    if department is None or department.pk in units or department.pk == task.department_id:
        raise Refused("请选定另一个还没有任务的部门", CLAUSE)
    n = min(task.n, queries.days_to(task.case, at))
    check_days(task.case, [n], at)
    draft = TaskDraft(department, task.subject, n, task.is_mandatory, task.attachments)
    last = JointTask.objects.of(by.center).filter(case=task.case).count()
    fresh = send(task.case, draft, last + 1, is_lead=task.is_lead, replaces=task, by=by, at=at)
    if task.is_lead:
        JointHandling.objects.of(by.center).filter(case=task.case).update(lead=department, lead_name=department.name)
    words = f"分派异议成立，{task.department_name}的任务改由{department.name}办：{task.ruling}"
    note(task.case, "joint_rule", words, by=by, at=at, clause=CLAUSE, data={"from": task.code, "to": fresh.code})
    return fresh


def ask_merge(*, case: Case, reason: str, by: Actor, at: datetime) -> Approval:
    """The section asks a superior for `merge_corrections`: a notice after acceptance is a second one. Effects: those of asking."""
    materials = queries.merged_materials(_lacking(case, reason, by, at))
    return ask_approval(case=case, kind="second_notice", data={"materials": materials}, reason=reason, by=by, at=at)


def _lacking(case: Case, reason: str, by: Actor, at: datetime) -> list[Opinion]:
    require_section(case, by, at)
    opinions = queries.waiting_opinions(case)
    if not opinions:
        raise Refused("没有部门提出补正要求", CLAUSE)
    if len(reason.strip()) < 4:
        raise Refused("受理后再要材料须写明原因", "4.3.2")
    return opinions


@transaction.atomic
def merge_corrections(*, case: Case, reason: str, approver: Any, by: Actor, at: datetime) -> CorrectionNotice:
    """All material the departments lack, asked for in one notice by the one window; no department asks by itself ("4.3.3").

    It should have been told before acceptance: a superior must agree, the lines are flagged as added and it counts as a second
    notice of whoever accepted the case (L20). Effects: CorrectionNotice, added lines of the checklist, paper "one_time_notice",
    Breach "second_notice", entry "review_notice".
    """
    opinions = _lacking(case, reason, by, at)
    require_approver(approver, by, at, "4.3.2")
    rows = Opinion.objects.of(by.center).filter(pk__in=[one.pk for one in opinions], told_at__isnull=True)
    if rows.update(told_at=at) != len(opinions):
        raise taken()
    merged = queries.merged_materials(opinions)
    lines = _added_lines(case, merged)
    told = [
        {"position": line.position, "name": line.name, "defect": line.defect, "where": "", "is_added": True} for line in lines
    ]
    number = CorrectionNotice.objects.of(by.center).filter(case=case).count() + 1
    notice = CorrectionNotice(
        center=by.center, case=case, number=number, lines=told, told_at=at, told_by=by.label[:30], reason=reason.strip()[:200],
        approver=approver,
    )  # fmt: skip
    notice.document_code = documents.one_time_notice(case, notice, lines, by=by, at=at).code
    notice.save(force_insert=True)
    words = f"统一告知审查阶段补正 {len(lines)} 项：{'、'.join(line.name for line in lines)}"
    changes = {line.position: {"status": line.status, "defect": line.defect} for line in lines}
    data = {"notice": {"number": number, "lines": told}, "added": merged, "lines": changes}
    note(case, "review_notice", words, by=by, at=at, clause=CLAUSE, data=data)
    blamed = holder(case, case.accepted_at or case.received_at)
    breach(
        case, Breach.Kind.SECOND_NOTICE.value, f"second_notice:{number}", f"受理后再要材料：{reason.strip()}", clause="4.3.2",
        moment=at, member=blamed, by=by, at=at,
    )  # fmt: skip
    return notice


def _added_lines(case: Case, merged: list[dict[str, str]]) -> list[ChecklistLine]:
    known = ChecklistLine.objects.of(case.center_id).filter(case=case).order_by("-position").first()
    start = known.position + 1 if known else 1
    rows = [
        ChecklistLine(
            center=case.center, case=case, position=position, name=one["name"][:120], defect=one["defect"][:200], originals=1,
            is_added=True,
        )
        for position, one in enumerate(merged, start)
    ]  # fmt: skip
    return ChecklistLine.objects.bulk_create(rows)


@transaction.atomic
def return_materials(*, case: Case, by: Actor, at: datetime) -> list[JointTask]:
    """The material asked for is there: the tasks that waited go on, their clocks with them. Effects: entry "joint_resume"."""
    require_section(case, by, at)
    waiting = JointTask.objects.of(by.center).filter(case=case, status=JointTask.Status.WAITING)
    told = Opinion.objects.of(by.center).filter(
        task__in=waiting, kind=Opinion.Kind.NEEDS_CORRECTION, told_at__isnull=False, settled_at__isnull=True
    )
    tasks = [one.task for one in told.select_related("task__case", "task__member", "task__department", "task__center")]
    if not tasks:
        raise Refused("没有等待补正材料的会办任务", CLAUSE)
    told.update(settled_at=at)
    for task in tasks:
        move(task, ["waiting"], status="signed", due_at=queries.task_reading(task, at).due_at)
        tell_holder(
            task, "补正材料已到", f"{case.item_name} {case.code}：材料已到，请继续答复。", f"resume:{at:%y%m%d%H%M%S}", by, at
        )
    note(case, "joint_resume", f"补正材料已到，{len(tasks)} 个部门继续会办", by=by, at=at, clause=CLAUSE)
    return tasks


@transaction.atomic
def conclude_joint(*, case: Case, conclusion: str, by: Actor, at: datetime) -> JointHandling:
    """The section sums up, when every mandatory task has a result, hidden or not (L29). Effects: entry "joint_conclude"."""
    require_section(case, by, at)
    if refusal := queries.joint_refusal(case):
        raise Refused(refusal.replace("办结", "汇总"), CLAUSE)
    if len(conclusion.strip()) < 2:
        raise Refused("请写明汇总结论", CLAUSE)
    rows = JointHandling.objects.of(by.center).filter(case=case, concluded_at__isnull=True)
    if rows.update(conclusion=conclusion.strip()[:300], concluded_by=by.label[:30], concluded_at=at) != 1:
        raise taken()
    note(case, "joint_conclude", f"联办汇总：{conclusion.strip()}", by=by, at=at, clause=CLAUSE)
    return JointHandling.objects.of(by.center).get(case=case)


@transaction.atomic
def issue_flow(*, case: Case, by: Actor, at: datetime) -> Any:
    """The flow sheet as it stands at `at`; every printing is a paper of its own, the case keeps the newest.

    Effects: paper "joint_flow", its code on the joint handling. 依据: 四(三)3 ("4.3.3")
    """
    data = flow_data(case, by.label, at)
    paper = issue(kind="joint_flow", data=data, subject=f"{case.item_name} {case.code}", by=by, at=at)
    JointHandling.objects.of(by.center).filter(case=case).update(document_code=paper.code)
    return paper


def move_task_dates(*, by: Actor, at: datetime) -> int:
    """After a change of the calendar: the moment of every open task anew from its own ledger; returns how many moved (L35)."""
    rows = JointTask.objects.of(by.center).filter(status__in=JointTask.OPEN).select_related("center")
    moved = 0
    for task in rows:
        due = queries.task_reading(task, at).due_at
        if due != task.due_at:
            moved += JointTask.objects.of(by.center).filter(pk=task.pk, due_at=task.due_at).update(due_at=due)
    return moved
