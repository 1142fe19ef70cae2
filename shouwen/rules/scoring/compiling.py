"""From a validated document to a Plan. Only here are the document's keys read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.rules.clauses import bare
from shouwen.rules.scoring.judging import compile_judgements
from shouwen.rules.scoring.plan import (
    NOTHING,
    Also,
    Amount,
    Classify,
    Counter,
    Item,
    Node,
    Plan,
    Readings,
    Sheet,
    Standard,
    Step,
    Term,
    Tier,
    Where,
)
from shouwen.rules.scoring.pricing import COUNTED, compile_amount
from shouwen.rules.scoring.readings import BadRulebook, resolve
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.shapes import as_date
from shouwen.rules.scoring.totals import full_marks
from shouwen.rules.scoring.values import ONE, ZERO, bounds_of, number, truth
from shouwen.rules.scoring.wording import step_words


class Resolver:
    """Reads one entry of the document with its switches decided, and remembers which readings decided it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def __call__(self, entry: Any) -> tuple[Any, Readings]:
        used: set[str] = set()
        value = resolve(entry, self.given, used)
        return value, tuple(sorted(used, key=reading_order))


def reading_order(name: str) -> list[tuple[int, str]]:
    """R2 before R10, R12 before R12_minutes."""
    return [(int(part) if part.isdigit() else -1, part) for part in re.split(r"(\d+)", name)]


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def where(value: Any) -> Where | None:
    """A filter table; a value or a list stands for { is = … }."""
    if not value:
        return None
    tests = []
    for name, test in value.items():
        tests.append((name, bounds_of(test if isinstance(test, Mapping) else {"is": test})))
    return Where(tuple(tests))


def standard(value: Any) -> Standard:
    """A number or a table by an attribute of the subject."""
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):
        tiers = tuple((bounds_of(tier), number(tier["each"]) or ZERO) for tier in value["tiers"])
        return Standard(None, value["by"].removeprefix("member."), tiers)
    return Standard(number(value))


def limit(value: Any) -> Decimal | str | None:
    """A number, "ask" or "points"; "none" and nothing are None."""
    if value is None or value == "none":
        return None
    found = number(value)
    return found if found is not None else str(value)


def compile_plan(document: Mapping[str, Any], given: Mapping[str, Any]) -> Plan:
    """The plan of a valid document under complete answers. Raises BadRulebook when an answer leaves a key without a value."""
    read = Resolver(given)
    plan = Plan(answers=given)
    for name, entry in document["sheets"].items():
        plan.sheets[name] = _sheet(name, *read(entry))
    _sections(plan, document.get("sections") or {}, read)
    shared = [_also(f"also[{i}]", *read(entry)) for i, entry in enumerate(read(document.get("also") or [])[0])]
    wide = [
        (also, frozenset(texts(read(entry)[0]["items"])))
        for also, entry in zip(shared, document.get("also") or [], strict=True)
        if also
    ]
    for name, entry in (document.get("items") or {}).items():
        _item(plan, name, *read(entry), wide)
    _counters(plan, document.get("counters") or {}, read)
    _classify(plan, document.get("classify") or [], read)
    plan.same_event, plan.event_readings = read(document.get("same_event", "heaviest"))
    plan.ignored = frozenset(texts(document.get("ignore")))
    plan.leaves = {
        name: frozenset(texts(read(entry)[0]["suppresses"])) for name, entry in (document.get("leaves") or {}).items()
    }
    plan.ladder = read(document.get("leave_ladder") or [])[0]
    plan.values = {name: [_value(v) for v in rows] for name, rows in (document.get("values") or {}).items()}
    compile_judgements(plan, document, read)
    _finish(plan, document)
    return plan


def _value(entry: Mapping[str, Any]) -> tuple[Decimal, date, date | None, Any]:
    start = as_date(entry["from"])
    assert start is not None
    return number(entry["amount"]) or ZERO, start, as_date(entry.get("to")), entry["by"]


def _node(name: str, entry: Mapping[str, Any], readings: Readings, parent: int, points: Standard, kind: str) -> Node:
    floor = limit(entry.get("floor", None if kind == "item" else "unstated"))
    return Node(
        id=name,
        title=entry.get("title", name),
        parent=parent,
        points=points,
        floor=floor,
        cap=limit(entry.get("cap")),
        max_deduct=limit(entry.get("max_deduct")),
        max_add=limit(entry.get("max_add")),
        weight=number(entry.get("weight", 1)) or ZERO,
        round=None if entry.get("round", "none") == "none" else int(entry["round"]),
        clause=entry.get("clause"),
        readings=readings,
        kind=kind,
    )


def _sheet(name: str, entry: Mapping[str, Any], readings: Readings) -> Sheet:
    root = _node(name, entry, readings, -1, standard(entry.get("base")), "sheet")
    terms = tuple(
        Term(
            title=term.get("title", ""),
            of=term["of"],
            section=term.get("section"),
            over=term["over"],
            take=term.get("take", "mean" if term["over"] == "members" else "sum"),
            weight=number(term.get("weight", 1)) or ZERO,
            round=None if term.get("round", "none") == "none" else int(term["round"]),
            where=where(term.get("where")),
            when_empty=term.get("when_empty"),
            clause=term.get("clause"),
        )
        for term in entry.get("terms", [])
    )
    return Sheet(
        id=name,
        title=entry.get("title", name),
        kinds=frozenset(texts(entry["subjects"])),
        period=entry.get("period", "month"),
        base_given="base" in entry,
        nodes=[root],
        terms=terms,
        only=where(entry.get("only")),
        exclude=where(entry.get("exclude")),
        unassessed=entry.get("unassessed", "skip"),
        clause=entry.get("clause"),
        readings=readings,
    )


def _sections(plan: Plan, sections: Mapping[str, Any], read: Resolver) -> None:
    """Parents before children, so that walking a sheet's nodes backwards goes from the leaves up."""
    waiting = {name: read(entry) for name, entry in sections.items()}
    only = next(iter(plan.sheets))
    while waiting:
        for name, (entry, readings) in list(waiting.items()):
            parent = entry.get("parent")
            if parent in waiting:
                continue
            sheet = plan.section_sheet[parent] if parent else entry.get("sheet", only)
            nodes = plan.sheets[sheet].nodes
            nodes.append(
                _node(
                    name, entry, readings, plan.section_node[parent] if parent else 0, standard(entry.get("points")), "section"
                )
            )
            plan.section_sheet[name], plan.section_node[name] = sheet, len(nodes) - 1
            del waiting[name]


def _item(plan: Plan, name: str, entry: Mapping[str, Any], readings: Readings, wide: list[tuple[Also, frozenset[str]]]) -> None:
    if not truth(entry.get("enabled", True)):
        return
    section = entry.get("section")
    sheet, node = _home(plan, name, entry, readings)
    sign = 1 if "add" in entry else -1 if "deduct" in entry else 0
    also = [found for i, one in enumerate(entry.get("also", [])) if (found := _also(f"items.{name}.also[{i}]", one, readings))]
    item = Item(
        id=name,
        title=entry.get("title", name),
        clause=entry.get("clause"),
        sheet=sheet,
        section=section,
        node=node,
        sign=sign,
        amount=compile_amount(entry["add"] if sign > 0 else entry["deduct"]) if sign else None,
        points=standard(entry["points"]) if "points" in entry else NOTHING,
        kinds=texts(entry.get("facts", name)),
        where=where(entry.get("where")),
        also=(*also, *(one for one, items in wide if "*" in items or name in items)),
        required=truth(entry.get("required")),
        exempt=frozenset(texts(entry.get("exempt_leave"))),
        readings=readings,
    )
    plan.items[name] = item
    for kind in item.kinds:
        for subject in plan.sheets[sheet].kinds:
            plan.by_kind[kind, subject] = (*plan.by_kind.get((kind, subject), ()), item)


def _home(plan: Plan, name: str, entry: Mapping[str, Any], readings: Readings) -> tuple[str, int]:
    """The sheet and node of an item; one with limits of its own gets a node of its own."""
    section = entry.get("section")
    sheet = plan.section_sheet[section] if section else entry.get("sheet", next(iter(plan.sheets)))
    node = plan.section_node[section] if section else 0
    if "max_deduct" in entry or "max_add" in entry:
        own = {key: entry[key] for key in ("title", "max_deduct", "max_add", "clause") if key in entry}
        own.update({key: entry.get("points", "none") for key in ("max_deduct", "max_add") if own.get(key) == "points"})
        nodes = plan.sheets[sheet].nodes
        nodes.append(
            _node(
                name,
                own,
                readings,
                node,
                NOTHING,
                "item",
            )
        )
        node = len(nodes) - 1
    return sheet, node


def _also(name: str, entry: Mapping[str, Any], readings: Readings) -> Also | None:
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


def _counters(plan: Plan, counters: Mapping[str, Any], read: Resolver) -> None:
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


def _classify(plan: Plan, rules: Any, read: Resolver) -> None:
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


def _finish(plan: Plan, document: Mapping[str, Any]) -> None:
    """Things several parts need: all readings of an item, the sheets' bases, the kinds somebody knows."""
    aside = set(plan.ignored)
    for name, entry in (document.get("items") or {}).items():
        if name not in plan.items:
            aside |= set(texts(entry.get("facts", name)) if not isinstance(entry.get("facts"), Mapping) else ())
    known: set[str] = set()
    for outcome in plan.outcomes.values():
        for condition in (*outcome.when, *outcome.when_any):
            known |= condition.kinds
    plan.known = frozenset(known)
    for kind, subject in plan.by_kind:
        plan.priced_for[kind] = plan.priced_for.get(kind, frozenset()) | {subject}
    plan.aside = frozenset(aside - known)
    for item in plan.items.values():
        names = {*item.readings, *(name for counter in item.counters for name in counter.readings)}
        item.all_readings = tuple(sorted(names, key=reading_order))
        if item.amount and item.amount.fixed is not None and not item.counters:
            item.simple = item.amount.fixed
    for sheet in plan.sheets.values():
        own = [item for item in plan.items.values() if item.sheet == sheet.id]
        sheet.required = tuple(item for item in own if item.required)
        sheet.tallied = tuple(item for item in own if not item.required and _adds_up(item.amount))
        only_recorded = bool(own) and not any(item.sign for item in own)
        sheet.scored = (
            not only_recorded or sheet.base_given or bool(sheet.terms) or any(n.points is not NOTHING for n in sheet.nodes)
        )
        if all(node.points.fixed is not None for node in sheet.nodes):
            sheet.marks = full_marks(sheet, Subject(""))
    plan.fans_out = any(item.also for item in plan.items.values())
    plan.knows_leave = bool(plan.leaves) or any(item.exempt for item in plan.items.values())
    if cycle := _cycle(plan):
        raise BadRulebook([f"sheets.{cycle}.terms: 考核表互相引用,绕成一圈"])


def _adds_up(amount: Amount | None) -> bool:
    """Whether an amount looks at the sum of a window, so that a window without facts is a sum of zero."""
    if amount is None or not amount.joined or amount.take != "sum":
        return False
    return (amount.by or amount.per) in COUNTED


def _cycle(plan: Plan) -> str | None:
    """A sheet that, through its terms, needs its own total of the same period."""

    def reaches(start: str, here: str, seen: set[str]) -> bool:
        for term in plan.sheets[here].terms:
            if term.of == start or (term.of not in seen and reaches(start, term.of, {*seen, term.of})):
                return True
        return False

    return next((name for name in plan.sheets if reaches(name, name, set())), None)
