"""One person's month: every line with its reason, what was taken back, what may be contested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from shouwen.assessment.models import CollectedFact, Entry, Month, MonthResult, Objection
from shouwen.org.models import Member


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger line with what belongs to it. `reason` is what the area reported; `url` leads to the evidence."""

    entry: Entry
    reason: str
    url: str
    reversal: Entry | None
    objection: Objection | None

    @property
    def is_live(self) -> bool:
        return self.reversal is None

    @property
    def may_object(self) -> bool:
        """A line that stands, comes from a fact, and is not contested already."""
        return (
            self.is_live
            and bool(self.entry.fact)
            and (self.objection is None or self.objection.state == Objection.State.WITHDRAWN)
        )


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """`results` on every sheet of the month, `lines` in order of time, `waiting` facts nobody has verified yet."""

    month: Month
    member: Member
    results: list[MonthResult]
    lines: list[Line]
    waiting: list[CollectedFact]

    @property
    def main(self) -> MonthResult | None:
        return main_of(self.results)


def in_order(rows: Iterable[MonthResult]) -> list[MonthResult]:
    """A person's results of a month that still count, the sheet with a base first."""
    return sorted((row for row in rows if "gone" not in row.flags), key=lambda row: (not row.base, row.sheet))


def main_of(results: list[MonthResult]) -> MonthResult | None:
    """The person's own sheet among results in order."""
    return next((row for row in results if row.subject_kind == "member" and row.base), results[0] if results else None)


def person_month(member: Member, month: Month) -> PersonMonth:
    """Everything about a person in a month: four queries."""
    center = month.center_id
    entries = list(
        Entry.objects.of(center).filter(month=month, subject=member.code).order_by("date", "nth", "written_at", "id")
    )
    reversals = {row.reversal_of_id: row for row in entries if row.reversal_of_id}
    facts = {
        row.fact: row
        for row in CollectedFact.objects.of(center)
        .filter(fact__in={row.fact for row in entries if row.fact})
        .order_by("collected_at")
    }
    objections = {
        row.entry_id: row for row in Objection.objects.of(center).filter(month=month, member=member).order_by("raised_at")
    }
    lines = [_line(entry, facts, reversals, objections) for entry in entries if not entry.reversal_of_id]
    rows = MonthResult.objects.of(center).filter(month=month, edition=month.edition, subject=member.code)
    waiting = CollectedFact.objects.of(center).filter(month=month, subject=member.code, status="pending", ended_at__isnull=True)
    return PersonMonth(month, member, in_order(rows), lines, list(waiting.order_by("date")))


def _line(entry: Entry, facts: dict[str, CollectedFact], reversals: dict[Any, Entry], objections: dict[Any, Objection]) -> Line:
    payload = facts[entry.fact].payload if entry.fact in facts else {}
    attrs = payload.get("attrs") or {}
    # Somebody else's line (the executor's double) must not lead to that person's day.
    own = payload.get("subject") == entry.subject
    return Line(
        entry=entry,
        reason=str(payload.get("reason", "")) if own else "",
        url=str(attrs.get("url", "")) if own else "",
        reversal=reversals.get(entry.pk),
        objection=objections.get(entry.pk),
    )


def person_path(code: str, month: Month) -> str:
    """The page of a person's month."""
    return reverse("assessment:person", args=[code, month.key])
