"""Items, what else they hit, counters and conversions of a document, made ready for the plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from shouwen.rules.clauses import bare
from shouwen.rules.scoring.amounts import compile_amount
from shouwen.rules.scoring.parts import Resolver, node, standard, texts, where
from shouwen.rules.scoring.plan import NOTHING, Also, Classify, Counter, Item, Plan, Readings, Step, Tier
from shouwen.rules.scoring.values import ONE, ZERO, bounds_of, number, truth
from shouwen.rules.scoring.wording import step_words


def enter_item(
    plan: Plan, name: str, entry: Mapping[str, Any], readings: Readings, wide: list[tuple[Also, frozenset[str]]]
) -> None:
    if not truth(entry.get("enabled", True)):
        return
    section = entry.get("section")
    sheet, place = _home(plan, name, entry, readings)
    sign = 1 if "add" in entry else -1 if "deduct" in entry else 0
    also = [
        found for i, one in enumerate(entry.get("also", [])) if (found := also_of(f"items.{name}.also[{i}]", one, readings))
    ]
    item = Item(
        id=name,
        title=entry.get("title", name),
        clause=entry.get("clause"),
        sheet=sheet,
        section=section,
        node=place,
        sign=sign,
        amount=compile_amount(entry["add"] if sign > 0 else entry["deduct"]) if sign else None,
        points=standard(entry["points"]) if "points" in entry else NOTHING,
        kinds=texts(entry.get("facts", name)),
        where=where(entry.get("where")),
        also=(*also, *(one for one, items in wide if "*" in items or name in items)),
        required=truth(entry.get("required")),
        exempt=frozenset(texts(entry.get("exempt_leave"))),
        readings=readings,
        choosy=plan.sheets[sheet].only is not None or plan.sheets[sheet].exclude is not None,
    )
    plan.items[name] = item
    for kind in item.kinds:
        for subject in plan.sheets[sheet].kinds:
            plan.by_kind[kind, subject] = (*plan.by_kind.get((kind, subject), ()), item)


def _home(plan: Plan, name: str, entry: Mapping[str, Any], readings: Readings) -> tuple[str, int]:
    """The sheet and node of an item; one with limits of its own gets a node of its own."""
    section = entry.get("section")
    sheet = plan.section_sheet[section] if section else entry.get("sheet", next(iter(plan.sheets)))
    place = plan.section_node[section] if section else 0
    if "max_deduct" in entry or "max_add" in entry:
        own = {key: entry[key] for key in ("title", "max_deduct", "max_add", "clause") if key in entry}
        own.update({key: entry.get("points", "none") for key in ("max_deduct", "max_add") if own.get(key) == "points"})
        nodes = plan.sheets[sheet].nodes
        nodes.append(node(name, own, readings, place, NOTHING, "item"))
        place = len(nodes) - 1
    return sheet, place


def also_of(name: str, entry: Mapping[str, Any], readings: Readings) -> Also | None:
    if not truth(entry.get("enabled", True)):
        return None
    fixed = number(entry["add"]) if "add" in entry else None
    if "deduct" in entry:
        fixed = -(number(entry["deduct"]) or ZERO)
    return Also(
        id=name,
        title=entry.get("title", ""),
        to=entry["to"],
        needs=entry.get("needs"),
        where=where(entry.get("where")),
        sections=texts(entry.get("section")),
        factor=number(entry.get("factor")),
        of=entry.get("of", "amount"),
        fixed=fixed,
        kind=entry.get("as"),
        clause=entry.get("clause"),
        readings=readings,
    )


def enter_counters(plan: Plan, counters: Mapping[str, Any], read: Resolver) -> None:
    titles = {kind: item.title for item in reversed(plan.items.values()) for kind in item.kinds}
    for name, raw in counters.items():
        entry, readings = read(raw)
        if not truth(entry.get("enabled", True)):
            continue
        counter = Counter(
            id=name,
            title=entry.get("title", name),
            clause=entry.get("clause"),
            window=entry.get("window", "month"),
            scope=entry.get("scope", "all"),
            counts=entry.get("counts", "count"),
            steps=tuple(_step(step, entry, titles) for step in entry.get("steps", [])),
            retroactive=truth(entry.get("retroactive")),
            readings=readings,
        )
        items, sections = set(texts(entry.get("items"))), set(texts(entry.get("sections")))
        for item in plan.items.values():
            if "*" in items or item.id in items or item.section in sections:
                item.counters = (*item.counters, counter)


def _step(step: Mapping[str, Any], counter: Mapping[str, Any], titles: Mapping[str, str]) -> Step:
    each = step.get("each")
    made = Step(
        bounds=bounds_of(step),
        every=number(step.get("every")),
        times=number(step.get("times")),
        each=None if each is None else (number(each) if number(each) is not None else str(each)),
        then=step.get("then"),
        count=number(step.get("count", 1)) or ONE,
        replaces=step.get("replaces", "ask" if "every" in step else "this"),
    )
    words = step.get("note") or step_words(made, counter.get("counts", "count"), titles)
    return dataclasses.replace(
        made, words=f"依据{bare(clause)}{words}" if (clause := step.get("clause", counter.get("clause"))) else words
    )


def enter_classify(plan: Plan, rules: Any, read: Resolver) -> None:
    for raw in read(rules)[0] if not isinstance(rules, list) else rules:
        entry, readings = read(raw)
        tiers = tuple(
            Tier(
                bounds=bounds_of(tier),
                then=tier.get("then"),
                stop=tier.get("stop"),
                count=number(tier.get("count")),
                days=number(tier.get("days")),
                level=tier.get("level"),
                clause=tier.get("clause"),
                note=tier.get("note", ""),
            )
            for tier in entry["tiers"]
        )
        subjects = frozenset(texts(entry.get("subjects"))) or None
        rule = Classify(
            frozenset(texts(entry["facts"])),
            subjects,
            where(entry.get("where")),
            entry["by"],
            tiers,
            entry.get("clause"),
            readings,
        )
        for kind in rule.kinds:
            plan.classify[kind] = (*plan.classify.get(kind, ()), rule)
