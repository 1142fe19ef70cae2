"""Who may see, write and decide: everybody of the centre reads the catalogue, three roles write it, two put it in force."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from shouwen.catalogue import queries
from shouwen.catalogue.models import Fee, Item, ItemVersion
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.org.models import Center

EDITORS = frozenset({"leader", "director", "section"})
ENACTORS = frozenset({"leader", "director"})


def may(actor: Actor, right: str) -> bool:
    """ "write" drafts and imports, "decide" what holds and what is charged."""
    return actor.has(*(EDITORS if right == "write" else ENACTORS))


def _require(actor: Actor, to: str) -> None:
    if to == "write" and not may(actor, "write"):
        raise Refused("事项由中心负责人、分管领导或业务科编制", "3.3")
    if to == "decide" and not may(actor, "decide"):
        raise Refused("事项的施行、停止和收费标准由中心负责人或分管领导决定", "3.3")


def item_for(actor: Actor, code: str, *, to: str = "see") -> Item:
    """An item of the actor's centre, or 404. `to` is "see", "write" or "decide"."""
    _require(actor, to)
    found: Item = get_object_or_404(Item.objects.of(actor.center).select_related("center"), code=code)
    return found


def version_for(actor: Actor, code: str, *, to: str = "see") -> ItemVersion:
    """A version of the actor's centre, or 404. To "write" it must still be a draft."""
    _require(actor, to)
    rows = ItemVersion.objects.of(actor.center).select_related("item", "department", "center")
    found: ItemVersion = get_object_or_404(rows, code=code)
    if to == "write" and found.state != ItemVersion.State.DRAFT:
        raise Refused("已经施行过的版本不再改动，请另起草新版本", "3.3")
    return found


def fee_for(actor: Actor, code: str) -> Fee:
    """A row of the schedule for those who decide about it, or 404."""
    _require(actor, "decide")
    found: Fee = get_object_or_404(Fee.objects.of(actor.center).select_related("item", "center"), code=code)
    return found


def public_version(center: Center, code: str, on: date) -> ItemVersion:
    """What everybody may read: the version of an item in force on a day; 404 otherwise."""
    found = queries.version_in_force(center, code, on)
    if found is None:
        raise Http404
    return found
