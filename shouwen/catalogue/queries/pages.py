"""What the pages of the catalogue show: the list, an item with its versions, what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shouwen.catalogue.models import Fee, Item, ItemVersion, Material
from shouwen.catalogue.queries.entries import Entry
from shouwen.catalogue.queries.labels import LABELS, shown
from shouwen.catalogue.queries.lookup import STANDING, items, limit_of, matching, with_counters
from shouwen.catalogue.queries.written import Difference, differences, entry_of, whole
from shouwen.org.models import in_force
from shouwen.rules.clock import Limit
from shouwen.rules.limits import words

VIEWS = (("standing", "施行中"), ("drafts", "草稿"), ("ended", "已停止"))
TABLED = ("counters", "department", "legal_basis", "conditions", "is_sample", "code", "name")
LIMITS = ("statutory_limit", "statutory_unit", "promised_limit", "promised_unit")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is asked for: which versions, words, a field."""

    view: str = "standing"
    q: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version as its page shows it: `facts` are label and value, `changes` against the version before it."""

    version: ItemVersion
    entry: Entry
    statutory: str
    promised: str
    facts: list[tuple[str, str]]
    before: ItemVersion | None
    changes: list[Difference]


def listed(center: Any, chosen: Filter, on: date) -> QuerySet[Any]:
    """Versions for a list, each with department, windows, `material_count` and `is_charged`; best match first when words are given."""
    rows = _of_view(center, chosen.view, on)
    if chosen.field:
        rows = rows.filter(field=chosen.field)
    rows = matching(rows, chosen.q) if chosen.q.strip() else rows.order_by("field", "name", "id")
    counted = Material.objects.of(center).filter(version=OuterRef("pk")).exclude(necessity=Material.Necessity.CONDITIONAL)
    number = counted.order_by().values("version").annotate(number=Count("pk")).values("number")
    fees = Fee.objects.of(center).filter(in_force(on), item=OuterRef("item_id"))
    return rows.annotate(material_count=Coalesce(Subquery(number, output_field=IntegerField()), 0), is_charged=Exists(fees))


def _of_view(center: Any, view: str, on: date) -> QuerySet[Any]:
    if view == "standing":
        return items(center, on)
    rows = with_counters(ItemVersion.objects.of(center).select_related("item", "department"))
    if view == "drafts":
        return rows.filter(state=ItemVersion.State.DRAFT)
    going = ItemVersion.objects.of(center).filter(Q(active_to__isnull=True) | Q(active_to__gt=on), state__in=STANDING)
    later = ItemVersion.objects.of(center).filter(item=OuterRef("item_id"), state__in=STANDING, number__gt=OuterRef("number"))
    return rows.filter(~Exists(going.filter(item=OuterRef("item_id"))), ~Exists(later), state__in=STANDING)


def fields_used(center: Any, on: date) -> list[tuple[str, str, int]]:
    """The fields with something in force: value, label, how many."""
    found = items(center, on).order_by().values("field").annotate(number=Count("pk")).values_list("field", "number")
    numbers = dict(found)
    return [(one.value, str(one.label), numbers[one.value]) for one in ItemVersion.Field if one.value in numbers]


def shown_version(item: Item, on: date) -> ItemVersion | None:
    """What the item's page opens with: the version in force, else the newest that is or was one, else the draft."""
    rows = ItemVersion.objects.of(item.center_id).filter(item=item)
    held = rows.filter(in_force(on), state__in=STANDING).first()
    return held or rows.filter(state__in=STANDING).order_by("-number").first() or rows.order_by("-number").first()


def sheet(version: ItemVersion) -> Sheet:
    """Everything about one version, and what it changes against the version before it."""
    full = whole(ItemVersion.objects.of(version.center_id)).get(pk=version.pk)
    rows = ItemVersion.objects.of(version.center_id).filter(item=version.item_id, number__lt=version.number, state__in=STANDING)
    before = whole(rows).order_by("-number").first()
    entry = entry_of(full)
    facts = [(LABELS[name], shown(name, getattr(entry, name))) for name in LABELS if name not in (*TABLED, *LIMITS)]
    return Sheet(
        version=full,
        entry=entry,
        statutory=words(limit_of(full, "statutory")),
        promised=words(limit_of(full, "promised")),
        facts=[(label, value) for label, value in facts if value and value != "否"],
        before=before,
        changes=differences(entry_of(before), entry) if before else [],
    )


def limit_words(version: ItemVersion, which: str) -> str:
    """A limit as people say it."""
    return words(limit_of(version, which))


def short(limit: Limit | None) -> str:
    """A limit in the cell of a list."""
    return "—" if limit is None else words(limit).replace("个工作日", "工作日")
