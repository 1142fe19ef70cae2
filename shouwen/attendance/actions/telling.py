"""Messages of attendance: one key each, so nobody is told the same thing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.notifications.actions import enqueue
from shouwen.org import queries as org

PAGES = {"leave": "attendance:leave", "postcheck": "attendance:post_check", "correction": "attendance:correction"}


def tell(to: Any, title: str, text: str, about: Any, what: str, by: Actor, at: datetime) -> None:
    """Queue a message about a leave, a check or a correction for one person."""
    kind = about._meta.model_name
    url = reverse(PAGES[kind], args=[about.code])
    enqueue(to=to, title=title, text=text, url=url, key=f"{kind}:{about.code}:{what}:{to.code}", by=by, at=at)


def tell_role(role: str, title: str, text: str, about: Any, what: str, by: Actor, at: datetime) -> None:
    """The same for everybody who holds a role, but not the person it is about."""
    for holder in org.holders(by.center, role, local(at).date()):
        if holder.pk != about.member_id:
            tell(holder, title, text, about, what, by, at)
