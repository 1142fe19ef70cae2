"""What an import would change, before it changes anything: new items, changed ones field by field, and every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shouwen.catalogue.models import Item, ItemVersion
from shouwen.catalogue.queries.entries import Entry, FeeEntry
from shouwen.catalogue.queries.reading import PLACE, read_entry, read_fee
from shouwen.catalogue.queries.written import Difference, differences, entry_of, newest_standing, standing_fees
from shouwen.org.models import Counter, Department
from shouwen.org.queries import counters, departments

MOST = 1000


class Places:
    """The centre's departments by short name or name and its windows by number, on a day.

    With `lenient` (the sample only) an unknown department becomes that of the lowest window, an unknown window is left out; both
    are noted in `unknown`.
    """

    def __init__(self, center: Any, on: date, *, lenient: bool = False) -> None:
        there, windows = departments(center, on), counters(center, on)
        self.departments = {name: one for one in there for name in (one.name, one.short_name)}
        self.counters = {one.number: one for one in windows}
        self.standby = (windows[0].department if windows else there[0] if there else None) if lenient else None
        self.unknown: dict[str, None] = {}

    def department(self, name: str) -> Department | None:
        found: Department | None = self.departments.get(name)
        if found is None:
            self.unknown[name] = None
        return found or self.standby

    def windows(self, numbers: Sequence[int]) -> list[Counter]:
        return [self.counters[number] for number in numbers if number in self.counters]

    def problems(self, entry: Entry) -> list[str]:
        """What the entry names that the centre does not have."""
        named = [entry.department, *(step.department for step in entry.steps), *(one.department for one in entry.partners)]
        found = [f"本中心没有“{name}”这个部门" for name in dict.fromkeys(named) if self.department(name) is None]
        if self.standby is None:
            found += [f"本中心没有 {number} 号窗口" for number in entry.counters if number not in self.counters]
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """One item of the file: `kind` is "new", "changed" or "same"; `item` is ours, None for a new one."""

    kind: str
    entry: Entry
    item: Item | None
    differences: list[Difference]


@dataclass(slots=True)
class Plan:
    """What would happen. With a problem nothing does."""

    changes: list[Change] = field(default_factory=list)
    fees: list[FeeEntry] = field(default_factory=list)
    same_fees: int = 0
    problems: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def is_empty(self) -> bool:
        return not self.of("new") and not self.of("changed") and not self.fees


def plan(center: Any, document: Mapping[str, Any], on: date, *, lenient: bool = False) -> Plan:
    """Compare a document ({"items": […], "fees": […]}) with what stands; every fault of every row is in `problems`.

    An item is recognised by our code, then by its name. Departments and windows must exist on the day.
    """
    found = Plan()
    places = Places(center, on, lenient=lenient)
    entries = _entries(document.get("items") or (), found.problems)
    known = _Known(center, on)
    for place, entry in entries:
        item = known.item(entry)
        problems = places.problems(entry)
        if item is not None and item.pk in known.drafts:
            problems.append(f"“{item.name}”已有未施行的草稿，请先施行或撤回")
        if item is not None and known.by_name.get(entry.name, item) != item:
            problems.append(f"已有另一个名为“{entry.name}”的事项")
        found.problems += [f"{place}：{words}" for words in problems]
        standing = known.standing.get(item.pk) if item else None
        changed = differences(entry_of(standing) if standing else None, entry)
        kind = "new" if item is None else "changed" if changed else "same"
        found.changes.append(Change(kind, entry, item, changed if kind == "changed" else []))
    _plan_fees(center, document.get("fees") or (), on, found, {entry.name for _, entry in entries} | set(known.by_name))
    return found


class _Known:
    """The centre's items by code and by name, their drafts, and what stands of each."""

    def __init__(self, center: Any, on: date) -> None:
        rows = list(Item.objects.of(center).order_by("created_at", "id"))
        self.by_code = {item.code: item for item in rows}
        self.by_name = {item.name: item for item in rows}
        drafts = ItemVersion.objects.of(center).filter(state=ItemVersion.State.DRAFT)
        self.drafts = set(drafts.values_list("item_id", flat=True))
        self.standing = {version.item_id: version for version in newest_standing(center, on)}

    def item(self, entry: Entry) -> Item | None:
        return self.by_code.get(entry.code) or self.by_name.get(entry.name)


def _entries(raws: Sequence[Any], problems: list[str]) -> list[tuple[str, Entry]]:
    if not isinstance(raws, Sequence) or isinstance(raws, str) or len(raws) > MOST:
        problems.append(f"“items”应是不超过 {MOST} 个事项的表")
        return []
    found: list[tuple[str, Entry]] = []
    for index, raw in enumerate(raws, 1):
        if not isinstance(raw, Mapping):
            problems.append(f"第 {index} 个事项看不懂")
            continue
        place = str(raw.get(PLACE) or f"第 {index} 个事项“{str(raw.get('name', ''))[:40]}”")
        entry = read_entry(raw, place, problems)
        if entry is not None:
            found.append((place, entry))
    names = [entry.name for _, entry in found]
    problems += [f"事项“{name}”在文件里出现了两次" for name in sorted({name for name in names if names.count(name) > 1})]
    return found


def _plan_fees(center: Any, raws: Sequence[Any], on: date, found: Plan, items: set[str]) -> None:
    """New rows of the schedule; one that begins on the same day as a standing one of that name is a fault, not a change.

    What began before the day of the import counts as beginning on it: the past is not rewritten, and a file from elsewhere fits.
    """
    standing = {(fee.item, fee.name, fee.active_from): fee for fee in (_from(fee, on) for fee in standing_fees(center, on))}
    if not isinstance(raws, Sequence) or isinstance(raws, str) or len(raws) > MOST:
        found.problems.append(f"“fees”应是不超过 {MOST} 项收费的表")
        return
    for index, raw in enumerate(raws, 1):
        place = str(raw.get(PLACE) or f"第 {index} 项收费") if isinstance(raw, Mapping) else f"第 {index} 项收费"
        if not isinstance(raw, Mapping):
            found.problems.append(f"{place}看不懂")
            continue
        fee = read_fee(raw, place, found.problems)
        if fee is None:
            continue
        fee = _from(fee, on)
        before = standing.get((fee.item, fee.name, fee.active_from))
        if fee.item and fee.item not in items:
            found.problems.append(f"{place}：没有“{fee.item}”这个事项")
        elif before == fee:
            found.same_fees += 1
        elif before is not None:
            found.problems.append(f"{place}：“{fee.name}”自 {fee.active_from} 起已有标准，要改请另写起日")
        else:
            found.fees.append(fee)


def _from(fee: FeeEntry, on: date) -> FeeEntry:
    return replace(fee, active_from=max(fee.active_from, on.isoformat()))
