"""How an entry becomes rows: the columns of a version, its parts, the end of the version before it. Called under the centre's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from shouwen.catalogue.models import (
    Item,
    ItemVersion,
    Material,
    Partner,
    Situation,
    SituationMaterial,
    Step,
    VersionCounter,
)
from shouwen.catalogue.queries.entries import COLUMNS, Entry
from shouwen.catalogue.queries.lookup import STANDING
from shouwen.catalogue.queries.planning import Places
from shouwen.catalogue.queries.reading import read_entry
from shouwen.catalogue.queries.wording import search_text
from shouwen.catalogue.queries.written import ITEM_COLUMNS
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused

CLAUSE = "3.3"
EDITORS = frozenset({"leader", "director", "section"})
ENACTORS = frozenset({"leader", "director"})
Pair = tuple[ItemVersion, Entry]


def require(by: Actor, roles: frozenset[str], what: str, *rows: Any) -> None:
    """Refuse unless the actor holds one of the roles (the system passes) and every row belongs to the actor's centre."""
    if by.kind != "system" and not (by.is_member and by.has(*roles)):
        whose = "中心负责人、分管领导或业务科" if roles is EDITORS else "中心负责人或分管领导"
        raise Refused(f"{what}由{whose}办理", CLAUSE)
    if by.center is None or any(row.center_id != by.center.pk for row in rows if row is not None):
        raise Refused("没有找到,或这项内容不属于您所在的中心")


def checked(document: Mapping[str, Any], places: Places) -> Entry:
    """The entry of a document; Refused with every fault."""
    problems: list[str] = []
    entry = read_entry(document, "事项", problems)
    if entry is not None:
        problems += [f"事项：{words}" for words in places.problems(entry)]
    if entry is None or problems:
        shown = [words.removeprefix("事项：").removeprefix("事项，") for words in problems]
        more = f"；另有 {len(shown) - 8} 处" if len(shown) > 8 else ""
        raise Refused("；".join(shown[:8]) + more, CLAUSE)
    return entry


def name_is_free(center: Any, name: str, item: Item | None) -> None:
    """Two items of one name could not be told apart, by citizens or by an import."""
    others = Item.objects.of(center).filter(name=name)
    if (others.exclude(pk=item.pk) if item else others).exists():
        raise Refused(f"已有名为“{name}”的事项")


def columns(entry: Entry, places: Places, item: Item) -> dict[str, Any]:
    """The columns of a version for the entry."""
    values = {name: getattr(entry, name) for name in COLUMNS if name not in ITEM_COLUMNS}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    codes = (item.code, entry.national_code, entry.implementation_code)
    values["department"] = places.department(entry.department)
    values["search_text"] = search_text(entry.name, entry.aliases, codes)
    return values


def write_parts(center: Any, pairs: Iterable[Pair], places: Places) -> None:
    """Materials, situations, steps, partners and windows of versions just put in force: eight statements for any number."""
    pairs = list(pairs)
    materials = [
        Material(center=center, version=version, position=index, **_fields(part))
        for version, entry in pairs
        for index, part in enumerate(entry.materials, 1)
    ]
    situations: list[Situation] = []
    effects: list[SituationMaterial] = []
    named = {(row.version_id, row.name): row for row in materials}
    for version, entry in pairs:
        for index, part in enumerate(entry.situations, 1):
            row = Situation(center=center, version=version, position=index, question=part.question, choice=part.choice)
            situations.append(row)
            effects += [
                SituationMaterial(center=center, situation=row, material=named[version.pk, name], adds=adds)
                for adds, names in ((True, part.adds), (False, part.removes))
                for name in names
            ]
    Material.objects.bulk_create(materials)
    Situation.objects.bulk_create(situations)
    SituationMaterial.objects.bulk_create(effects)
    _write_places(center, pairs, places)


def _write_places(center: Any, pairs: Sequence[Pair], places: Places) -> None:
    """What names a department or a window."""
    Step.objects.bulk_create(
        Step(
            center=center,
            version=version,
            position=index,
            name=part.name,
            department=places.department(part.department),
            limit=part.limit,
        )
        for version, entry in pairs
        for index, part in enumerate(entry.steps, 1)
    )
    Partner.objects.bulk_create(
        Partner(
            center=center,
            version=version,
            position=index,
            department=places.department(part.department),
            task=part.task,
            limit=part.limit,
        )
        for version, entry in pairs
        for index, part in enumerate(entry.partners, 1)
    )
    VersionCounter.objects.bulk_create(
        VersionCounter(center=center, version=version, counter=counter)
        for version, entry in pairs
        for counter in places.windows(entry.counters)
    )


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


def end_predecessors(center: Any, items: Sequence[Item], active_from: date) -> None:
    """Versions of the items that reach into the new ones' time end on their first day; never two on one day (L39).

    Refused when one of them begins on that day or later.
    """
    standing = ItemVersion.objects.of(center).filter(item__in=items, state__in=STANDING)
    reaching = standing.filter(Q(active_to__isnull=True) | Q(active_to__gt=active_from))
    later = reaching.filter(active_from__gte=active_from).exclude(active_to=F("active_from"))
    if (first := later.first()) is not None:
        raise Refused(f"“{first.name}”已有自 {first.active_from} 起施行的版本，新版本须晚于这一天", CLAUSE)
    reaching.update(active_to=active_from, state=ItemVersion.State.ENDED)


def name_items(items: Iterable[tuple[Item, Entry]]) -> None:
    """The item's own label and codes follow the version just put in force."""
    for item, entry in items:
        wanted = {"name": entry.name, **{name: getattr(entry, name) for name in ITEM_COLUMNS}}
        if any(getattr(item, name) != value for name, value in wanted.items()):
            Item.objects.of(item.center_id).filter(pk=item.pk).update(**wanted)


def not_before_today(day: date, today: date, what: str) -> None:
    if day < today:
        raise Refused(f"{what}不能早于今天：已经办了的事不因后来的改动而变", CLAUSE)


def drafted(center: Any, item: Item, number: int, entry: Entry, places: Places, by: Actor, at: datetime) -> ItemVersion:
    """A draft, not yet stored."""
    return ItemVersion(
        center=center,
        item=item,
        number=number,
        draft_document=entry.document(),
        drafted_by=by.label,
        drafted_at=at,
        changed_at=at,
        **columns(entry, places, item),
    )
