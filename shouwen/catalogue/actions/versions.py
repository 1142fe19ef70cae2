"""An item's life: written as a draft, put in force from a day, ended; what runs keeps the version it began under ("3.3", L39)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from shouwen.audit.actions import record
from shouwen.catalogue.actions.writing import (
    CLAUSE,
    EDITORS,
    ENACTORS,
    checked,
    columns,
    drafted,
    end_predecessors,
    name_is_free,
    name_items,
    not_before_today,
    require,
    write_parts,
)
from shouwen.catalogue.models import Item, ItemVersion
from shouwen.catalogue.queries.entries import entry_of_document
from shouwen.catalogue.queries.lookup import STANDING
from shouwen.catalogue.queries.planning import Places
from shouwen.catalogue.queries.written import differences, entry_of, whole
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries as org

State = ItemVersion.State


@transaction.atomic
def create_item(*, document: Mapping[str, Any], by: Actor, at: datetime) -> ItemVersion:
    """A new item with its first draft, from a document (docs/reference/catalogue.md).

    Refused, naming every fault, when the document breaks a rule (a promise longer than the law, "3.3") or the name is taken.
    Effects: Item, ItemVersion, audit "catalogue.create".
    """
    require(by, EDITORS, "编制事项")
    center = org.lock_center(by.center)
    places = Places(center, local(at).date())
    entry = checked(document, places)
    name_is_free(center, entry.name, None)
    item = Item.objects.create(
        center=center,
        name=entry.name,
        national_code=entry.national_code,
        implementation_code=entry.implementation_code,
        created_by=by.label,
        created_at=at,
    )
    draft = drafted(center, item, 1, entry, places, by, at)
    draft.save(force_insert=True)
    record(by=by, at=at, verb="catalogue.create", obj=draft)
    return draft


@transaction.atomic
def start_draft(*, item: Item, by: Actor, at: datetime) -> ItemVersion:
    """A draft that begins as a copy of the item's newest version. Refused when there is one already. Audit "catalogue.draft"."""
    require(by, EDITORS, "编制事项", item)
    center = org.lock_center(by.center)
    rows = ItemVersion.objects.of(center).filter(item=item)
    if rows.filter(state=State.DRAFT).exists():
        raise Refused("这个事项已有草稿，请在草稿上修改")
    newest: Any = whole(rows.filter(state__in=STANDING)).order_by("-number").first() or whole(rows).order_by("-number").first()
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    # A department or window that is gone since is for the editor to replace: the copy keeps the old row until then.
    values = {field.attname: getattr(newest, field.attname) for field in newest._meta.concrete_fields}
    for name in ("id", "code", "state", "active_from", "active_to", "enacted_by", "enacted_at"):
        del values[name]
    values |= {"number": number, "drafted_by": by.label, "drafted_at": at, "changed_at": at}
    values["draft_document"] = {**entry_of(newest).document(), "code": ""}
    draft = ItemVersion.objects.create(**values)
    record(by=by, at=at, verb="catalogue.draft", obj=draft)
    return draft


@transaction.atomic
def edit_draft(*, draft: ItemVersion, document: Mapping[str, Any], by: Actor, at: datetime) -> ItemVersion:
    """Replace what a draft says. Refused, naming every fault, when it breaks a rule ("3.3").

    Effects: the draft, audit "catalogue.edit" with what was changed.
    """
    require(by, EDITORS, "编制事项", draft)
    center = org.lock_center(by.center)
    places = Places(center, local(at).date())
    entry = checked(document, places)
    name_is_free(center, entry.name, draft.item)
    kept = ItemVersion.objects.of(center).filter(pk=draft.pk, state=State.DRAFT).first()
    if kept is None or kept.draft_document is None:
        raise taken()
    changed = [one.label for one in differences(entry_of_document(kept.draft_document), entry)]
    values = {**columns(entry, places, draft.item), "draft_document": entry.document(), "changed_at": at}
    if ItemVersion.objects.of(center).filter(pk=draft.pk, state=State.DRAFT).update(**values) != 1:
        raise taken()
    record(by=by, at=at, verb="catalogue.edit", obj=draft, label=entry.name, detail={"changed": changed})
    draft.refresh_from_db()
    return draft


@transaction.atomic
def put_in_force(*, draft: ItemVersion, active_from: date, by: Actor, at: datetime) -> ItemVersion:
    """The draft holds from a day on (today or later) and ends the version before it on that day; versions never overlap.

    Cases already received keep theirs. Decided by the leader or the director. Refused when a version begins on that day or
    later, or a department or window it names is gone by then. Effects: parts, audit "catalogue.enact". 依据: 三(三) ("3.3")
    """
    require(by, ENACTORS, "批准施行", draft)
    center = org.lock_center(by.center)
    not_before_today(active_from, local(at).date(), "施行日")
    rows = ItemVersion.objects.of(center).filter(pk=draft.pk, state=State.DRAFT)
    fresh = rows.select_related("item").first()
    if fresh is None or fresh.draft_document is None:
        raise taken()
    places = Places(center, active_from)
    entry = checked({**fresh.draft_document, "code": ""}, places)
    name_is_free(center, entry.name, fresh.item)
    end_predecessors(center, [fresh.item], active_from)
    values = {
        "state": State.IN_FORCE,
        "active_from": active_from,
        "enacted_by": by.label,
        "enacted_at": at,
        "draft_document": None,
        **columns(entry, places, fresh.item),
    }
    if rows.update(**values) != 1:
        raise taken()
    write_parts(center, [(fresh, entry)], places)
    name_items([(fresh.item, entry)])
    record(by=by, at=at, verb="catalogue.enact", obj=fresh, label=entry.name, detail={"from": active_from.isoformat()})
    draft.refresh_from_db()
    return draft


@transaction.atomic
def withdraw_draft(*, draft: ItemVersion, by: Actor, at: datetime) -> None:
    """The draft is given up; it stays on record. Audit "catalogue.withdraw"."""
    require(by, EDITORS, "撤回草稿", draft)
    rows = ItemVersion.objects.of(by.center).filter(pk=draft.pk, state=State.DRAFT)
    if rows.update(state=State.WITHDRAWN, changed_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="catalogue.withdraw", obj=draft)


@transaction.atomic
def end_version(*, version: ItemVersion, active_to: date, by: Actor, at: datetime) -> None:
    """The item is not taken any more from a day on; running cases go on under it.

    A version whose time has not come is called off by its own first day, and the one it would have ended goes on.
    Refused before today or before its first day. Audit "catalogue.end".
    """
    require(by, ENACTORS, "停止办理", version)
    center = org.lock_center(by.center)
    not_before_today(active_to, local(at).date(), "停止日")
    if version.active_from is None or active_to < version.active_from:
        raise Refused("停止日不能早于施行日", CLAUSE)
    rows = ItemVersion.objects.of(center)
    live = rows.filter(pk=version.pk, state=State.IN_FORCE, active_to__isnull=True)
    if live.update(active_to=active_to, state=State.ENDED) != 1:
        raise taken()
    if active_to == version.active_from:
        before = rows.filter(item=version.item_id, state=State.ENDED, active_to=active_to, active_from__lt=active_to)
        before.update(active_to=None, state=State.IN_FORCE)
    record(by=by, at=at, verb="catalogue.end", obj=version, detail={"to": active_to.isoformat()})
