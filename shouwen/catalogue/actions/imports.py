"""The whole catalogue at once: imported from a file after a dry run, exported, and the sample a new centre begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from shouwen.audit.actions import record
from shouwen.catalogue.actions.fees import write_fee
from shouwen.catalogue.actions.writing import (
    CLAUSE,
    EDITORS,
    ENACTORS,
    drafted,
    end_predecessors,
    name_items,
    not_before_today,
    require,
    write_parts,
)
from shouwen.catalogue.models import Item, ItemVersion
from shouwen.catalogue.queries.entries import FeeEntry
from shouwen.catalogue.queries.files import to_json, to_workbook
from shouwen.catalogue.queries.planning import Change, Places, Plan, plan
from shouwen.catalogue.queries.reading import read_fee
from shouwen.catalogue.queries.sample import sample
from shouwen.catalogue.queries.written import standing_entries, standing_fees
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org import queries as org


@transaction.atomic
def import_items(*, document: Mapping[str, Any], active_from: date | None, by: Actor, at: datetime) -> Plan:
    """Write what `queries.plan` listed: new and changed items as drafts, or in force from a day when one is given.

    Nothing at all is written while one row has a fault (Refused, naming them). Rows of the fee schedule and putting in force
    need the leader or the director. Returns what was done. Effects: items, versions, fees, audit "catalogue.import".
    """
    require(by, EDITORS if active_from is None else ENACTORS, "导入事项" if active_from is None else "导入并施行")
    center = org.lock_center(by.center)
    today = local(at).date()
    if active_from is not None:
        not_before_today(active_from, today, "施行日")
    found = plan(center, document, active_from or today)
    if found.problems:
        more = f"；另有 {len(found.problems) - 5} 处" if len(found.problems) > 5 else ""
        raise Refused("；".join(found.problems[:5]) + more, CLAUSE)
    if found.fees:
        require(by, ENACTORS, "登记收费标准")
    _write(center, found.of("new") + found.of("changed"), Places(center, active_from or today), active_from, by, at)
    named = {item.name: item for item in Item.objects.of(center)}
    for fee in found.fees:
        write_fee(fee, named[fee.item] if fee.item else None, by, at)
    record(by=by, at=at, verb="catalogue.import", label="导入事项", detail=_counts(found))
    return found


@transaction.atomic
def load_sample(*, by: Actor, at: datetime) -> Plan:
    """The sample catalogue, in force from today, every item marked 样例; what the centre has under the same name is left alone.

    Departments are found by short name; one the centre does not have is stood in for by that of the lowest window. Effects:
    items, versions, fees, audit "catalogue.sample" naming the departments stood in for.
    """
    require(by, ENACTORS, "装入样例")
    center = org.lock_center(by.center)
    today = local(at).date()
    places = Places(center, today, lenient=True)
    if places.standby is None:
        raise Refused("请先设置部门与窗口，再装入样例")
    given = {**sample(), "fees": ()}
    found = plan(center, given, today, lenient=True)
    if found.problems:
        raise Refused("；".join(found.problems[:3]))
    new = found.of("new")
    _write(center, new, places, today, by, at)
    found.fees = _sample_fees(new, today, by, at)
    for change in new:
        places.problems(change.entry)
    detail = {**_counts(found), "unknown": list(places.unknown)}
    record(by=by, at=at, verb="catalogue.sample", label="样例事项", detail=detail)
    return found


def _sample_fees(new: Sequence[Change], today: date, by: Actor, at: datetime) -> list[FeeEntry]:
    """The sample's fees of the items just written, from today to the end of the next year but one."""
    named = {item.name: item for item in Item.objects.of(by.center)}
    written: list[FeeEntry] = []
    problems: list[str] = []
    until = date(today.year + 2, 1, 1).isoformat()
    for raw in sample()["fees"]:
        entry = read_fee({"active_from": today.isoformat(), "active_to": until, **raw}, raw["name"], problems)
        if entry is None:
            raise ValueError("; ".join(problems))
        if any(change.entry.name == entry.item for change in new):
            write_fee(entry, named[entry.item], by, at)
            written.append(entry)
    return written


def export_catalogue(*, kind: str, by: Actor, at: datetime) -> bytes:
    """Items and fees in force today or later as "json" or "xlsx"; a file that leaves the house, so audit "catalogue.export"."""
    require(by, EDITORS, "导出事项目录")
    today = local(at).date()
    entries, fees = standing_entries(by.center, today), standing_fees(by.center, today)
    content = to_json(entries, fees) if kind == "json" else to_workbook(entries, fees)
    record(
        by=by, at=at, verb="catalogue.export", label=f"导出事项目录 {kind}", detail={"items": len(entries), "fees": len(fees)}
    )
    return content


def _counts(found: Plan) -> dict[str, int]:
    kinds = {kind: len(found.of(kind)) for kind in ("new", "changed", "same")}
    return {**kinds, "fees": len(found.fees)}


def _write(center: Any, changes: Sequence[Change], places: Places, active_from: date | None, by: Actor, at: datetime) -> None:
    """New items, and a version for each change: a draft, or in force from a day. As many statements for a thousand as for one."""
    numbers = dict(
        ItemVersion.objects.of(center).values("item_id").annotate(last=Max("number")).values_list("item_id", "last").order_by()
    )
    items = [change.item or _item(center, change, by, at) for change in changes]
    Item.objects.bulk_create(item for item, change in zip(items, changes, strict=True) if change.item is None)
    pairs = [
        (drafted(center, item, numbers.get(item.pk, 0) + 1, change.entry, places, by, at), change.entry)
        for item, change in zip(items, changes, strict=True)
    ]
    if active_from is not None:
        end_predecessors(center, items, active_from)
        for version, _ in pairs:
            version.state, version.active_from, version.draft_document = ItemVersion.State.IN_FORCE, active_from, None
            version.enacted_by, version.enacted_at = by.label, at
    ItemVersion.objects.bulk_create(version for version, _ in pairs)
    if active_from is not None:
        write_parts(center, pairs, places)
        name_items((version.item, entry) for version, entry in pairs)


def _item(center: Any, change: Change, by: Actor, at: datetime) -> Item:
    entry = change.entry
    return Item(
        center=center,
        name=entry.name,
        national_code=entry.national_code,
        implementation_code=entry.implementation_code,
        created_by=by.label,
        created_at=at,
    )
