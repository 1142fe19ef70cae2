"""The section's board, a joint case, a department's task ("4.3.3")."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.cases import access
from shouwen.cases.actions import coordinating, joint
from shouwen.cases.forms import joint as forms
from shouwen.cases.models import Case, JointTask
from shouwen.cases.queries import joint as queries
from shouwen.cases.views.verbs import Verb, act
from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org import queries as org

CHANGING = ["GET", "POST"]


def _departments(actor: Actor, at: datetime) -> dict[str, Any]:
    return {one.code: one for one in org.departments(actor.center, local(at).date())}


def _choices(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(code, one.name) for code, one in found.items()]


@web.allow("member")
@require_GET
def joint_board(request: HttpRequest) -> HttpResponse:
    """Joint cases of the centre, or those in which the own department has a task."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    view = "all" if request.GET.get("view") == "all" else "open"
    rows = queries.joint_rows(actor, at, open_only=view == "open")
    return web.page(request, "cases/joint_board.html", {"rows": rows, "view": view})


@web.allow("member")
@require_http_methods(CHANGING)
def joint_case(request: HttpRequest, code: str) -> HttpResponse:
    """Tasks, opinions and urgings of one joint case; the section merges requests for material, and concludes."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.joint_case_for(actor, code, at)
    verbs = {
        "merge": Verb(forms.MergeCorrections, coordinating.ask_merge, "已请示，批准后即统一告知申请人"),
        "resume": Verb(forms.Plain, coordinating.return_materials, "已通知部门继续会办"),
        "conclude": Verb(forms.ConcludeJoint, coordinating.conclude_joint, "已汇总"),
    }
    bound, done = act(request, verbs, case=case)
    if done is not None:
        return web.done(request, reverse("cases:joint", args=[code]), done.said)
    found = queries.joint_of(case)
    tasks = queries.tasks_of(case) if found else []
    context = {"case": case, "joint": found, "tasks": tasks, "forms": bound, **_open_matters(case, tasks, actor)}
    return web.page(request, "cases/joint.html", context)


def _open_matters(case: Case, tasks: list[JointTask], actor: Actor) -> dict[str, Any]:
    """What the section still has to do: material to ask for, material out, answers missing."""
    waiting = [task for task in tasks if task.status == JointTask.Status.WAITING]
    untold = queries.waiting_opinions(case) if waiting else []
    missing = [task for task in tasks if task.is_open and task.is_mandatory]
    coordinates = actor.has("section") and case.is_open
    return {
        "materials": queries.merged_materials(untold),
        "told": len(waiting) > len(untold),
        "missing": missing,
        "coordinates": coordinates,
    }


@web.allow("section")
@require_http_methods(CHANGING)
def open_joint(request: HttpRequest, code: str) -> HttpResponse:
    """One row a department, filled in from the item's version."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case, found = access.joint_case_for(actor, code, at), _departments(actor, at)
    drafts = queries.task_drafts(case, at)
    choices = {"departments": _choices(found)}
    form = forms.OpenJoint(request.POST or None, initial={"lead": case.department.code}, **choices)
    initial = [
        {"department": one.department.code, "subject": one.subject, "n": one.n or None, "is_mandatory": True} for one in drafts
    ]
    rows = forms.TaskRows(request.POST or None, initial=initial, prefix="task", form_kwargs=choices)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        tasks = [_draft(row, found) for row in rows.cleaned_data if row.get("department")]
        told = {"lead": found[form.cleaned_data["lead"]], "tasks": tasks, "silence": form.cleaned_data["silence"]}
        if web.attempt(request, form, joint.open_joint, case=case, by=actor, at=at, **told):
            return web.done(request, reverse("cases:joint", args=[code]), "已分送各部门，请督促签收")
    left = queries.days_to(case, at)
    return web.page(request, "cases/open_joint.html", {"case": case, "form": form, "rows": rows, "left": left})


def _draft(row: dict[str, Any], found: dict[str, Any]) -> queries.TaskDraft:
    return queries.TaskDraft(found[row["department"]], row["subject"], row["n"], row["is_mandatory"], row["attachments"])


@web.allow("member")
@require_http_methods(CHANGING)
def joint_task(request: HttpRequest, code: str) -> HttpResponse:
    """A department's task: sign, take, answer, object; the section urges and rules."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    task = access.joint_task_for(actor, code, at)
    found = _departments(actor, at)

    def rule(*, department: str, **told: Any) -> JointTask:
        return coordinating.rule_on_routing(department=found.get(department), **told)

    verbs = {
        "sign": Verb(forms.Plain, joint.sign_task, "已签收"),
        "take": Verb(forms.Plain, joint.take_task, "已由您负责"),
        "answer": Verb(forms.Answer, joint.answer_task, "已答复"),
        "object": Verb(forms.ObjectToRouting, coordinating.object_to_routing, "已提出，等业务科处理"),
        "rule": Verb(forms.RuleOnRouting, rule, "已处理异议", {"departments": _choices(found)}),
        "urge": Verb(forms.Urge, joint.urge_task, "已催办"),
    }
    bound, done = act(request, verbs, task=task)
    if done is not None:
        return web.done(request, reverse("cases:joint_task", args=[code]), done.said)
    context = {"task": task, "forms": bound, "reading": queries.task_reading(task, at), "may": _may(actor, task, at)}
    return web.page(request, "cases/joint_task.html", context | queries.told_about(task))


def _may(actor: Actor, task: JointTask, at: datetime) -> dict[str, bool]:
    """Which forms to show; the actions check again."""
    ours, open_ = task.department_id in queries.units_of(actor, at), task.is_open and task.case.is_open
    holds = actor.is_self(queries.task_holder(task, at))
    early = task.objected_at is None and at <= task.object_by and task.status in ("sent", "signed")
    signed = task.status == JointTask.Status.SIGNED and not task.is_disputed
    return {
        "sign": ours and task.status == JointTask.Status.SENT and task.case.is_open,
        "take": ours and open_ and not (holds and task.taken_at),
        "answer": holds and signed and open_,
        "object": holds and early and open_,
        "rule": actor.has("section") and task.is_disputed,
        "urge": actor.has("section", "leader", "director") and open_,
    }


@web.allow("section", "leader", "director", "clerk")
@require_http_methods(["POST"])
def joint_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the flow sheet (联办件流转单) as it stands now."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    case = access.joint_case_for(actor, code, at)
    if queries.joint_of(case) is None:
        raise Refused("这件没有在联办", "4.3.3")
    paper = coordinating.issue_flow(case=case, by=actor, at=at)
    return web.done(request, reverse("cases:side_paper", args=[paper.code, "pdf"]))
