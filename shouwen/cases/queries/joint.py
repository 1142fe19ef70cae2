"""Joint matters as they stand: whose task it is, by when, what is still open; counts never depend on who looks ("4.3.3", L29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from shouwen.cases.models import Case, JointHandling, JointTask, Opinion, TaskUrging
from shouwen.cases.queries.owed import Owed, Select, Shape, read_owed, select, shaped
from shouwen.catalogue.models import Partner
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address, state_at
from shouwen.org import queries as org
from shouwen.org.models import Department, Member, Membership, in_force
from shouwen.reception import queries as reception
from shouwen.rules.clock import Event, Limit, Reading, read
from shouwen.workcalendar.queries import day_table

CLAUSE = "4.3.3"
OBJECTION = Limit(2)
"""A wrong routing is objected to within two working days of being told."""
MOST_DAYS, MOST_EXTENSION = 45, 15
"""行政许可法 42: a joint permit takes 45 working days, 15 more when the government approves."""
WATCHERS = frozenset({"section", "leader", "director", "supervisor"})
"""They see every task of the centre; a department sees its own."""
DAY_SECONDS = 86_400


def joint_of(case: Case) -> JointHandling | None:
    return JointHandling.objects.of(case.center_id).filter(case=case).select_related("lead").first()


def tasks_of(case: Case) -> list[JointTask]:
    """Every task of a case in order, with department, holder, opinions (`said`) and urgings (`pressed`); three queries."""
    said = Prefetch("opinions", Opinion.objects.of(case.center_id).order_by("number"), to_attr="said")
    pressed = Prefetch("urgings", TaskUrging.objects.of(case.center_id).order_by("urged_at"), to_attr="pressed")
    rows = JointTask.objects.of(case.center_id).filter(case=case).select_related("department", "member")
    return list(rows.prefetch_related(said, pressed).order_by("position"))


def unanswered_tasks(case: Case) -> list[JointTask]:
    """Mandatory tasks without a result: while there is one the case cannot be completed, whoever can see it (L29)."""
    rows = JointTask.objects.of(case.center_id).filter(case=case, is_mandatory=True, status__in=JointTask.OPEN)
    return list(rows.order_by("position"))


def joint_refusal(case: Case) -> str:
    """Why a joint case cannot be decided yet, "" when it can or is no joint case ("4.3.3", L29)."""
    waiting = unanswered_tasks(case)
    return f"{'、'.join(task.department_name for task in waiting)}还没有会办意见，不能办结" if waiting else ""


def task_reading(task: JointTask, at: datetime, opinions: Iterable[Opinion] | None = None) -> Reading:
    """The task's own clock at `at`: it stands still from a request for material until the material is there.

    The citizen's clock does not: that one belongs to the section (K8).
    """
    rows = Opinion.objects.of(task.center_id).filter(task=task).order_by("number") if opinions is None else opinions
    events = []
    for row in rows:
        if row.kind == Opinion.Kind.NEEDS_CORRECTION:
            events.append(Event("pause", row.given_at))
            events += [Event("resume", row.settled_at)] if row.settled_at else []
    moment = min(at, task.answered_at) if task.answered_at else at
    return read(day_table(task.center), task.told_at, Limit(task.n), events, max(moment, task.told_at), local=True)


def objection_ends(center: Any, told_at: datetime) -> datetime:
    return read(day_table(center), told_at, OBJECTION, (), told_at, local=True).due_at


def days_to(case: Case, at: datetime) -> int:
    """How many working days a task told now may have, so that it ends no later than the case; 0 when none are left."""
    if case.due_at is None:
        return 0
    return max(0, day_table(case.center).count(local(at).date(), local(case.due_at).date(), local=True))


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What a department is to be asked: `n` working days, `subject` what it does."""

    department: Department
    subject: str
    n: int
    is_mandatory: bool = True
    attachments: str = ""


def task_drafts(case: Case, at: datetime) -> list[TaskDraft]:
    """The tasks the item's version foresees, the leading department first, none longer than what is left of the whole."""
    left = days_to(case, at)
    lead = TaskDraft(case.department, "牵头办理", left)
    rows = Partner.objects.of(case.center_id).filter(version=case.version_id).select_related("department")
    partners = [TaskDraft(row.department, row.task, min(row.limit, left)) for row in rows.order_by("position")]
    return [lead, *(draft for draft in partners if draft.department.pk != case.department_id)]


def responsible_in(center: Any, department: Department, at: datetime) -> Member | None:
    """Who answers for a task nobody took yet: the head of the department, else who is there longest; None without anybody."""
    on = local(at).date()
    posts = Membership.objects.of(center).filter(in_force(on), department=department).select_related("member")
    there = [post.member for post in posts.order_by("active_from", "id") if post.member.is_here(on)]
    heads = {member.pk for role in ("leader", "director") for member in org.holders(center, role, on)}
    return next((member for member in there if member.pk in heads), there[0] if there else None)


def units_of(actor: Actor, at: datetime, on: date | None = None) -> set[UUID]:
    """Departments the actor speaks for: the own one, and those of people the actor stands in for."""
    if actor.member is None:
        return set()
    people = reception.mine(actor.member, reception.covers(actor.center, at)) | {actor.member.pk}
    posts = Membership.objects.of(actor.center).filter(in_force(on or local(at).date()), member__in=people)
    return set(posts.values_list("department_id", flat=True))


def task_holder(task: JointTask, at: datetime) -> Member:
    """The one person who answers for a task at a moment; the cover while its holder is away (L27, L28)."""
    return reception.acting(task.member, reception.covers(task.center_id, at))


def visible_tasks(actor: Actor, at: datetime) -> QuerySet[Any]:
    """Tasks the actor may see: all of the centre for those who coordinate or oversee, else those of the own department."""
    rows = JointTask.objects.of(actor.center)
    return rows if actor.has(*WATCHERS) else rows.filter(department__in=units_of(actor, at))


@dataclass(frozen=True, slots=True)
class JointRow:
    """A joint case on the section's board: the tasks the viewer may see, and how many of all are answered."""

    case: Case
    joint: JointHandling
    tasks: list[JointTask]
    answered: int
    total: int
    state: str

    @property
    def is_ready(self) -> bool:
        """Everything is answered; the section concludes."""
        return self.answered == self.total and self.joint.concluded_at is None


def joint_rows(actor: Actor, at: datetime, *, open_only: bool = True, most: int = 200) -> list[JointRow]:
    """The board of joint cases, what is due first on top: three queries, and one for the viewer's department."""
    rows = JointHandling.objects.of(actor.center).select_related("case", "case__person", "lead")
    rows = rows.filter(case__ended_at__isnull=True, case__decided_at__isnull=True) if open_only else rows
    if not actor.has(*WATCHERS):
        mine = JointTask.objects.of(actor.center).filter(department__in=units_of(actor, at)).values("case_id")
        rows = rows.filter(case__in=mine)
    found = list(rows.order_by("case__current_due_at", "case__code")[:most])
    by_case: dict[UUID, list[JointTask]] = {row.case_id: [] for row in found}
    tasks = JointTask.objects.of(actor.center).filter(case__in=list(by_case)).select_related("member", "department")
    for task in tasks.order_by("position"):
        by_case[task.case_id].append(task)
    return [_joint_row(actor, at, row, by_case[row.case_id]) for row in found]


def _joint_row(actor: Actor, at: datetime, row: JointHandling, tasks: list[JointTask]) -> JointRow:
    counted = [task for task in tasks if task.is_mandatory and task.status != JointTask.Status.REROUTED]
    answered = sum(task.status == JointTask.Status.ANSWERED for task in counted)
    states = [state_at(task.due_at, at, DAY_SECONDS) for task in tasks if task.is_open]
    state = next((one for one in ("late", "warn") if one in states), "ok")
    return JointRow(row.case, row, tasks, answered, len(counted), state)


def overdue_tasks(center: Any, at: datetime) -> list[JointTask]:
    """Open tasks past their moment, the oldest first: what the sweep looks at."""
    rows = JointTask.objects.of(center).filter(status__in=JointTask.OPEN, due_at__lt=at - timedelta(minutes=1))
    return list(rows.select_related("case", "case__matter", "member", "department", "center").order_by("due_at"))


def waiting_opinions(case: Case) -> list[Opinion]:
    """Requests for material the section has not passed on yet; they go out in one notice."""
    rows = Opinion.objects.of(case.center_id).filter(task__case=case, task__center=case.center_id)
    rows = rows.filter(kind=Opinion.Kind.NEEDS_CORRECTION, told_at__isnull=True, task__status=JointTask.Status.WAITING)
    return list(rows.select_related("task").order_by("given_at", "id"))


def merged_materials(opinions: Iterable[Opinion]) -> list[dict[str, str]]:
    """What all departments lack, each material once, with everything said about it."""
    found: dict[str, dict[str, str]] = {}
    for opinion in opinions:
        for one in opinion.materials:
            name, defect = one["name"].strip(), one.get("defect", "").strip()
            known = found.setdefault(name, {"name": name, "defect": ""})
            if defect and defect not in known["defect"]:
                known["defect"] = f"{known['defect']}；{defect}".strip("；")
    return list(found.values())


def joint_selects(actor: Actor, people: set[UUID]) -> Iterator[Select]:
    """Tasks of `people` to sign and answer, and for the section objections to rule on, material to ask for, results to conclude."""
    tasks = JointTask.objects.of(actor.center).filter(status__in=JointTask.OPEN)
    disputed = Q(objected_at__isnull=False, ruled_at__isnull=True)
    mine = tasks.filter(~disputed, member__in=people)
    for kind, status in (("task_sign", JointTask.Status.SENT), ("task_answer", JointTask.Status.SIGNED)):
        yield select(mine.filter(status=status), kind, "case__item_name", "subject", since="told_at", due="due_at")
    if not actor.has("section"):
        return
    name = ("case__item_name", "department_name")
    yield select(tasks.filter(disputed), "task_dispute", *name, since="objected_at", due="due_at")
    lacking, since = tasks.filter(~disputed, status=JointTask.Status.WAITING), Coalesce("signed_at", "told_at")
    yield select(lacking, "task_lack", *name, since=since, due="case__due_at", page="case__code")
    missing = JointTask.objects.of(actor.center).filter(is_mandatory=True, status__in=JointTask.OPEN).values("case_id")
    ready = JointHandling.objects.of(actor.center).filter(
        ~Q(case__in=missing), concluded_at__isnull=True, case__ended_at__isnull=True, case__decided_at__isnull=True
    )
    ready = ready.filter(case__matter__holder__in=people)
    code = {"code": "case__code", "page": "case__code"}
    yield select(ready, "conclude", "case__item_name", "case__code", since="opened_at", due="case__due_at", **code)


JOINT_SHOWN = {
    "task_sign": ("会办待签收", "签收", "cases:joint_task"),
    "task_answer": ("会办答复", "答复", "cases:joint_task"),
    "task_dispute": ("分派异议", "处理", "cases:joint_task"),
    "task_lack": ("会办需补正", "统一告知", "cases:joint"),
    "conclude": ("联办汇总", "汇总意见", "cases:joint"),
}


def joint_owed(row: Owed, at: datetime) -> Obligation:
    chip, action, page = JOINT_SHOWN[row.kind]
    state = state_at(row.due, at, DAY_SECONDS)
    url = address(page, row.page)
    return Obligation(chip, row.title, row.who, row.code, CLAUSE, row.since, row.due, state, action, url)


JOINT_SHAPES: dict[str, Shape] = dict.fromkeys(JOINT_SHOWN, joint_owed)


def joint_obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """What the actor owes on joint matters, in one statement beside that of whom the actor answers for."""
    people = reception.mine(actor.member, reception.covers(actor.center, at)) if actor.member else set()
    return shaped(read_owed(joint_selects(actor, people)), JOINT_SHAPES, at) if people else []


def told_about(task: JointTask) -> dict[str, Any]:
    """Opinions, urgings and the joint handling of one task, for its page; three queries."""
    return {
        "opinions": list(Opinion.objects.of(task.center_id).filter(task=task).order_by("number")),
        "urgings": list(TaskUrging.objects.of(task.center_id).filter(task=task).order_by("urged_at")),
        "joint": joint_of(task.case),
    }
