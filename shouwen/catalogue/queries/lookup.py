"""Finding items and versions: by code, by day, by whatever a citizen calls them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.db.models.functions import Length

from shouwen.catalogue.models import Item, ItemVersion, VersionCounter
from shouwen.catalogue.queries.wording import normalise, words_of
from shouwen.org.models import in_force
from shouwen.rules.clock import Limit

STANDING = (ItemVersion.State.IN_FORCE, ItemVersion.State.ENDED)


def _standing(center: Any, on: date) -> QuerySet[Any]:
    rows = ItemVersion.objects.of(center).filter(in_force(on), state__in=STANDING)
    return rows.select_related("item", "department")


def version_in_force(center: Any, item_code: str, on: date) -> ItemVersion | None:
    """The version of an item that holds on a local day, with item and department; None when there is none."""
    found: ItemVersion | None = _standing(center, on).filter(item__code=item_code).first()
    return found


def versions(item: Item) -> list[ItemVersion]:
    """Every version of an item, drafts and withdrawn ones too, the newest first."""
    rows = ItemVersion.objects.of(item.center_id).filter(item=item).select_related("item", "department")
    return list(rows.order_by("-number"))


def items(center: Any, on: date, field: str = "") -> QuerySet[Any]:
    """Versions in force on a day by field and name, with item, department and `counters` (one more query)."""
    rows = _standing(center, on).filter(**({"field": field} if field else {}))
    return with_counters(rows).order_by("field", "name", "id")


def with_counters(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with `counters`: their `VersionCounter`s with the counter, by number."""
    windows = VersionCounter.objects.select_related("counter").order_by("counter__number")
    return rows.prefetch_related(Prefetch("windows", windows, to_attr="counters"))


def matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Versions whose search text has every word of `text`, the whole word first, then its beginning, then any part."""
    for word in words_of(text):
        rows = rows.filter(search_text__contains=word)
    whole = normalise(text)
    return rows.annotate(
        rank=Case(
            When(search_text__contains=f"\n{whole}\n", then=Value(0)),
            When(search_text__contains=f"\n{whole}", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    ).order_by("rank", Length("name"), "name", "id")


def search(center: Any, text: str, on: date, limit: int = 10) -> list[ItemVersion]:
    """Items in force on a day that somebody may mean: full name, "低保", "db", "dibao", a code. One query; [] for nothing typed."""
    if not words_of(text):
        return []
    return list(matching(_standing(center, on), text)[:limit])


def limit_of(version: ItemVersion, which: str) -> Limit | None:
    """The "statutory" or "promised" limit; None where the law sets none. `same_day` is by closing (K5)."""
    n, unit = getattr(version, f"{which}_limit"), getattr(version, f"{which}_unit")
    return None if n is None else Limit(n, unit)
