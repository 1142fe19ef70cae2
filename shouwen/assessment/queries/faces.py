"""What other apps ask: what somebody owes, the own month, what was posted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import CharField, DateField, DecimalField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from shouwen.assessment.models import AgendaItem, Entry, Month, MonthResult, Objection, Posting
from shouwen.assessment.queries import months, roster
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation, address, state_at
from shouwen.core.prepared import Prepared
from shouwen.rules.clauses import cite

SHOWN_LINES = 3


@dataclass(frozen=True, slots=True)
class MyMonth:
    """The card 本月考核 of 今日. `cells` light one a point (at most ten), `lines` are the latest deductions in words."""

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
    """The actor's own month so far, provisional from its first day on; None for who is not assessed. One statement."""
    if actor.member is None:
        return None
    first, code = local(at).date().replace(day=1), actor.member.code
    rows = [_Own(*row) for row in _OWN(actor.center.pk, code, first)]
    main = _main(rows)
    if main is None or main.base is None or main.flag != "1":
        return None
    live = sorted((row for row in rows if row.kind == "entry"), key=lambda row: (row.date or date.min, row.at, str(row.id)))
    left = max(0, min(10, int(main.amount))) if main.amount is not None else 0
    return MyMonth(
        url=address("assessment:person", code, f"{first:%Y-%m}"),
        score=main.amount,
        base=main.base,
        count=sum(row.amount is not None and row.amount < 0 for row in live),
        lines=[_line(row.date, row.title, row.amount, row.clause) for row in reversed(live)][:SHOWN_LINES],
        cells=[index < left for index in range(10)],
        stopped=(json.loads(main.stops) or [""])[0],
    )


class _Own(NamedTuple):
    """A result or a line of the ledger, as one row of values; for a line `title` and `clause`, for a result its sheet and kind."""

    kind: str
    title: str
    clause: str
    flag: str
    stops: str
    flags: str
    base: Decimal | None
    amount: Decimal | None
    date: date | None
    at: datetime
    id: Any


def _own(center: Any, code: str, first: date) -> QuerySet[Any, Any]:
    """Both of one person and month as the columns of `_Own`."""
    results = MonthResult.objects.of(center).filter(month__month=first, edition=F("month__edition"), subject=code)
    month = Month.objects.of(center).filter(month=first)
    entries = Entry.objects.of(center).filter(month__in=month, subject=code).live()
    text, number = CharField(), DecimalField(max_digits=24, decimal_places=10)
    flag = Either(When(is_assessed=True, then=Value("1")), default=Value("0"))
    stops, flags = Cast("stops", TextField()), Cast("flags", TextField())
    no_day, no_number = Value(None, DateField()), Value(None, number)
    return results.order_by().values_list(
        _text("result"), Cast("sheet", text), Cast("subject_kind", text), flag, stops, flags, F("base"), F("total"), no_day,
        F("counted_at"), F("id"),
    ).union(
        entries.order_by().values_list(
            _text("entry"), Cast("title", text), Cast("clause", text), _text(""), _text(""), _text(""), no_number, F("amount"),
            F("date"), F("written_at"), F("id"),
        ),
        all=True,
    )  # fmt: skip


_OWN = Prepared(_own, UUID, str, date)


def _main(rows: list[_Own]) -> _Own | None:
    """The person's own sheet: of results that still count one with a base, as `persons.main_of` says."""
    found = [row for row in rows if row.kind == "result" and "gone" not in json.loads(row.flags)]
    found.sort(key=lambda row: (not row.base, row.title))
    return next((row for row in found if row.clause == "member" and row.base), found[0] if found else None)


def _line(day: date | None, title: str, amount: Decimal | None, clause: str) -> str:
    when = f"{day.month}月{day.day}日 " if day else ""
    # Listed without points (R19): "+0" would read like a mistake.
    points = "" if amount is None else f" {'−' if amount < 0 else '+'}{abs(amount).normalize():f}" if amount else ",只列出"
    return f"{when}{title}{points}" + (f" · 依据 {cite(clause)}" if clause else "")


def obligations(actor: Actor, at: datetime) -> list[Obligation]:
    """What the actor owes the assessment: months to close, objections to answer, criticisms to read out, own results to have confirmed.

    One statement, however much waits.
    """
    selects = list(_selects(actor, local(at).date())) if actor.is_member else []
    if not selects:
        return []
    rows = selects[0].union(*selects[1:], all=True)
    return sorted((SHAPES[row[0]](row, at) for row in rows), key=lambda one: (one.kind, one.started_at, one.title))


Shaped = tuple[str, str, str, str, date, datetime | None]
"""Kind, code, name, words, the month it is about, since when."""


def _selects(actor: Actor, today: date) -> Iterator[QuerySet[Any, Shaped]]:
    """What waits, as the columns of `Shaped`; nobody confirms or answers the own ("1.9")."""
    of, me = (lambda model: model.objects.of(actor.center)), actor.member
    if actor.has("assessor"):
        ended = of(Month).filter(month__lt=today.replace(day=1)).exclude(state=Month.State.FINAL).order_by()
        yield ended.values_list(_text("step"), "code", Cast("workdays", CharField()), "state", "month", "collected_at")
    if actor.has("assessor", "leader", "director"):
        raised = of(Objection).filter(state=Objection.State.OPEN).exclude(member=me).order_by()
        yield raised.values_list(_text("objection"), "code", "member__name", "entry__title", "month__month", "raised_at")
        # By the few frozen months: from a join SQLite would walk every result of the centre.
        frozen = of(MonthResult).filter(month__in=of(Month).filter(state=Month.State.FROZEN))
        own = frozen.filter(edition=F("month__edition"), member_id=F("month__freezer_id"))
        own = own.filter(is_assessed=True, confirmed_at__isnull=True).exclude(member=me).order_by()
        yield own.values_list(_text("confirm"), "month__code", "name", "sheet", "month__month", "month__frozen_at")
    if actor.has("leader", "director"):
        due = of(AgendaItem).filter(state=AgendaItem.State.OPEN).order_by()
        yield due.values_list(_text("agenda"), "code", "clause", "text", "meeting_month", "listed_at")


def _text(word: str) -> Value:
    return Value(word, CharField())


STEPS = {"provisional": ("冻结", "月份待冻结"), "frozen": ("公示", "冻结待公示"), "posted": ("定案", "公示待定案")}


def _step(row: Shaped, at: datetime) -> Obligation:
    """The next step of a month that has ended; a month not posted by the end of the next is late ("1.2")."""
    _, code, workdays, state, month, since = row
    word, kind = STEPS[state]
    until = None if state == Month.State.POSTED else roster.month_end(roster.next_month(month))
    title, subject = f"{_month(month)}考核{word}", f"{workdays} 个工作日"
    return _owed(kind, title, subject, code, "1.2", since or at, word, _month_url(month), at, until)


def _objection(row: Shaped, at: datetime) -> Obligation:
    _, code, name, title, month, since = row
    url = address("assessment:objection", code)
    until = local(since or at).date() + timedelta(days=7)
    return _owed("异议待答复", f"{name}对{title}的异议", _month(month), code, "1.2", since or at, "答复", url, at, until)


def _confirm(row: Shaped, at: datetime) -> Obligation:
    _, code, name, _, month, since = row
    title = f"{name}的{_month(month)}结果"
    return _owed("结果待确认", title, "经办人本人,须他人确认", code, "1.9", since or at, "确认", _month_url(month), at)


def _agenda(row: Shaped, at: datetime) -> Obligation:
    _, code, clause, text, meeting, since = row
    url, until = address("assessment:agenda"), roster.month_end(meeting)
    return _owed("大会通报", text, f"{meeting.month}月大会", code, clause, since or at, "办理", url, at, until)


SHAPES: dict[str, Callable[[Shaped, datetime], Obligation]] = {
    "step": _step,
    "objection": _objection,
    "confirm": _confirm,
    "agenda": _agenda,
}


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _month_url(month: date) -> str:
    return address("assessment:of_month", f"{month:%Y-%m}")


def _owed(
    kind: str, title: str, subject: str, code: str, clause: str, since: datetime, action: str, url: str, at: datetime,
    until: date | None = None,
) -> Obligation:  # fmt: skip
    """`until` is the last day, None without a limit; it is time to hurry three days before it ends."""
    due = datetime.combine(until + timedelta(days=1), time(0), local(at).tzinfo) if until else None
    return Obligation(kind, title, subject, code, clause, since, due, state_at(due, at, 3 * 86_400), action, url)


@dataclass(frozen=True, slots=True)
class PostedMonth:
    """What the public may see of a month ("1.2"): the last posting, people with their deductions, departments.

    `table` gives the people a part at a time, `people` all of them.
    """

    month: Month
    posting: Posting
    table: months.Table
    departments: list[MonthResult]
    unconfirmed: bool

    @property
    def people(self) -> list[months.Row]:
        return self.table.everybody


def posted(center: Any) -> list[Month]:
    """Months on the wall, the newest first."""
    return list(
        Month.objects.of(center).filter(state__in=[Month.State.POSTED, Month.State.FINAL]).defer("roster").order_by("-month")
    )


def posted_month(center: Any, first: date) -> PostedMonth | None:
    """One posted month as it hangs on the wall; None when it is not posted. No personal data but name, department and post."""
    month = months.month_of(center, first)
    if month is None or not month.is_posted:
        return None
    found = months.results(month, people=False)
    departments = [row for row in found if row.subject_kind == "department" and row.is_assessed]
    people = months.Table(month, months.sheet_of_people(month))
    assert month.rulebook is not None
    return PostedMonth(month, months.postings(month)[0], people, departments, not month.rulebook.is_confirmed)
