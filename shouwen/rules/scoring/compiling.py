"""From a validated document to a Plan. Only here are the document's keys read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.rules.scoring.amounts import compile_amount
from shouwen.rules.scoring.judging import compile_judgements
from shouwen.rules.scoring.parts import Resolver, node, reading_order, standard, texts, where
from shouwen.rules.scoring.plan import NOTHING, Amount, Plan, Readings, Sheet, Term
from shouwen.rules.scoring.pricing import COUNTED
from shouwen.rules.scoring.readings import BadRulebook
from shouwen.rules.scoring.roster import Subject
from shouwen.rules.scoring.shapes import as_date
from shouwen.rules.scoring.tariff import also_of, enter_classify, enter_counters, enter_item
from shouwen.rules.scoring.totals import full_marks
from shouwen.rules.scoring.values import ZERO, number


def compile_plan(document: Mapping[str, Any], given: Mapping[str, Any]) -> Plan:
    """The plan of a valid document under complete answers. Raises BadRulebook when an answer leaves a key without a value."""
    read = Resolver(given)
    plan = Plan(answers=given)
    first = next(iter(document["sheets"]))
    homes = {name: read(entry)[0].get("sheet", first) for name, entry in (document.get("outcomes") or {}).items()}
    for name, entry in document["sheets"].items():
        plan.sheets[name] = _sheet(name, *read(entry), homes)
    _sections(plan, document.get("sections") or {}, read)
    shared = [also_of(f"also[{i}]", *read(entry)) for i, entry in enumerate(read(document.get("also") or [])[0])]
    wide = [
        (also, frozenset(texts(read(entry)[0]["items"])))
        for also, entry in zip(shared, document.get("also") or [], strict=True)
        if also
    ]
    for name, entry in (document.get("items") or {}).items():
        enter_item(plan, name, *read(entry), wide)
    enter_counters(plan, document.get("counters") or {}, read)
    enter_classify(plan, document.get("classify") or [], read)
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


def _valued(entry: Mapping[str, Any]) -> Amount | None:
    """The amount that prices a term's number as a value."""
    written = entry.get("add", entry.get("deduct"))
    if written is None:
        return None
    table = {"tiers" if isinstance(written, list) else "each": written} if not isinstance(written, Mapping) else written
    return compile_amount({"by" if "tiers" in table else "per": "value", **table})


def _term(entry: Mapping[str, Any], homes: Mapping[str, str]) -> Term:
    outcome = entry.get("outcome")
    usual = "mean" if entry["over"] == "members" and outcome is None else "sum"
    return Term(
        title=entry.get("title", ""),
        of=entry["of"] if outcome is None else homes[outcome],
        section=entry.get("section"),
        outcome=outcome,
        over=entry["over"],
        take=entry.get("take", usual),
        relative_to=entry.get("relative_to"),
        within=entry.get("within", "centre"),
        weight=standard(entry.get("weight", 1)),
        amount=_valued(entry),
        sign=-1 if "deduct" in entry else 1,
        round=None if entry.get("round", "none") == "none" else int(entry["round"]),
        where=where(entry.get("where")),
        only=where(entry.get("only")),
        exclude=where(entry.get("exclude")),
        when_empty=entry.get("when_empty"),
        clause=entry.get("clause"),
    )


def _sheet(name: str, entry: Mapping[str, Any], readings: Readings, homes: Mapping[str, str]) -> Sheet:
    root = node(name, entry, readings, -1, standard(entry.get("base")), "sheet")
    return Sheet(
        id=name,
        title=entry.get("title", name),
        kinds=frozenset(texts(entry["subjects"])),
        period=entry.get("period", "month"),
        base_given="base" in entry,
        nodes=[root],
        terms=tuple(_term(term, homes) for term in entry.get("terms", [])),
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
                node(
                    name, entry, readings, plan.section_node[parent] if parent else 0, standard(entry.get("points")), "section"
                )
            )
            plan.section_sheet[name], plan.section_node[name] = sheet, len(nodes) - 1
            del waiting[name]


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
    """A sheet that, through its terms and the outcomes they count, needs its own total of the same period."""

    def needs(name: str) -> set[str]:
        found = {term.of for term in plan.sheets[name].terms}
        asked = [term.outcome for term in plan.sheets[name].terms if term.outcome]
        seen: set[str] = set()
        while asked:
            outcome = plan.outcomes.get(asked.pop())
            if outcome is None or outcome.id in seen:
                continue
            seen.add(outcome.id)
            for condition in (*outcome.when, *outcome.when_any):
                found |= {condition.sheet} if condition.sheet else set()
                if condition.outcome in plan.outcomes:
                    found.add(plan.outcomes[condition.outcome].sheet)
                    asked.append(condition.outcome)
        return found

    def reaches(start: str, here: str, seen: set[str]) -> bool:
        return any(name == start or (name not in seen and reaches(start, name, {*seen, name})) for name in needs(here))

    return next((name for name in plan.sheets if reaches(name, name, set())), None)
