"""One month or year through the engine: the centre's rulebook, its decisions, its roster, the facts on record, what was posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from shouwen.assessment.models import CollectedFact, Month, MonthResult
from shouwen.assessment.queries import roster
from shouwen.assessment.queries.stored import exact_number, fact_from_json, subject_from_json
from shouwen.org.models import Decision, Member
from shouwen.rulebook import queries as rulebook
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring
from shouwen.rules.scoring import Answer, Fact, Posted, Subject

# Ours, in every rulebook: a correction of a month that is final, booked in a later one ("1.2").
ADJUST = {"adjustment_add": ("add", "往月更正加分"), "adjustment_deduct": ("deduct", "往月更正扣分")}
REACH = timedelta(days=400)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a count needs; the same material always gives the same answer."""

    engine: scoring.Rulebook
    subjects: Sequence[Subject]
    facts: Sequence[Fact]
    posted: Sequence[Posted]
    outsiders: Sequence[Fact] = ()


def document_for(center: Any, document: Mapping[str, Any]) -> dict[str, Any]:
    """The rulebook with what only this centre's records know: the dated value of a point ("1.1") and the corrections of past months."""
    values = dict(document.get("values") or {})
    point = [*values.get("point", []), *point_values(center)]
    items = dict(document.get("items") or {})
    sheet = member_sheet(document)
    for name, (way, title) in ADJUST.items():
        items[name] = {"title": title, "clause": "1.2", "sheet": sheet, "facts": [name], way: {"each": 1, "per": "value"}}
    return {**document, "items": items, "values": {**values, "point": point}}


def point_values(center: Any) -> list[dict[str, Any]]:
    """The leadership meeting's decisions on what a point is worth, in the rulebook's shape (`to` is the last day)."""
    rows = Decision.objects.of(center).filter(kind=Decision.Kind.POINT_VALUE).order_by("active_from", "recorded_at")
    found = []
    for row in rows:
        if row.active_to is not None and row.active_to <= row.active_from:
            continue
        one: dict[str, Any] = {"amount": row.value, "from": row.active_from, "by": row.decided_by}
        if row.active_to is not None:
            one["to"] = row.active_to - roster.DAY
        found.append(one)
    return found


def member_sheet(document: Mapping[str, Any]) -> str:
    """The sheet on which people are assessed by the month (the first that fits, else the first of all)."""
    for name, sheet in document["sheets"].items():
        subjects = sheet["subjects"]
        if "member" in ([subjects] if isinstance(subjects, str) else subjects) and sheet.get("period", "month") == "month":
            return str(name)
    return str(next(iter(document["sheets"])))


def version_for(center: Any, month: date) -> rulebook.Version | None:
    """The version a month is computed by: that in force on its first day, or, in the month of adoption, on its last ("1.10")."""
    return rulebook.in_force(center, month) or rulebook.in_force(center, roster.month_end(month))


def version_of(month: Month) -> rulebook.Version | None:
    """As fixed at freezing; before that, what holds now."""
    if month.rulebook_id is not None:
        return rulebook.version_of(Rulebook.objects.of(month.center_id).get(pk=month.rulebook_id))
    return version_for(month.center_id, month.month)


def facts_on_record(center: Any, start: date, end: date) -> list[Fact]:
    """Live facts that happened, or pay, from `start` to `end`; what an objection took back counts as withdrawn."""
    paid = Q(month__month__gte=start.replace(day=1), month__month__lte=end)
    rows = CollectedFact.objects.of(center).filter(Q(date__gte=start, date__lte=end) | paid, ended_at__isnull=True)
    # A month carries its whole roster: without it a year of facts reads thirty times faster.
    rows = rows.select_related("month").defer("month__roster", "month__stops")
    return [as_fact(row) for row in rows.order_by("date", "fact")]


def as_fact(row: CollectedFact) -> Fact:
    """The fact of a row; one found late is booked on the first day of the month that pays."""
    instead: dict[str, Any] = {"status": row.status}
    if row.month.month > row.date:
        instead["booked"] = row.month.month
    return fact_from_json(row.payload, **instead)


def posted_results(center: Any, start: date, before: date) -> list[Posted]:
    """Totals of the months posted from `start` to before `before`; they stand as they are."""
    rows = MonthResult.objects.of(center).filter(
        month__month__gte=start,
        month__month__lt=before,
        month__state__in=[Month.State.POSTED, Month.State.FINAL],
        edition=F("month__edition"),
    )
    plain = rows.values_list("subject", "sheet", "month__month", "exact", "outcomes")
    return [
        Posted(subject, sheet, f"{month:%Y-%m}", exact_number(exact), frozenset(one["id"] for one in outcomes))  # type: ignore[arg-type]
        for subject, sheet, month, exact, outcomes in plain.iterator(chunk_size=2000)
    ]


def material(center: Any, version: rulebook.Version, month: Month, subjects: Sequence[Subject] | None = None) -> Material:
    """What the count of a month needs: facts as far back as its counters reach (R1), and at least 400 days, so that what was
    concealed a while ago still finds its place in the counter of its own month ("1.9").
    """
    first, last = month.month, roster.month_end(month.month)
    engine = scoring.compile_rulebook(document_for(center, version.document))
    start = min(first - REACH, max(EARLIEST, scoring.facts_from(engine, scoring.period_of("month", first))))
    facts = facts_on_record(center, start, last)
    if subjects is None:
        subjects = [subject_from_json(row) for row in month.roster] if month.roster else roster.subjects(center, first, last)
    return sift(center, engine, subjects, facts, posted_results(center, start, first))


def sift(
    center: Any, engine: scoring.Rulebook, subjects: Sequence[Subject], facts: Iterable[Fact], posted: Sequence[Posted]
) -> Material:
    """Set facts about outsiders aside, and give every executor named by a finding a ledger ("1.9")."""
    known = {one.id for one in subjects}
    every = list(facts)
    named = {str(code) for fact in every if (code := fact.attrs.get("concealed_by")) and str(code) not in known}
    if named:
        people = Member.objects.of(center).filter(code__in=named).order_by("code")
        subjects = [*subjects, *(Subject(one.code, "assessor", one.name) for one in people)]
        known |= named
    inside = [fact for fact in every if fact.subject in known]
    return Material(engine, subjects, inside, posted, [fact for fact in every if fact.subject not in known])


def count(stuff: Material, period: str, through: date | None = None) -> Answer:
    """The engine's answer for a month ("2026-10") or a year ("2026")."""
    return scoring.score(stuff.engine, stuff.subjects, stuff.facts, period, stuff.posted, through)
