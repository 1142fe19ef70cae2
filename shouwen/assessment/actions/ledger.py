"""Bookkeeping: what the engine says now against what the ledger says, the difference as entries; the results beside it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.assessment.models import Entry, Month, MonthResult
from shouwen.assessment.queries.stored import exact_text
from shouwen.org.models import Department, Member
from shouwen.rules import scoring
from shouwen.rules.scoring import Answer, Line, Result
from shouwen.rules.scoring.values import plain

# Lines that come from a fact are entries; what only adds up, limits or rounds belongs to the result.
FROM_FACTS = frozenset({"item", "also", "retro", "replaced"})
STEP = Decimal("0.0000000001")
SHOWN = [
    "subject_kind", "member", "department", "name", "unit", "unit_code", "post", "days", "base", "deducted", "added", "total",
    "exact", "is_assessed", "parts", "outcomes", "money", "stops", "flags", "counted_at", "confirmed_by", "confirmed_at",
]  # fmt: skip


def tenth(value: Decimal | None) -> Decimal | None:
    """As the columns keep it: ten places; None stays None."""
    return None if value is None else value.quantize(STEP)


class People:
    """Members and departments of a centre by their code: two queries."""

    def __init__(self, center_id: Any) -> None:
        self.members = {row.code: row for row in Member.objects.of(center_id).only("code", "name")}
        self.departments = {row.code: row for row in Department.objects.of(center_id).only("code", "name", "short_name")}

    def of(self, code: str) -> dict[str, Any]:
        return {"member": self.members.get(code), "department": self.departments.get(code)}


def mine(month: Month, answer: Answer) -> list[Result]:
    """The results of the month itself; executors without a line, and units without people, are left out."""
    return [
        result
        for result in answer.results
        if result.period.key == month.key
        and (result.lines or (result.subject.kind == "member" or (result.assessed and result.subject.kind != "assessor")))
    ]


def book(month: Month, answer: Answer, *, people: People, by: str, at: datetime, reason: str = "") -> tuple[int, int]:
    """Write what is new, reverse what no longer holds; returns how many of each. Twice the same answer writes nothing."""
    wanted = [(result, line) for result in mine(month, answer) for line in result.lines if line.kind in FROM_FACTS]
    drafts = [_entry(month, line, answer, people, by, at) for _, line in wanted]
    standing = list(Entry.objects.of(month.center_id).filter(month=month).live())
    open_marks = Counter(entry.mark for entry in standing)
    fresh = []
    for draft in drafts:
        if open_marks[draft.mark]:
            open_marks[draft.mark] -= 1
        else:
            fresh.append(draft)
    taken_back = []
    for entry in standing:
        if open_marks[entry.mark]:
            open_marks[entry.mark] -= 1
            taken_back.append(_reversal(entry, by, at, reason or "事实有变,按现有事实重算"))
    Entry.objects.bulk_create([*taken_back, *fresh], batch_size=500)
    return len(fresh), len(taken_back)


def _entry(month: Month, line: Line, answer: Answer, people: People, by: str, at: datetime) -> Entry:
    readings = _readings(line.readings, answer)
    text = scoring.explain(line)[:400]
    return Entry(
        center_id=month.center_id,
        month=month,
        sheet=line.sheet,
        subject=line.subject,
        **people.of(line.subject),
        kind=line.kind,
        fact=line.fact or "",
        date=line.date,
        item=line.item or line.source or "",
        title=line.title[:120],
        clause=line.clause or "",
        price=line.price,
        units=line.units,
        nth=line.n,
        times=line.times,
        amount=tenth(line.amount),
        readings=readings,
        explanation=text,
        mark=_mark(line, readings, text),
        written_at=at,
        written_by=by,
    )


def _mark(line: Line, readings: dict[str, Any], text: str) -> str:
    """The same words and numbers have the same mark: what did not change is not booked again."""
    face = [
        line.sheet, line.subject, line.kind, line.fact, line.item, line.clause, line.title,
        line.amount, line.price, line.units, line.n, line.times, sorted(readings.items()), text,
    ]  # fmt: skip
    words = "|".join(plain(one) if isinstance(one, Decimal) else str(one) for one in face)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _reversal(entry: Entry, by: str, at: datetime, reason: str) -> Entry:
    fields = (
        "sheet",
        "subject",
        "member_id",
        "department_id",
        "kind",
        "fact",
        "date",
        "item",
        "title",
        "clause",
        "price",
        "units",
        "nth",
        "times",
        "readings",
        "mark",
    )
    return Entry(
        center_id=entry.center_id,
        month_id=entry.month_id,
        **{name: getattr(entry, name) for name in fields},
        amount=None if entry.amount is None else -entry.amount,
        explanation=f"冲销:{entry.explanation}"[:400],
        reversal_of=entry,
        reason=reason[:120],
        written_at=at,
        written_by=by,
    )


def keep_results(
    month: Month, answer: Answer, *, people: People, at: datetime, only: frozenset[str] | None = None
) -> list[str]:
    """Write the month's current edition; returns why it cannot be posted. Never touches an edition that was posted.

    `only`, when given, are the subjects that may change; the others keep what they have.
    """
    before = {
        (row.sheet, row.subject): row
        for row in MonthResult.objects.of(month.center_id).filter(month=month, edition=month.edition)
    }
    titles = {code: one.short_name or one.name for code, one in people.departments.items()}
    found = mine(month, answer)
    rows = [_result(month, result, answer, people, titles, at) for result in found if only is None or result.subject.id in only]
    for row in rows:
        old = before.pop((row.sheet, row.subject), None)
        if old is not None and old.exact == row.exact:
            row.confirmed_by, row.confirmed_at = old.confirmed_by, old.confirmed_at
    MonthResult.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["center", "month", "edition", "sheet", "subject"],
        update_fields=SHOWN,
    )
    if only is None and before:
        gone = MonthResult.objects.of(month.center_id).filter(pk__in=[row.pk for row in before.values()])
        gone.update(is_assessed=False, total=None, exact="", outcomes=[], money=[], stops=[], parts=[], flags=["gone"])
    return stops_of(answer, found)


def stops_of(answer: Answer, results: Iterable[Result]) -> list[str]:
    """Every reason why this cannot be posted: an unpriced item, an open question, a missing value. Never a zero.

    In people's words: names instead of codes, days instead of the ids of facts. A unit that only waits for one of its
    people is not listed again.
    """
    rows = list(results)
    words = {result.subject.id: result.subject.name for result in rows if result.subject.name}
    words |= {
        f"({line.fact})": f"({line.date.month}月{line.date.day}日)"
        for result in rows
        for line in result.lines
        if line.fact and line.date
    }
    found = list(answer.stops)
    for result in rows:
        who = result.subject.name or result.subject.id
        follows = tuple(f"{code}未定" for code in words)
        found += [f"{who}:{reason}" for reason in result.stops if not (result.sheet.terms and reason.startswith(follows))]
        found += [f"{who}:{payment.title}{payment.stop}" for payment in result.money if payment.stop and not result.stops]
    return list(dict.fromkeys(_worded(text, words) for text in found))


def stops_of_one(result: Result) -> list[str]:
    """The stops of one result, days instead of the ids of facts."""
    days = {f"({line.fact})": f"({line.date.month}月{line.date.day}日)" for line in result.lines if line.fact and line.date}
    return [_worded(text, days) for text in result.stops]


def _worded(text: str, words: dict[str, str]) -> str:
    for code, word in words.items():
        text = text.replace(code, word)
    return text


def _result(month: Month, result: Result, answer: Answer, people: People, titles: dict[str, str], at: datetime) -> MonthResult:
    subject = result.subject
    sums = result.sums.get(0)
    return MonthResult(
        center_id=month.center_id,
        month=month,
        edition=month.edition,
        sheet=result.sheet.id,
        subject_kind=subject.kind,
        subject=subject.id,
        **people.of(subject.id),
        name=subject.name[:60],
        unit=titles.get(subject.department or "", ""),
        unit_code=subject.department or "",
        post=(subject.post or "")[:40],
        days=subject.assessed.get(month.key) if subject.assessed else None,
        base=tenth(result.base),
        deducted=tenth(sums.deducted) or 0 if sums else 0,
        added=tenth(sums.added) or 0 if sums else 0,
        total=tenth(result.total),
        exact=exact_text(result.exact) if result.assessed else "",
        is_assessed=result.assessed,
        parts=[_part(line, answer) for line in result.lines if line.kind not in FROM_FACTS],
        outcomes=[_outcome(hit, answer) for hit in result.outcomes],
        money=[_payment(one, answer) for one in result.money],
        stops=stops_of_one(result),
        flags=list(result.flags),
        counted_at=at,
    )


def _readings(names: Iterable[str], answer: Answer) -> dict[str, str]:
    """The questions that decided, with their answers."""
    return {name: str(answer.readings[name]) for name in names if name in answer.readings}


def _part(line: Line, answer: Answer) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "title": line.title,
        "clause": line.clause or "",
        "amount": None if line.amount is None else plain(line.amount),
        "text": scoring.explain(line),
        "readings": _readings(line.readings, answer),
    }


def _outcome(hit: scoring.Hit, answer: Answer) -> dict[str, Any]:
    outcome = hit.outcome
    return {
        "id": outcome.id,
        "title": outcome.title,
        "clause": outcome.clause or "",
        "decides": hit.decides,
        "choices": list(outcome.choices),
        "text": outcome.text,
        "tied": list(hit.tied),
        "place": hit.place,
        "readings": _readings(outcome.readings, answer),
    }


def _payment(payment: scoring.Payment, answer: Answer) -> dict[str, Any]:
    amount = None if payment.amount is None else f"{payment.amount:.2f}"
    note = payment.note or payment.stop or ""
    return {
        "title": payment.title,
        "clause": payment.clause or "",
        "amount": amount,
        "note": note,
        "readings": _readings(payment.readings, answer),
    }
