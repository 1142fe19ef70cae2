"""An answer as plain data for JSON: numbers are exact decimal texts, dates ISO texts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shouwen.rules.clauses import cite
from shouwen.rules.scoring.answer import Answer, Hit, Line, Listing, Payment, Result, Skipped
from shouwen.rules.scoring.leave import Granted
from shouwen.rules.scoring.rulebook import Rulebook
from shouwen.rules.scoring.values import ZERO, key_text, plain, rounded
from shouwen.rules.scoring.wording import explain

Json = dict[str, Any]


class Shown:
    """Readings as texts, each combination put together once."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = {name: key_text(value) for name, value in answers.items()}
        self.seen: dict[tuple[str, ...], dict[str, str]] = {}

    def of(self, names: tuple[str, ...]) -> dict[str, str]:
        """The readings of these names."""
        found = self.seen.get(names)
        if found is None:
            found = self.seen[names] = {name: self.answers[name] for name in names if name in self.answers}
        return found


def _shown(rulebook: Rulebook, answer: Answer) -> Shown:
    """The readings as texts, put together once for each rulebook."""
    if answer.readings is not rulebook.plan.answers:
        return Shown(answer.readings)
    if "shown" not in rulebook.kept:
        rulebook.kept["shown"] = Shown(answer.readings)
    shown: Shown = rulebook.kept["shown"]
    return shown


def text(value: Decimal | Fraction | None) -> str | None:
    """A number as text, null as null."""
    return None if value is None else plain(value)


def shown(value: Decimal | Fraction | None) -> str | None:
    """A number for a sheet: two places at most, half up."""
    return None if value is None else plain(rounded(value, 2))


def answer_json(answer: Answer, rulebook: Rulebook) -> Json:
    """The whole answer."""
    readings = _shown(rulebook, answer)
    return {
        "rulebook": rulebook.document.get("name"),
        "version": key_text(rulebook.document["version"]) if "version" in rulebook.document else None,
        "period": answer.period.key,
        "readings": readings.answers,
        "unconfirmed": list(answer.unconfirmed),
        "open": list(rulebook.open),
        "results": [result_json(result, readings) for result in answer.results],
        "listings": [_listing(one) for one in answer.listings],
        "stops": list(answer.stops),
        "skipped": [_skipped(one) for one in answer.skipped],
        "leaves": [_leave(one) for one in answer.leaves],
        "problems": [{"path": one.path, "message": one.message} for one in rulebook.problems],
    }


def result_json(result: Result, readings: Shown) -> Json:
    """One subject on one sheet in one period."""
    root = result.sums.get(0)
    return {
        "subject": result.subject.id,
        "name": result.subject.name or result.subject.id,
        "kind": result.subject.kind,
        "sheet": result.sheet.id,
        "title": result.sheet.title,
        "period": result.period.key,
        "assessed": result.assessed,
        "periods": result.periods,
        "base": plain(result.base),
        "deducted": plain(root.deducted if root else ZERO),
        "added": plain(root.added if root else ZERO),
        "total": text(result.total),
        "shown": shown(result.exact),
        "blocked": result.blocked,
        "lines": [line_json(line, result, readings) for line in result.lines],
        "sections": _sections(result),
        "counts": _counts(result),
        "outcomes": [_hit(hit, readings) for hit in result.outcomes],
        "money": [_payment(payment, readings) for payment in result.money],
        "stops": list(result.stops),
        "flags": list(result.flags),
    }


def line_json(line: Line, result: Result, readings: Shown) -> Json:
    """One ledger line."""
    node = result.sheet.nodes[line.node]
    found = {
        "kind": line.kind,
        "fact": line.fact,
        "date": line.date.isoformat() if line.date else None,
        "item": line.item,
        "title": line.title,
        "section": node.id if node.kind == "section" else None,
        "clause": line.clause,
        "citation": cite(line.clause),
        "unit_price": text(line.price),
        "units": text(line.units),
        "counter": text(line.n),
        "multiplier": text(line.times),
        "amount": text(line.amount),
        "readings": readings.of(line.readings),
        "explain": explain(line),
    }
    if line.stop:
        found["stop"] = line.stop
    if line.source:
        found["source"] = line.source
    if line.book != line.date and line.book:
        found["booked"] = line.book.isoformat()
    return found


def _sections(result: Result) -> list[Json]:
    nodes = result.sheet.nodes
    if len(nodes) == 1 or not result.assessed:
        return []
    marks = result.marks
    if not marks:
        return []
    rows = []
    for index, node in enumerate(nodes):
        if node.kind != "section":
            continue
        sums = result.sums.get(index)
        blocked = any(line.stop and line.node == index for line in result.lines)
        rows.append(
            {
                "section": node.id,
                "title": node.title,
                "points": plain(marks[index]),
                "deducted": plain(sums.deducted if sums else ZERO),
                "added": plain(sums.added if sums else ZERO),
                "score": None if blocked else text(sums.score if sums else marks[index]),
            }
        )
    return rows


def _counts(result: Result) -> dict[str, str]:
    """Occurrences by item: what was counted, whatever it cost."""
    found: dict[str, Decimal] = {}
    for line in result.lines:
        if line.item is not None and line.kind == "item" and line.count is not None:
            found[line.item] = found.get(line.item, ZERO) + line.count
    return {item: plain(count) for item, count in found.items()}


def _hit(hit: Hit, readings: Shown) -> Json:
    outcome = hit.outcome
    return {
        "outcome": outcome.id,
        "title": outcome.title,
        "clause": outcome.clause,
        "citation": cite(outcome.clause),
        "decides": hit.decides,
        "choices": list(outcome.choices),
        "text": outcome.text,
        "certain": hit.certain,
        "tied": list(hit.tied),
        "place": hit.place,
        "readings": readings.of(outcome.readings),
    }


def _payment(payment: Payment, readings: Shown) -> Json:
    return {
        "money": payment.id,
        "title": payment.title,
        "clause": payment.clause,
        "amount": None if payment.amount is None else format(payment.amount, ".2f"),
        "note": payment.note,
        "stop": payment.stop,
        "readings": readings.of(payment.readings),
    }


def _listing(one: Listing) -> Json:
    return {
        "outcome": one.outcome.id,
        "title": one.outcome.title,
        "clause": one.outcome.clause,
        "period": one.period.key,
        "group": one.group,
        "selected": list(one.selected),
        "tied": list(one.tied),
        "choose": one.choose,
        "decides": "person" if one.tied else one.outcome.decides,
        "stops": list(one.stops),
    }


def _skipped(one: Skipped) -> Json:
    return {"fact": one.fact, "subject": one.subject, "date": one.date.isoformat(), "why": one.why, "pending": one.pending}


def _leave(one: Granted) -> Json:
    leave, rung = one.leave, one.rung
    return {
        "member": leave.subject,
        "kind": leave.kind,
        "from": leave.first.isoformat(),
        "to": leave.last.isoformat(),
        "days": plain(one.days),
        "approver": None if rung is None else rung.approver,
        "form": None if rung is None else rung.form,
        "cover": None if rung is None else rung.cover,
        "proof": "" if rung is None else rung.proof,
        "clause": None if rung is None else rung.clause,
        "stop": one.stop,
    }
