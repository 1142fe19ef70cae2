"""The page of a matter, put together once for all that can happen on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from shouwen.core import clock, web
from shouwen.core.actors import Actor
from shouwen.org import queries as org
from shouwen.reception import access, forms, queries
from shouwen.reception.models import Matter

Places = list[tuple[str, list[tuple[str, str]]]]


def places(actor: Actor, at: datetime) -> Places:
    """Where a matter can go: the business section, a window, a department, a person."""
    on = clock.local(at).date()
    windows = [(f"counter:{row.code}", str(row)) for row in org.counters(actor.center, on)]
    units = [(f"department:{row.code}", row.name) for row in org.departments(actor.center, on)]
    people = [
        (f"member:{person.code}", f"{person.name} · {person.label}" if person.label else person.name)
        for person in queries.askable(actor.center, at)
        if not actor.is_self(person)
    ]
    return [("业务科", [("section", "业务科(联办件、去处不明的)")]), ("窗口", windows), ("部门", units), ("人员", people)]


def matter_page(request: HttpRequest, matter: Matter, **bound: Any) -> HttpResponse:
    """`bound` are forms that came back with faults, by name; the others are fresh."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    holder = queries.holder_of(matter, at)
    mine = holder is not None and actor.is_self(holder.member)
    context: dict[str, Any] = {
        "row": matter,
        "inquiry": matter.inquiry,
        "holder": holder,
        "mine": mine,
        "moves": mine or (holder is not None and actor.has("leader", "director")),
        "links": queries.chain(matter),
        "story": queries.story(matter),
        "offered": queries.offered_to(actor, at).filter(matter=matter).first() if holder is not None else None,
        "return_form": bound.get("back") or forms.Return(),
        "knows_person": actor.has(*access.REGISTER),
        "version": queries.version_of(matter, clock.local(at).date()),
    }
    if holder is not None:
        context |= _ways(actor, matter, at, context["version"], bound)
    return web.page(request, "reception/matter.html", context)


def _ways(actor: Actor, matter: Matter, at: datetime, version: Any, bound: dict[str, Any]) -> dict[str, Any]:
    """Forms for what may happen next; "not ours" is not among them ("4.3.1")."""
    on = clock.local(at).date()
    told = queries.guidance(version, on) if version is not None else {}
    items = queries.items_by_name(actor.center, on)
    fresh = {
        "answer": lambda: forms.Answer(has_item=matter.item_id is not None, initial=told),
        "phone": forms.PhoneCall,
        "offer": lambda: forms.HandOver(places=places(actor, at)),
        "complaint": lambda: forms.Complaint(people=queries.askable(actor.center, at)),
        "urge": forms.Urge,
        "add": lambda: forms.AddMatter(items=items),
    }
    opened = next((name for name in fresh if name in bound), "")
    return {name: bound.get(name) or make() for name, make in fresh.items()} | {"items": items, "opened": opened}
