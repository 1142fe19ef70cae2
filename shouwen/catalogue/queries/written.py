"""The catalogue as entries: what stands in the tables, read back in the shape it was written from; and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from shouwen.catalogue.models import (
    Fee,
    ItemVersion,
    Material,
    Partner,
    Situation,
    SituationMaterial,
    Step,
    VersionCounter,
)  # fmt: skip
from shouwen.catalogue.queries.entries import (
    COLUMNS,
    PARTS,
    Entry,
    FeeEntry,
    MaterialEntry,
    PartnerEntry,
    SituationEntry,
    StepEntry,
    entry_of_document,
)  # fmt: skip
from shouwen.catalogue.queries.labels import LABELS, PART_LABELS, PART_NAMES, shown
from shouwen.catalogue.queries.lookup import STANDING

ITEM_COLUMNS = ("national_code", "implementation_code")
ORDERED = (("materials", Material, ()), ("steps", Step, ("department",)), ("partners", Partner, ("department",)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one part, before and after; "" where it is new or gone."""

    label: str
    before: str
    after: str


def whole(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Versions with everything `entry_of` reads: item, department and six more queries however many rows."""
    counters = VersionCounter.objects.select_related("counter").order_by("counter__number")
    effects = SituationMaterial.objects.select_related("material").order_by("material__position")
    situations = Situation.objects.order_by("position").prefetch_related(Prefetch("effects", effects, to_attr="changes"))
    ordered = [
        Prefetch(name, model.objects.select_related(*joined).order_by("position"), to_attr=f"{name}_read")
        for name, model, joined in ORDERED
    ]
    return rows.select_related("item", "department").prefetch_related(
        Prefetch("windows", counters, to_attr="counters"),
        Prefetch("situations", situations, to_attr="situations_read"),
        *ordered,
    )


def entry_of(version: Any) -> Entry:
    """The entry of one version that came through `whole`; of a draft, what it keeps."""
    if version.draft_document is not None:
        return entry_of_document({**version.draft_document, "code": version.item.code})
    values: dict[str, Any] = {}
    for name in COLUMNS:
        value = getattr(version.item if name in ITEM_COLUMNS else version, name)
        values[name] = tuple(value) if isinstance(value, list) else value
    return Entry(
        code=version.item.code,
        department=version.department.short_name,
        counters=tuple(window.counter.number for window in version.counters),
        materials=tuple(MaterialEntry(**_values(row, MaterialEntry)) for row in version.materials_read),
        situations=tuple(_situation(row) for row in version.situations_read),
        steps=tuple(StepEntry(row.name, row.department.short_name, row.limit) for row in version.steps_read),
        partners=tuple(PartnerEntry(row.department.short_name, row.task, row.limit) for row in version.partners_read),
        **values,
    )


def _values(row: Any, kind: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in kind.__dataclass_fields__}


def _situation(row: Any) -> SituationEntry:
    adds = tuple(effect.material.name for effect in row.changes if effect.adds)
    removes = tuple(effect.material.name for effect in row.changes if not effect.adds)
    return SituationEntry(row.question, row.choice, adds, removes)


def whole_version(version: ItemVersion) -> Any:
    """The version again, with everything `entry_of` reads."""
    return whole(ItemVersion.objects.of(version.center_id)).get(pk=version.pk)


def newest_standing(center: Any, on: date) -> list[Any]:
    """Of every item that is done on a day or will be, the version that comes last, with everything `entry_of` reads."""
    rows = ItemVersion.objects.of(center).filter(Q(active_to__isnull=True) | Q(active_to__gt=on), state__in=STANDING)
    newest = {version.item_id: version for version in whole(rows).order_by("number")}
    return sorted(newest.values(), key=lambda version: (version.field, version.name, version.pk))


def standing_entries(center: Any, on: date) -> list[Entry]:
    """What is exported: `newest_standing`, as entries."""
    return [entry_of(version) for version in newest_standing(center, on)]


def standing_fees(center: Any, on: date) -> list[FeeEntry]:
    """The schedule in force on a day and what is already set for later, as entries."""
    rows = Fee.objects.of(center).filter(Q(active_to__isnull=True) | Q(active_to__gt=on)).select_related("item")
    return [fee_entry(fee) for fee in rows.order_by("name", "active_from", "id")]


def fee_entry(fee: Fee) -> FeeEntry:
    return FeeEntry(
        item=fee.item.name if fee.item else "",
        name=fee.name,
        amount=fee.amount,
        unit=fee.unit,
        cap=fee.cap,
        reductions=tuple(fee.reductions),
        basis=fee.basis,
        active_from=fee.active_from.isoformat(),
        active_to=fee.active_to.isoformat() if fee.active_to else "",
    )


def differences(before: Entry | None, after: Entry) -> list[Difference]:
    """What a reader would call changed, field by field and part by part; [] when nothing is. The code is not content."""
    found = []
    for name, label in LABELS.items():
        old, new = shown(name, getattr(before, name) if before else None), shown(name, getattr(after, name))
        if name != "code" and old != new:
            found.append(Difference(label, old, new))
    for name in PARTS:
        found += _part_differences(name, getattr(before, name) if before else (), getattr(after, name))
    return found


def _part_differences(name: str, before: Iterable[Any], after: Iterable[Any]) -> list[Difference]:
    old, new = ([part_words(name, part) for part in parts] for parts in (before, after))
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    label = PART_NAMES[name]
    if not gone and not come and old != new:
        return [Difference(f"{label}次序", "；".join(old), "；".join(new))]
    return [Difference(label, one, "") for one in gone] + [Difference(label, "", one) for one in come]


def part_words(name: str, part: Any) -> str:
    """One part in one line: 身份证 原件1 复印件1 去哪办 派出所."""
    words = []
    for index, (key, label) in enumerate(PART_LABELS[name].items()):
        value = getattr(part, key)
        if value not in (None, "", (), 0, False, "required"):
            words.append(shown(key, value) if index == 0 else f"{label} {shown(key, value)}")
    return " · ".join(words)
