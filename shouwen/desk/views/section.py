"""业务科: what is joint, what was led here, and whom to press."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shouwen.cases import access
from shouwen.cases.actions.joint import urge_task
from shouwen.core import clock, web
from shouwen.desk import queries


@web.allow("section", "leader", "director", "supervisor")
@require_GET
def section(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {"found": queries.section(actor, clock.now()), "may_urge": actor.has("section", "leader", "director")}
    return web.page(request, "desk/section.html", context)


@web.allow("section", "leader", "director")
@require_POST
def urge(request: HttpRequest, code: str) -> HttpResponse:
    """Press a department from the board, in the usual words; other words are said on the task's own page."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    task = access.joint_task_for(actor, code, at)
    row = urge_task(task=task, text="请按时答复会办意见", by=actor, at=at)
    return web.done(request, reverse("desk:section"), f"已催办 {task.department_name}({row.to_name})。")
