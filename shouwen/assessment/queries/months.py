"""Months of a centre: which are open, which are settled, and one month as its page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

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
    """All months, the newest first."""
    return Month.objects.of(center).order_by("-month")


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


def results(month: Month, edition: int | None = None) -> list[MonthResult]:
    """Results of an edition (the current one unless told otherwise), highest score first, then by name."""
    rows = MonthResult.objects.of(month.center_id).filter(month=month, edition=edition or month.edition)
    found = [row for row in rows if "gone" not in row.flags]
    return sorted(found, key=lambda row: (row.total is None, -(row.total or 0), row.name, row.subject))


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
    """Live lines of one subject as one deduction an item, in the order of the clauses."""
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
        found.append(Deduction(title, clause, count, total, doubled))
    return tuple(found)


def live_entries(month: Month) -> list[Entry]:
    return list(Entry.objects.of(month.center_id).filter(month=month).live().order_by("date", "nth", "written_at", "id"))


def table(month: Month, sheet: str, own: Member | None = None) -> list[Row]:
    """The month's table of one sheet: place, deductions in words, score. Two queries."""
    lines: dict[str, list[Entry]] = defaultdict(list)
    for entry in live_entries(month):
        if entry.sheet == sheet:
            lines[entry.subject].append(entry)
    found: list[Row] = []
    place, before = 0, None
    for index, result in enumerate((row for row in results(month) if row.sheet == sheet), start=1):
        ranked = result.is_assessed and result.total is not None
        if ranked and result.exact != before:
            place, before = index, result.exact
        is_own = own is not None and result.member_id == own.pk
        found.append(Row(result, place if ranked else None, summed(lines[result.subject]), is_own))
    return found


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
    if state == Month.State.FROZEN:
        found += [Blocker(f"{row.name}的结果须由他人确认(本人经办冻结)", "confirm") for row in unconfirmed(month)]
    if state in (Month.State.FROZEN, Month.State.POSTED):
        count = open_objections(month).count()
        if count:
            found.append(Blocker(f"还有 {count} 件异议没有答复", "objections"))
    if state == Month.State.POSTED:
        last = postings(month)[0].until_date
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


def standing(month: Month, today: date) -> Standing:
    return Standing(
        month=month,
        blockers=blockers(month, today),
        waiting=waiting(month),
        unconfirmed=unconfirmed(month) if month.state == Month.State.FROZEN else [],
        objections=open_objections(month).count(),
        postings=postings(month),
    )


def agenda(center: Any) -> QuerySet[AgendaItem]:
    """Open criticisms first, then by month."""
    return (
        AgendaItem.objects.of(center)
        .select_related("month", "member", "department")
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
