"""Who may change the calendar."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.workcalendar import models

NOTICE_ROLES = frozenset({"system_admin"})
CENTER_ROLES = frozenset({"leader", "director", "system_admin"})


def require(actor: Actor, *, to: str) -> None:
    """`to` is "notice" (shared by all centres, so never from a station below another) or "center" (closures, hours). Raises Refused."""
    if not actor.has(*(NOTICE_ROLES if to == "notice" else CENTER_ROLES)):
        who = "系统管理员" if to == "notice" else "中心负责人、分管领导或系统管理员"
        raise Refused(f"日历只能由{who}改动", "1.1")
    if to == "notice" and actor.center.parent_id is not None:
        raise Refused("放假通知是全装置共用的,请由上级中心的系统管理员录入", "1.1")


def closure_for(actor: Actor, code: str, *, to: str = "end") -> models.Closure:
    """A live closure of the actor's centre, or 404."""
    require(actor, to="center")
    return get_object_or_404(models.Closure.objects.of(actor.center), code=code, ended_at__isnull=True)
