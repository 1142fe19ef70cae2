"""The year: twelve posted months a person, the sum, the line, who is last, ties as a set ("1.6", "1.7"), reward cuts ("1.9")."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from threading import Lock
from typing import Any

from django.db.models import F

from shouwen.assessment.models import Month, MonthResult, Year, YearDecision, YearResult
from shouwen.assessment.queries import counting, roster
from shouwen.assessment.queries.stored import exact_number
from shouwen.audit import queries as audit
from shouwen.rulebook import queries as rulebook
from shouwen.rules import scoring
from shouwen.rules.scoring import Answer, Posted, Result, Subject

Exact = Decimal | Fraction
NO_AWARDS, LAST, CUT = "1.6", "1.7", "1.9"


@dataclass(frozen=True, slots=True)
class YearRow:
    """One person's year. `months` has all twelve keys, None where not assessed or not yet posted; `line` is R7's."""

    code: str
    name: str
    unit: str
    is_vertical: bool
    months: Mapping[str, Exact | None]
    assessed: int
    total: Exact | None
    mean: Fraction | None
    line: Decimal | None
    place: int | None
    is_below: bool
    is_last: bool
    tied: tuple[str, ...]
    cut: Decimal
    outcomes: Sequence[Mapping[str, Any]]
    flags: tuple[str, ...]

    @property
    def is_eligible(self) -> bool:
        """Below the line and last: the case in which "1.7" lets people decide."""
        return any(one["clause"] == LAST for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class YearView:
    """A year as it stands. `open` are its months not yet posted, `stops` why it cannot be closed."""

    year: int
    version: rulebook.Version | None
    rows: list[YearRow]
    posted: list[date]
    open: list[date]
    stops: list[str] = field(default_factory=list)


def year_view(center: Any, year: int) -> YearView:
    """Worked out from the months that are posted; nothing is stored."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Month.objects.of(center).filter(month__gte=first, month__lte=last).select_related("rulebook")
    months = list(rows.defer("roster", "rulebook__text").order_by("month"))
    posted = [month for month in months if month.is_posted]
    waiting = [month.month for month in months if not month.is_posted]
    version = _version(center, posted, first, last)
    if version is None or not posted:
        return YearView(year, version, [], [month.month for month in posted], waiting)
    subjects = roster.subjects(center, first, last, days=False)
    totals = posted_totals(center, posted)
    stands = grid(subjects, counting.member_sheet(version.document), year, totals)
    engine = scoring.compile_rulebook(counting.document_for(center, version.document))
    facts = counting.facts_on_record(center, first, last)
    stuff = counting.sift(center, engine, subjects, facts, stands)
    answer = counting.count(stuff, str(year))
    lines = _rows(answer, subjects, totals, str(year), units(subjects), len(posted))
    stops = [
        f"{result.subject.name}:{reason}"
        for result in answer.results
        if result.period.key == str(year)
        for reason in result.stops
    ]
    stops += [reason for listing in answer.listings for reason in listing.stops]
    return YearView(year, version, lines, [month.month for month in posted], waiting, list(dict.fromkeys(stops)))


KEPT = 4
_kept: OrderedDict[tuple[Any, int], tuple[int, YearView]] = OrderedDict()
_lock = Lock()


def kept_view(center: Any, year: int) -> YearView:
    """The same for a page: worked out again only when something was written in the centre since (each write is in the trail)."""
    key, pulse = (center.pk, year), audit.newest(center)
    with _lock:
        known = _kept.get(key)
        if known is not None and known[0] == pulse:
            _kept.move_to_end(key)
            return known[1]
    view = year_view(center, year)
    with _lock:
        _kept[key] = (pulse, view)
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return view


def _version(center: Any, posted: Sequence[Month], first: date, last: date) -> rulebook.Version | None:
    """The version in force at the end of the year ("1.10"), usually that of the last posted month."""
    latest = posted[-1].rulebook if posted else None
    if latest is not None and latest.holds(last):
        return rulebook.version_of(latest)
    return rulebook.in_force(center, last) or rulebook.in_force(center, first)


def posted_totals(center: Any, months: Sequence[Month]) -> dict[tuple[str, str], Exact | None]:
    """(member code, "2026-10") → posted points of the sheet of people in that month's own version; None where not assessed."""
    sheets = {
        month.pk: counting.member_sheet(rulebook.version_of(month.rulebook).document)
        for month in months
        if month.rulebook is not None
    }
    keys = {month.pk: month.key for month in months}
    rows = MonthResult.objects.of(center).filter(month__in=months, edition=F("month__edition"), subject_kind="member")
    # Plain values: a county's year is tens of thousands of rows, and their lines and outcomes are not asked for here.
    plain = rows.values_list("subject", "month_id", "sheet", "exact", "is_assessed")
    return {
        (subject, keys[month]): exact_number(exact) if is_assessed else None
        for subject, month, sheet, exact, is_assessed in plain.iterator(chunk_size=2000)
        if sheets.get(month) == sheet
    }


def grid(subjects: Sequence[Subject], sheet: str, year: int, totals: Mapping[tuple[str, str], Exact | None]) -> list[Posted]:
    """Every month of the year for everybody: what was posted, else "not assessed". A month nobody posted is never guessed."""
    keys = [f"{year}-{month:02}" for month in range(1, 13)]
    codes = dict.fromkeys(one.id for one in subjects if one.kind == "member")
    return [Posted(code, sheet, key, totals.get((code, key))) for code in codes for key in keys]  # type: ignore[arg-type]


def units(subjects: Sequence[Subject]) -> dict[str, str]:
    return {one.id: one.name for one in subjects if one.kind == "department"}


def _rows(
    answer: Answer,
    subjects: Sequence[Subject],
    totals: Mapping[tuple[str, str], Exact | None],
    year: str,
    names: dict[str, str],
    whole: int,
) -> list[YearRow]:
    mine = [result for result in answer.results if result.period.key == year]
    main = [result for result in mine if result.subject.kind == "member" and result.sheet.terms]
    cuts: dict[str, Decimal] = {}
    for result in mine:
        if result.sheet.clause == CUT:
            lost = -sum((line.amount for line in result.lines if line.amount is not None), Decimal(0))
            cuts[result.subject.id] = cuts.get(result.subject.id, Decimal(0)) + lost
    ranked = sorted((mean for result in main if (mean := _mean(result)) is not None), reverse=True)
    # The lowest first; of equal means the highest place.
    places = {mean: place for place, mean in reversed(list(enumerate(ranked, start=1)))}
    rows = [_row(result, totals, year, names, places, cuts, whole) for result in main]
    listed = {row.code for row in rows}
    rows += [
        _executor(one, cuts[one.id], year)
        for one in {s.id: s for s in subjects}.values()
        if cuts.get(one.id) and one.id not in listed
    ]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.name))


def _mean(result: Result) -> Fraction | None:
    return (
        None if result.exact is None or not result.assessed or not result.periods else Fraction(result.exact) / result.periods
    )


def _row(
    result: Result,
    totals: Mapping[tuple[str, str], Exact | None],
    year: str,
    names: dict[str, str],
    places: dict[Fraction, int],
    cuts: dict[str, Decimal],
    whole: int,
) -> YearRow:
    subject, mean = result.subject, _mean(result)
    tied = next((hit.tied for hit in result.outcomes if hit.outcome.clause == LAST), ())
    months = {f"{year}-{month:02}": totals.get((subject.id, f"{year}-{month:02}")) for month in range(1, 13)}
    return YearRow(
        code=subject.id,
        name=subject.name,
        unit=names.get(subject.department or "", ""),
        is_vertical=bool(subject.attrs.get("vertical")),
        months=months,
        assessed=result.periods if result.assessed else 0,
        total=result.exact if result.assessed else None,
        mean=mean,
        line=line_of(result),
        place=None if mean is None else places[mean],
        is_below=any(hit.outcome.clause == NO_AWARDS for hit in result.outcomes),
        is_last=mean is not None and mean == next(iter(places)),
        tied=tied,
        cut=cuts.get(subject.id, Decimal(0)),
        outcomes=[_outcome(hit) for hit in result.outcomes],
        flags=("part_year",) if result.assessed and result.periods < whole else (),
    )


def _outcome(hit: scoring.Hit) -> dict[str, Any]:
    one = hit.outcome
    return {
        "id": one.id,
        "title": one.title,
        "clause": one.clause or "",
        "decides": hit.decides,
        "choices": list(one.choices),
        "text": one.text,
        "tied": list(hit.tied),
    }


def _executor(subject: Subject, cut: Decimal, year: str) -> YearRow:
    months = {f"{year}-{month:02}": None for month in range(1, 13)}
    return YearRow(subject.id, subject.name, "", False, months, 0, None, None, None, None, False, False, (), cut, [], ())


def line_of(result: Result) -> Decimal | None:
    """What the total is held against ("1.6"): the first lower bound of an outcome of that clause, times the months where R7 says so."""
    for outcome in result.sheet.outcomes:
        for condition in outcome.when if outcome.clause == NO_AWARDS else ():
            edge = condition.bounds.under if condition.bounds.under is not None else condition.bounds.at_most
            if condition.of == "score" and edge is not None:
                return edge * result.periods if condition.per_assessed else edge
    return None


def year_of(center: Any, year: int) -> Year | None:
    return Year.objects.of(center).select_related("rulebook").filter(year=year).first()


def year_results(year: Year) -> list[YearResult]:
    rows = YearResult.objects.of(year.center_id).filter(year=year).select_related("member")
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.name))


def year_decisions(year: Year) -> dict[Any, YearDecision]:
    """The decision in force for each result, by the result's id."""
    rows = YearDecision.objects.of(year.center_id).filter(result__year=year, ended_at__isnull=True).select_related("decision")
    return {row.result_id: row for row in rows}
