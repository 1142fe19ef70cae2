"""Months of a centre: which are open, which are settled, and one month as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from shouwen.assessment.models import AgendaItem, CollectedFact, Entry, Month, MonthResult, Objection, Posting
from shouwen.assessment.queries import roster
from shouwen.org import queries as org
from shouwen.org.models import Member
from shouwen.rulebook import queries as rulebook
from shouwen.rules.clauses import cite

PENDING = "pending"


def month_of(center: Any, first: date) -> Month | None:
    return (
        Month.objects.of(center).select_related("rulebook").defer("rulebook__text").filter(month=first.replace(day=1)).first()
    )


def all_months(center: Any) -> QuerySet[Month]:
    """All months, the newest first, without the heavy columns."""
    return Month.objects.of(center).select_related("rulebook").defer("roster", "rulebook__text").order_by("-month")


def settled_months(center: Any) -> set[date]:
    """First days of the months that are frozen, posted or final."""
    return set(Month.objects.of(center).exclude(state=Month.State.PROVISIONAL).values_list("month", flat=True))


def settled_months_before(center: Any, first: date, most: int) -> list[date]:
    """The latest settled months before one, at most so many."""
    rows = Month.objects.of(center).filter(month__lt=first).exclude(state=Month.State.PROVISIONAL).order_by("-month")
    return list(rows.values_list("month", flat=True)[:most])


def first_open_month(center: Any) -> date | None:
    """The earliest month not yet frozen; None when there is none."""
    rows = Month.objects.of(center).filter(state=Month.State.PROVISIONAL).order_by("month")
    return rows.values_list("month", flat=True).first()


def latest_settled(center: Any) -> date | None:
    """The latest frozen month: a new rulebook may hold only from after it ("1.10")."""
    rows = Month.objects.of(center).exclude(state=Month.State.PROVISIONAL).order_by("-month")
    return rows.values_list("month", flat=True).first()


def results(month: Month, edition: int | None = None, *, people: bool = True) -> list[MonthResult]:
    """Results of an edition (the current one unless told otherwise), highest score first, then by name; or all but people's."""
    rows = MonthResult.objects.of(month.center_id).filter(month=month, edition=edition or month.edition)
    if not people:
        rows = rows.exclude(subject_kind="member")
    found = [row for row in rows if "gone" not in row.flags]
    return sorted(found, key=lambda row: (row.total is None, -(row.total or 0), row.name, row.subject))


def sheet_of_people(month: Month) -> str:
    """The sheet on which people have full marks; the first of people's sheets otherwise, "" when nobody is counted."""
    rows = MonthResult.objects.of(month.center_id).filter(month=month, edition=month.edition, subject_kind="member")
    people = list(rows.values_list("sheet", "base").order_by("sheet").distinct())
    return next((sheet for sheet, base in people if base), people[0][0] if people else "")


@dataclass(frozen=True, slots=True)
class Deduction:
    """What one item cost somebody in a month: 迟到 2 次〔一(三)1,第5、6次双倍〕."""

    title: str
    clause: str
    count: Decimal
    amount: Decimal | None
    doubled: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The wording of the notice."""
        times = f"{self.count.normalize():f} 次"
        inside = cite(self.clause).strip("〔〕") if self.clause else ""
        more = f"第{'、'.join(self.doubled)}次双倍" if self.doubled else ""
        note = ",".join(part for part in (inside, more) if part)
        return f"{self.title} {times}" + (f"〔{note}〕" if note else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the month's table. `place` shares a number among equals; None when not ranked."""

    result: MonthResult
    place: int | None
    deductions: tuple[Deduction, ...]
    is_own: bool = False


def summed(entries: Iterable[Entry]) -> tuple[Deduction, ...]:
    """Live lines of one subject as one deduction an item, in the order of the clauses; what costs nothing is left out."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.clause, entry.title].append(entry)
    found = []
    for (clause, title), lines in sorted(groups.items()):
        count = sum(
            (line.units if line.units is not None else Decimal(1) for line in lines if line.kind != "retro"), Decimal(0)
        )
        amounts = [line.amount for line in lines]
        total = None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))
        doubled = tuple(
            f"{line.nth.normalize():f}" for line in lines if line.nth is not None and line.times is not None and line.times > 1
        )
        if total != 0:
            found.append(Deduction(title, clause, count, total, doubled))
    return tuple(found)


def live_entries(month: Month, *, sheet: str = "", subjects: Sequence[str] | None = None) -> list[Entry]:
    """Lines that stand in a month, in order of time; of one sheet, of some subjects."""
    rows = Entry.objects.of(month.center_id).filter(month=month).live()
    if sheet:
        rows = rows.filter(sheet=sheet)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    return list(rows.order_by("date", "nth", "written_at", "id"))


class Table:
    """The people of a month on one sheet with place, deductions in words and score; highest score first, then by name.

    Sliced like a list, so that a page of fifty costs the same however many there are: two queries a part, one more where
    the part does not begin at the top. `only` leaves one person's row.
    """

    def __init__(self, month: Month, sheet: str, own: Member | None = None, *, only: Member | None = None) -> None:
        self.month, self.sheet, self.own, self.only = month, sheet, own, only

    def __len__(self) -> int:
        return self._shown().count()

    def __getitem__(self, part: slice) -> list[Row]:
        top_first = self._shown().order_by(F("total").desc(nulls_last=True), "name", "subject")
        found = list(top_first[part])
        lines: dict[str, list[Entry]] = defaultdict(list)
        for entry in live_entries(self.month, sheet=self.sheet, subjects=[row.subject for row in found]):
            lines[entry.subject].append(entry)
        rows: list[Row] = []
        place, before = self._above(found[0]) if found and (part.start or self.only) else 0, None
        for index, result in enumerate(found, start=place + 1):
            ranked = result.is_assessed and result.total is not None
            if ranked and result.exact != before:
                place, before = index, result.exact
            is_own = self.own is not None and result.member_id == self.own.pk
            rows.append(Row(result, place if ranked else None, summed(lines[result.subject]), is_own))
        return rows

    @cached_property
    def everybody(self) -> list[Row]:
        return self[:]

    def _all(self) -> QuerySet[MonthResult]:
        rows = MonthResult.objects.of(self.month.center_id).filter(month=self.month, edition=self.month.edition)
        return rows.filter(sheet=self.sheet, subject_kind="member").exclude(flags=["gone"])

    def _shown(self) -> QuerySet[MonthResult]:
        return self._all() if self.only is None else self._all().filter(member=self.only)

    def _above(self, first: MonthResult) -> int:
        """How many have more points: the place before that of the first row shown."""
        return self._all().filter(total__gt=first.total).count() if first.total is not None else 0


def table(month: Month, sheet: str, own: Member | None = None) -> list[Row]:
    """The whole table at once: two queries."""
    return Table(month, sheet, own).everybody


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands between the month and its next step; `url_kind` says where to put it right."""

    text: str
    kind: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a month stands: what blocks the next step, what merely waits, what was posted."""

    month: Month
    blockers: list[Blocker]
    waiting: list[Waiting]
    unconfirmed: list[MonthResult] = field(default_factory=list)
    objections: int = 0
    postings: list[Posting] = field(default_factory=list)


def blockers(month: Month, today: date) -> list[Blocker]:
    """Why the month cannot be frozen, posted or made final yet."""
    return standing(month, today).blockers


def standing(month: Month, today: date) -> Standing:
    """Each thing is asked once: at most five queries."""
    own = unconfirmed(month) if month.state == Month.State.FROZEN else []
    objections, posted = open_objections(month).count(), postings(month)
    blocked = _blockers(month, today, own, objections, posted)
    return Standing(month, blocked, waiting(month), own, objections, posted)


def _blockers(
    month: Month, today: date, own: Sequence[MonthResult], objections: int, posted: Sequence[Posting]
) -> list[Blocker]:
    found = [Blocker(text, "stop") for text in month.stops] if not month.is_posted else []
    state = month.state
    if state == Month.State.PROVISIONAL:
        if today <= roster.month_end(month.month):
            found.append(Blocker(f"{month}还没有结束", "calendar"))
        earlier = (
            Month.objects.of(month.center_id)
            .filter(month__lt=month.month, state=Month.State.PROVISIONAL)
            .order_by("month")
            .first()
        )
        if earlier is not None:
            found.append(Blocker(f"{earlier}还没有冻结,请按月份先后办理", "month", earlier.code))
    found += [Blocker(f"{row.name}的结果须由他人确认(本人经办冻结)", "confirm") for row in own]
    if state in (Month.State.FROZEN, Month.State.POSTED) and objections:
        found.append(Blocker(f"还有 {objections} 件异议没有答复", "objections"))
    if state == Month.State.POSTED:
        last = posted[0].until_date
        if last is not None and today <= last:
            found.append(Blocker(f"异议期到 {last.month}月{last.day}日 止", "calendar"))
    return found


def unconfirmed(month: Month) -> list[MonthResult]:
    """Results of the very person who froze the month, still without another's word ("1.9")."""
    if month.freezer_id is None:
        return []
    rows = MonthResult.objects.of(month.center_id).filter(
        month=month, edition=month.edition, member=month.freezer_id, confirmed_at__isnull=True
    )
    return list(rows.filter(is_assessed=True))


def open_objections(month: Month) -> QuerySet[Objection]:
    return Objection.objects.of(month.center_id).filter(month=month, state=Objection.State.OPEN)


def postings(month: Month) -> list[Posting]:
    """Postings of a month, the newest first."""
    return list(Posting.objects.of(month.center_id).filter(month=month).order_by("-edition"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact nobody has verified yet, with the name of whom it is about."""

    fact: CollectedFact
    name: str


def waiting(month: Month) -> list[Waiting]:
    """Facts not yet verified: they count once somebody decides; after freezing, in a later month."""
    rows = CollectedFact.objects.of(month.center_id).filter(month=month, status=PENDING, ended_at__isnull=True)
    found = list(rows.order_by("date", "fact"))
    people = Member.objects.of(month.center_id).filter(code__in={row.subject for row in found}) if found else []
    names = {member.code: member.name for member in people}
    return [Waiting(row, names.get(row.subject, "")) for row in found]


def agenda(center: Any) -> QuerySet[AgendaItem]:
    """Open criticisms first, then by month."""
    return (
        AgendaItem.objects.of(center)
        .select_related("month", "member", "department")
        .defer("month__roster", "month__stops")
        .order_by("-state", "-meeting_month", "subject_name")
    )


def objection_days(center: Any, on: date, version: Any) -> int | None:
    """Working days for objections: the leadership meeting's decision, else the rulebook's R18; None while neither is set."""
    decided = org.decision(center, "objection_days", on)
    if decided is not None and decided.value is not None:
        return int(decided.value)
    answer = version.reading("R18") if version is not None else None
    if answer is not None and answer.isdigit():
        return int(answer)
    found = rulebook.parameter_of(version, "objection_days")
    return None if found is None else int(found)


def sheets_of(month: Month) -> list[tuple[str, str]]:
    """Sheets with results this month: people first, then units. Pairs of name and kind of subject."""
    pairs = (
        MonthResult.objects.of(month.center_id)
        .filter(month=month, edition=month.edition)
        .values_list("sheet", "subject_kind")
        .distinct()
    )
    order = ["member", "department", "window", "station", "centre", "assessor"]
    return sorted(pairs, key=lambda pair: (order.index(pair[1]), pair[0]))
