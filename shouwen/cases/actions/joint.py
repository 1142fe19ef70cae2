"""Joint matters: the business section opens them, each department signs for, takes and answers its task ("4.3.3").

The citizen's clock stays with whoever of the section holds the matter; a late task is its own department's breach (K8).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.cases.actions.story import breach, holder, note
from shouwen.cases.models import Breach, Case, JointHandling, JointTask, Opinion, TaskUrging
from shouwen.cases.queries import joint as queries
from shouwen.cases.queries.joint import CLAUSE, MOST_DAYS, TaskDraft
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.obligations import address
from shouwen.notifications.actions import enqueue
from shouwen.org.models import Department, Member
from shouwen.reception import queries as reception


@transaction.atomic
def open_joint(
    *, case: Case, lead: Department, tasks: Sequence[TaskDraft], silence: str = "", by: Actor, at: datetime
) -> JointHandling:
    """The section asks each department concerned: one task each, none longer than what is left of the whole ("4.3.3").

    Opened by the member of the business section who holds the matter, for an accepted case, once: a joint matter has one level
    (L30). A joint permit takes 45 working days at most (行政许可法 42; its extension of 15 is `extend_case`).
    Effects: JointHandling, a JointTask per department on its head, messages, entry and audit "cases.joint_open".
    """
    require_section(case, by, at)
    _check_case(case)
    _check_drafts(case, lead, tasks, at)
    try:
        with transaction.atomic():
            joint = JointHandling.objects.create(
                center=by.center, case=case, lead=lead, lead_name=lead.name, silence=silence, opened_by=by.member,
                opened_name=by.member.name, opened_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise taken() from error
    ordered = sorted(tasks, key=lambda draft: draft.department.pk != lead.pk)
    for position, draft in enumerate(ordered, 1):
        send(case, draft, position, is_lead=draft.department.pk == lead.pk, by=by, at=at)
    names = "、".join(f"{draft.department.short_name} {draft.n} 个工作日" for draft in ordered)
    note(case, "joint_open", f"发起联办，{lead.short_name}牵头：{names}", by=by, at=at, clause=CLAUSE)
    return joint


def require_section(case: Case, by: Actor, at: datetime) -> None:
    """Refused unless the actor is of the business section and holds the matter: one clock, one holder (K8)."""
    if not by.has("section") or by.member is None:
        raise Refused("联办由业务科发起和协调，请先把事项转业务科", CLAUSE)
    now = reception.holder_of(case.matter, at)
    if now is None or not by.is_self(now.member):
        name = now.name if now else "他人"
        raise Refused(f"这件事现在由{name}负责，业务科接手后才能协调联办", CLAUSE)


def _check_case(case: Case) -> None:
    if JointHandling.objects.of(case.center_id).filter(case=case).exists():
        raise Refused("这件已经在联办；联办只有一级，会办任务之下不能再发起联办", CLAUSE)
    if case.status != Case.Status.ACCEPTED or case.ended_at:
        raise Refused(f"办件{case.get_status_display()}，受理后、办结前才能分送会办", CLAUSE)
    if case.handling == "joint" and case.statutory_unit == "workday" and (case.statutory_n or 0) > MOST_DAYS:
        raise Refused(f"联合办理的法定时限不得超过 {MOST_DAYS} 个工作日（行政许可法第四十二条）", CLAUSE)


def _check_drafts(case: Case, lead: Department, tasks: Sequence[TaskDraft], at: datetime) -> None:
    units = [draft.department.pk for draft in tasks]
    if lead.pk not in units or len(units) < 2:
        raise Refused("联办至少要有牵头部门和一个会办部门，牵头部门也要有任务", CLAUSE)
    if len(set(units)) != len(units):
        raise Refused("同一个部门只列一次，承办事项写在一起", CLAUSE)
    if not all(draft.subject.strip() for draft in tasks):
        raise Refused("请写明每个部门承办什么", CLAUSE)
    check_days(case, [draft.n for draft in tasks], at)


def check_days(case: Case, days: Sequence[int], at: datetime) -> None:
    left = queries.days_to(case, at)
    if left < 1:
        raise Refused("总时限已不足 1 个工作日，不能再分送会办", CLAUSE)
    if min(days) < 1 or max(days) > left:
        raise Refused(f"各部门答复时限应为 1 至 {left} 个工作日，不得超过总时限", CLAUSE)


def send(
    case: Case, draft: TaskDraft, position: int, *, is_lead: bool, replaces: JointTask | None = None, by: Actor, at: datetime
) -> JointTask:
    """One task to one department; its head answers for it until somebody there takes it."""
    head = queries.responsible_in(by.center, draft.department, at)
    if head is None:
        raise Refused(f"{draft.department.name}现在没有在岗人员，请另定部门", CLAUSE)
    task = JointTask(
        center=by.center, case=case, position=position, department=draft.department, department_name=draft.department.name,
        is_lead=is_lead, is_mandatory=draft.is_mandatory, subject=draft.subject.strip()[:120],
        attachments=draft.attachments.strip()[:120], n=draft.n, member=head, member_name=head.name, told_at=at, due_at=at,
        object_by=queries.objection_ends(by.center, at), replaces=replaces,
    )  # fmt: skip
    task.due_at = queries.task_reading(task, at, ()).due_at
    task.save(force_insert=True)
    text = f"{case.item_name} {case.code}：{task.subject}，请于 {local(task.due_at):%m-%d %H:%M} 前答复。"
    tell_holder(task, "会办任务", text, "sent", by, at)
    return task


def tell_holder(task: JointTask, title: str, text: str, what: str, by: Actor, at: datetime) -> None:
    to = queries.task_holder(task, at)
    url = address("cases:joint_task", task.code)
    enqueue(to=to, title=title, text=text, url=url, key=f"joint:{task.code}:{what}:{to.code}"[:120], by=by, at=at)


def tell_section(task: JointTask, title: str, text: str, what: str, by: Actor, at: datetime) -> None:
    """Whoever holds the case learns what a department did."""
    to = holder(task.case, at)
    if not by.is_self(to):
        url = address("cases:joint", task.case.code)
        enqueue(to=to, title=title, text=text, url=url, key=f"joint:{task.code}:{what}:{to.code}"[:120], by=by, at=at)


def require_unit(task: JointTask, by: Actor, at: datetime) -> None:
    if task.department_id not in queries.units_of(by, at):
        raise Refused(f"这项任务是{task.department_name}的，由该部门的人办理", CLAUSE)


def require_holder(task: JointTask, by: Actor, at: datetime) -> None:
    now = queries.task_holder(task, at)
    if not by.is_self(now):
        raise Refused(f"这项任务现在由{now.name}负责；本部门的人可以先认领", CLAUSE)


def move(task: JointTask, old: Sequence[str], **changes: Any) -> None:
    """From one of the old states, if it is still there; else somebody was quicker."""
    rows = JointTask.objects.of(task.center_id).filter(pk=task.pk, status__in=list(old), member_id=task.member_id)
    if rows.update(**changes) != 1:
        raise taken()
    for name, value in changes.items():
        setattr(task, name, value)


@transaction.atomic
def sign_task(*, task: JointTask, by: Actor, at: datetime) -> JointTask:
    """The department signs for what it was sent; every passing on is signed for. Effects: state 办理中, entry "joint_sign"."""
    require_unit(task, by, at)
    move(task, ["sent"], status="signed", signed_by=by.label[:30], signed_at=at)
    note(task.case, "joint_sign", f"{task.department_name}签收会办任务", by=by, at=at, clause=CLAUSE)
    return task


@transaction.atomic
def take_task(*, task: JointTask, by: Actor, at: datetime) -> JointTask:
    """Somebody of the department becomes the one responsible, from the head or a colleague; signs for it as well.

    Effects: the task on the actor, a word to whom it was taken from, entry "joint_take".
    """
    require_unit(task, by, at)
    before = task.member
    if by.is_self(before) and task.taken_at:
        raise Refused("这项任务已经由您负责", CLAUSE)
    changes: dict[str, Any] = {"member": by.member, "member_name": by.member.name, "taken_at": at}
    if task.status == JointTask.Status.SENT:
        changes |= {"status": "signed", "signed_by": by.label[:30], "signed_at": at}
    move(task, JointTask.OPEN, **changes)
    if not by.is_self(before):
        url, text = address("cases:joint_task", task.code), f"{by.label}认领了“{task.subject}”。"
        key = f"joint:{task.code}:taken:{by.member.code}:{at:%y%m%d%H%M%S}"
        enqueue(to=before, title="会办任务已认领", text=text, url=url, key=key, by=by, at=at)
    note(task.case, "joint_take", f"{task.department_name}的任务由{by.label}负责", by=by, at=at, clause=CLAUSE)
    return task


@transaction.atomic
def answer_task(
    *,
    task: JointTask,
    opinion: str,
    text: str = "",
    basis: str = "",
    materials: Sequence[dict[str, str]] = (),
    by: Actor,
    at: datetime,
) -> Opinion:
    """The department's opinion: agree, refuse with the basis, or the material it lacks, which only the section asks for.

    `materials` are {"name", "defect"}. After a request the department's own clock stands still until the material is there; the
    citizen's runs on (K8). Refused before it is signed for, and by anybody but its holder. An answer after the moment it was due
    is on record as a breach. Effects: Opinion, state, a word to the section, entry "joint_answer". 依据: 四(三)3 ("4.3.3")
    """
    _may_answer(task, opinion, basis, materials, by, at)
    mark_overdue(task, by=by, at=at)
    lacking = opinion == Opinion.Kind.NEEDS_CORRECTION
    row = Opinion(
        center=by.center, task=task, number=task.opinions.count() + 1, kind=opinion, text=text.strip()[:300],
        basis=basis.strip()[:200], materials=[dict(one) for one in materials] if lacking else [], given_by=by.label[:30], given_at=at,
    )  # fmt: skip
    if lacking:
        move(task, ["signed"], status="waiting")
    else:
        move(task, ["signed"], status="answered", result=opinion, answered_at=at)
    row.save(force_insert=True)
    words = f"{task.department_name}：{row.get_kind_display()}" + (f"，{row.text}" if row.text else "")
    note(task.case, "joint_answer", words, by=by, at=at, clause=CLAUSE, data={"task": task.code, "opinion": opinion})
    left = queries.unanswered_tasks(task.case)
    more = "请统一告知申请人补正。" if lacking else "各部门都已答复，请汇总。" if not left else ""
    tell_section(task, "会办意见", f"{words}。{more}", f"answer:{row.number}", by, at)
    return row


def _may_answer(
    task: JointTask, opinion: str, basis: str, materials: Sequence[dict[str, str]], by: Actor, at: datetime
) -> None:
    require_holder(task, by, at)
    if task.status != JointTask.Status.SIGNED:
        words = {"sent": "请先签收再答复", "waiting": "正在等申请人补材料，材料到齐后再答复"}
        raise Refused(words.get(task.status, "这项任务已有结果，不能再答复"), CLAUSE)
    if task.is_disputed:
        raise Refused("分派异议还没有处理，请等业务科决定", CLAUSE)
    if opinion == Opinion.Kind.REFUSE and not basis.strip():
        raise Refused("不同意的须写明依据", CLAUSE)
    if opinion == Opinion.Kind.NEEDS_CORRECTION and not any(one.get("name", "").strip() for one in materials):
        raise Refused("请列出需要补正的材料；由业务科统一告知，部门不单独向申请人要材料", CLAUSE)


@transaction.atomic
def urge_task(*, task: JointTask, text: str, by: Actor, at: datetime) -> TaskUrging:
    """Press a department: the section, or a leader or director. Logged and told. Effects: TaskUrging, entry "joint_urge"."""
    if not by.has("section", "leader", "director"):
        raise Refused("会办任务由业务科或中心负责人催办", CLAUSE)
    if not task.is_open:
        raise Refused("这项任务已有结果，无须催办", CLAUSE)
    to = queries.task_holder(task, at)
    row = TaskUrging.objects.create(
        center=by.center,
        task=task,
        to_name=to.name,
        text=text.strip()[:200] or "请按时答复",
        urged_by=by.label[:30],
        urged_at=at,
    )
    told = f"{task.case.item_name} {task.case.code}：{row.text}，应于 {local(task.due_at):%m-%d %H:%M} 前答复。"
    tell_holder(task, "会办催办", told, f"urge:{row.pk.hex}", by, at)
    note(task.case, "joint_urge", f"催办{task.department_name}（{to.name}）：{row.text}", by=by, at=at, clause=CLAUSE)
    return row


def mark_overdue(task: JointTask, *, by: Actor, at: datetime) -> bool:
    """A task past its moment is a breach of its department's holder then, once, whatever comes later (K8, L5)."""
    reading = queries.task_reading(task, at)
    if not reading.is_overdue:
        return False
    moment, limit = reading.due_at, f"应于 {local(reading.due_at):%Y-%m-%d %H:%M} 前答复"
    member: Member = reception.acting(task.member, reception.covers(task.center_id, moment))
    words = f"{task.department_name}会办“{task.subject}”逾期，{limit}"
    source = f"{Breach.Kind.JOINT_TASK.value}:{task.code}"
    row = breach(
        task.case, Breach.Kind.JOINT_TASK.value, source, words, clause=CLAUSE, moment=moment, member=member, by=by, at=at
    )
    if row is not None:
        tell_section(task, "会办逾期", words, "overdue", by, at)
    return row is not None


def sweep_joint(*, by: Actor, at: datetime) -> int:
    """Write the breach of every task that ran out of time; returns how many were new. Each in a transaction of its own."""
    found = 0
    for task in queries.overdue_tasks(by.center, at):
        with transaction.atomic():
            found += mark_overdue(task, by=by, at=at)
    return found
