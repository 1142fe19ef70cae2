"""What other apps ask: what somebody owes, the own month, what was posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from shouwen.assessment.models import AgendaItem, Month, MonthResult, Objection, Posting
from shouwen.assessment.queries import months, roster
from shouwen.assessment.queries.persons import person_month, person_path
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation
from shouwen.rules.clauses import cite

SHOWN_LINES = 3


@dataclass(frozen=True, slots=True)
class MyMonth:
    """The card 本月考核 of 今日. `cells` light one a point (at most ten), `lines` are the latest deductions in words."""

    month: Month
    url: str
    score: Decimal | None
    base: Decimal
    count: int
    lines: list[str]
    cells: list[bool]
    stopped: str

    @property
    def negative(self) -> bool:
        return self.score is not None and self.score < 0


def my_month(actor: Actor, at: datetime) -> MyMonth | None:
    """The actor's own month so far, provisional from its first day on; None for who is not assessed. At most five queries."""
    if actor.member is None:
        return None
    month = months.month_of(actor.center, local(at).date())
    if month is None:
        return None
    mine = person_month(actor.member, month)
    main = mine.main
    if main is None or not main.is_assessed or main.base is None:
        return None
    live = [line.entry for line in mine.lines if line.is_live]
    shown = [_line(entry.date, entry.title, entry.amount, entry.clause) for entry in reversed(live)]
    base = main.base
    left = max(0, min(10, int(main.total))) if main.total is not None else 0
    return MyMonth(
        month=month,
        url=person_path(actor.member.code, month),
        score=main.total,
        base=base,
        count=sum(entry.amount is not None and entry.amount < 0 for entry in live),
        lines=shown[:SHOWN_LINES],
        cells=[index < left for index in range(10)],
        stopped=main.stops[0] if main.stops else "",
    )


def _line(day: date | None, title: str, amount: Decimal | None, clause: str) -> str:
    when = f"{day.month}月{day.day}日 " if day else ""
    points = "" if amount is None else f" {'−' if amount < 0 else '+'}{abs(amount).normalize():f}"
    return f"{when}{title}{points}" + (f" · 依据 {cite(clause)}" if clause else "")


def obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """What the actor owes the assessment: months to close, objections to answer, criticisms to read out, own results to have confirmed."""
    if not actor.is_member:
        return []
    found: list[Obligation] = []
    if actor.has("assessor"):
        found += _steps(actor, at)
    if actor.has("assessor", "leader", "director"):
        found += _objections(actor, at)
        found += _confirmations(actor, at)
    if actor.has("leader", "director"):
        found += _agenda(actor, at)
    return found


def _owed(kind: str, title: str, subject: str, code: str, clause: str, since: datetime, action: str, url: str, late: bool = False) -> Obligation:
    return Obligation(kind, title, subject, code, clause, since, None, "late" if late else "warn", action, url)


def _steps(actor: Actor, at: datetime) -> list[Obligation]:
    """The next step of each month that has ended; a month not posted by the end of the next is late ("1.2")."""
    words = {"provisional": ("冻结", "月份待冻结"), "frozen": ("公示", "冻结待公示"), "posted": ("终结", "公示待终结")}
    found = []
    today = local(at).date()
    for month in Month.objects.of(actor.center).exclude(state=Month.State.FINAL).order_by("month"):
        end = roster.month_end(month.month)
        if today <= end:
            continue
        word, kind = words[month.state]
        late = not month.is_posted and today > roster.month_end(roster.next_month(month.month))
        since = at.replace() if month.collected_at is None else month.collected_at
        found.append(_owed(kind, f"{month}考核{word}", f"{month.workdays} 个工作日", month.code, "1.2", since, word, reverse("assessment:of_month", args=[month.key]), late))
    return found


def _objections(actor: Actor, at: datetime) -> list[Obligation]:
    rows = Objection.objects.of(actor.center).filter(state=Objection.State.OPEN).select_related("member", "month", "entry").order_by("raised_at")
    return [
        _owed("异议待答复", f"{row.member.name}对{row.entry.title}的异议", str(row.month), row.code, "1.2", row.raised_at, "答复", reverse("assessment:objection", args=[row.code]), at - row.raised_at > timedelta(days=7))
        for row in rows
        if not actor.is_self(row.member)
    ]


def _confirmations(actor: Actor, at: datetime) -> list[Obligation]:
    found = []
    for month in Month.objects.of(actor.center).filter(state=Month.State.FROZEN):
        for row in months.unconfirmed(month):
            if not (actor.member and row.member_id == actor.member.pk):
                since = month.frozen_at or at
                found.append(_owed("结果待确认", f"{row.name}的{month}结果", "经办人本人,须他人确认", month.code, "1.9", since, "确认", reverse("assessment:of_month", args=[month.key])))
    return found


def _agenda(actor: Actor, at: datetime) -> list[Obligation]:
    rows = AgendaItem.objects.of(actor.center).filter(state=AgendaItem.State.OPEN).order_by("meeting_month")
    return [
        _owed("大会通报", row.text, f"{row.meeting_month.month}月大会", row.code, row.clause, row.listed_at, "办理", reverse("assessment:agenda"), local(at).date() >= roster.next_month(row.meeting_month))
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class PostedMonth:
    """What the public may see of a month ("1.2"): the last posting, people with their deductions, departments."""

    month: Month
    posting: Posting
    people: list[months.Row]
    departments: list[MonthResult]
    unconfirmed: bool


def posted(center: Any) -> list[Month]:
    """Months on the wall, the newest first."""
    return list(Month.objects.of(center).filter(state__in=[Month.State.POSTED, Month.State.FINAL]).order_by("-month"))


def posted_month(center: Any, first: date) -> PostedMonth | None:
    """One posted month as it hangs on the wall; None when it is not posted. No personal data but name, department and post."""
    month = months.month_of(center, first)
    if month is None or not month.is_posted:
        return None
    found = months.results(month)
    sheet = next((row.sheet for row in found if row.subject_kind == "member"), "")
    departments = [row for row in found if row.subject_kind == "department" and row.is_assessed]
    people = [row for row in months.table(month, sheet) if row.result.subject_kind == "member"]
    assert month.rulebook is not None
    return PostedMonth(month, months.postings(month)[0], people, departments, not month.rulebook.is_confirmed)
