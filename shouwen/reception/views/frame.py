"""The page of a matter, put together once for all that can happen on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.org import queries as org
from shouwen.reception import access, forms, queries
from shouwen.reception.models import Matter

Places = list[tuple[str, list[tuple[str, str]]]]


def places(actor: Actor, at: datetime, people: list[Any]) -> Places:
    """Where a matter can go: the business section, a window, a department, one of `people` (`queries.askable`)."""
    on = clock.local(at).date()
    windows = [(f"counter:{row.code}", str(row)) for row in org.counters(actor.center, on)]
    units = [(f"department:{row.code}", row.name) for row in org.departments(actor.center, on)]
    persons = [
        (f"member:{person.code}", f"{person.name} · {person.label}" if person.label else person.name)
        for person in people
        if not actor.is_self(person)
    ]
    return [("业务科", [("section", "业务科(联办件、去处不明的)")]), ("窗口", windows), ("部门", units), ("人员", persons)]


def matter_page(request: HttpRequest, matter: Matter, **bound: Any) -> HttpResponse:
    """`bound` are forms that came back with faults, by name; the others are fresh."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    holder = queries.holder_of(matter, at)
    mine = holder is not None and actor.is_self(holder.member)
    story = queries.story(matter)
    context: dict[str, Any] = {
        "row": matter,
        "inquiry": matter.inquiry,
        "holder": holder,
        "mine": mine,
        "moves": mine or (holder is not None and actor.has("leader", "director")),
        "urges": holder is not None and not mine and queries.may_urge(actor, matter, at),
        "links": queries.chain(matter),
        "story": story,
        "offered": queries.offered_to(actor, at).filter(matter=matter).first() if story.pending else None,
        "return_form": bound.get("back") or forms.Return(),
        "knows_person": actor.has(*access.REGISTER),
        "version": queries.version_of(matter, clock.local(at).date()),
        "urge": bound.get("urge") or forms.Urge(),
    }
    if context["moves"] and not story.pending:
        context |= _ways(actor, matter, at, context["version"] if mine else None, bound)
    return web.page(request, "reception/matter.html", context)


def _ways(actor: Actor, matter: Matter, at: datetime, version: Any, bound: dict[str, Any]) -> dict[str, Any]:
    """Forms for what may happen next; "not ours" is not among them ("4.3.1")."""
    on, people = clock.local(at).date(), queries.askable(actor.center, at)
    told = queries.guidance(version, on) if version is not None else {}
    items = queries.items_by_name(actor.center, on)
    fresh: dict[str, Callable[[], Any]] = {
        "answer": lambda: forms.Answer(has_item=matter.item_id is not None, initial=told),
        "phone": forms.PhoneCall,
        "offer": lambda: forms.HandOver(places=places(actor, at, people)),
        "complaint": lambda: forms.Complaint(people=people),
        "add": lambda: forms.AddMatter(items=items),
    }
    opened = next((name for name in fresh if name in bound), "")
    return {name: bound.get(name) or make() for name, make in fresh.items()} | {"items": items, "opened": opened}
