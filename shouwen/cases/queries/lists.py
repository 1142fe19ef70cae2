"""Lists of cases: one select for a page, in the order of an index, going on from where the last page ended (L32)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Q, QuerySet

from shouwen.cases.models import Case
from shouwen.cases.queries.ledger import FOREVER
from shouwen.cases.queries.search import by_name, picked
from shouwen.catalogue.models import Item
from shouwen.core.actors import Actor
from shouwen.core.clock import local, midnight
from shouwen.org.models import Department
from shouwen.rules.masking import mask_name
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

PAGE = 50
View = Literal["open", "mine", "soon", "late", "paused", "correction", "deliver", "ended", "all"]
VIEWS: dict[View, str] = {
    "open": "在办",
    "mine": "我负责的",
    "soon": "临期",
    "late": "已超期",
    "paused": "暂停中",
    "correction": "待补正",
    "deliver": "待送达",
    "ended": "已结束",
    "all": "全部",
}
NEWEST_FIRST = frozenset({"ended", "all"})
SOON_WORKDAYS = 1
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Dates are local days of receipt, both inside; `name` a part of an applicant's name, `window` its label."""

    view: View = "open"
    department: str = ""
    item: str = ""
    kind: str = ""
    window: str = ""
    start: date | None = None
    end: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line; `light` is "ok", "warn" or "late", `clock` says in words how long is left ("剩 3 个工作日")."""

    code: str
    item: str
    person: str
    status: str
    holder: str
    department: str
    received: datetime
    due: datetime
    clock: str
    light: str
    is_expedited: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the cursor of the next page, "" at the end."""

    rows: Sequence[CaseRow]
    after: str


def rows(
    actor: Actor, chosen: Filter, at: datetime, after: str = "", *, table: DayTable | None = None, most: int = PAGE
) -> Page:
    """A page of the centre's cases, one query beside the calendar's (pass `table` when it is at hand).

    A cursor that cannot be read begins at the beginning.
    """
    newest = chosen.view in NEWEST_FIRST
    field = "received_at" if newest else "current_due_at"
    table = table or day_table(actor.center)
    found = _narrowed(_viewed(actor, chosen.view, table, at), actor, chosen)
    # The first page has bounds as well: they are what makes SQLite walk the index instead of sorting the whole hall.
    moment, code = _place(after) or ((LAST, "") if newest else (FIRST, ""))
    if newest:
        found = found.filter(received_at__lte=moment).filter(Q(received_at__lt=moment) | Q(code__lt=code))
    else:
        found = found.filter(current_due_at__gte=moment).filter(Q(current_due_at__gt=moment) | Q(code__gt=code))
    order = (f"-{field}", "-code") if newest else (field, "code")
    cases = picked(actor.center, found, order, most + 1)
    shown = [_row(case, table, at) for case in cases[:most]]
    last = cases[most - 1] if len(cases) > most else None
    return Page(shown, _cursor(getattr(last, field), last.code) if last else "")


def _viewed(actor: Actor, view: View, table: DayTable, at: datetime) -> QuerySet[Case]:
    cases = Case.objects.of(actor.center)
    live = cases.filter(ended_at__isnull=True)
    soon = midnight(table.add(local(at).date(), SOON_WORKDAYS + 1).date)
    shown: dict[View, Any] = {
        "open": lambda: live,
        "mine": lambda: live.filter(matter__holder=actor.member, matter__status="open"),
        "soon": lambda: live.filter(paused_at__isnull=True, current_due_at__gte=at, current_due_at__lt=soon),
        "late": lambda: live.filter(paused_at__isnull=True, current_due_at__lt=at),
        "paused": lambda: live.filter(paused_at__isnull=False),
        "correction": lambda: live.filter(status=Case.Status.CORRECTION),
        "deliver": lambda: live.filter(status=Case.Status.DECIDED),
        "ended": lambda: cases.filter(ended_at__isnull=False),
        "all": lambda: cases,
    }
    found: QuerySet[Case] = shown[view]()
    return found


def _narrowed(cases: QuerySet[Case], actor: Actor, chosen: Filter) -> QuerySet[Case]:
    if chosen.department:
        cases = cases.filter(department__in=Department.objects.of(actor.center).filter(code=chosen.department))
    if chosen.item:
        cases = cases.filter(item__in=Item.objects.of(actor.center).filter(code=chosen.item))
    if chosen.kind:
        cases = cases.filter(official_kind=chosen.kind)
    if chosen.window:
        cases = cases.filter(counter_label=chosen.window)
    if chosen.start:
        cases = cases.filter(received_at__gte=midnight(chosen.start))
    if chosen.end:
        cases = cases.filter(received_at__lt=midnight(chosen.end + timedelta(days=1)))
    if chosen.name:
        cases = cases.filter(pk__in=by_name(actor.center, chosen.name).values("pk"))
    return cases


def _row(case: Case, table: DayTable, at: datetime) -> CaseRow:
    words, light = clock_words(case, table, at)
    return CaseRow(
        code=case.code,
        item=case.item_name,
        person=mask_name(case.person_name),
        status=case.get_status_display(),
        holder=case.matter.holder.name,
        department=case.department.short_name,
        received=case.received_at,
        due=case.current_due_at,
        clock=words,
        light=light,
        is_expedited=case.is_expedited,
    )


def clock_words(case: Case, table: DayTable, at: datetime) -> tuple[str, str]:
    """How long is left in words, and the light, from the projection alone: the list asks nothing more of the database."""
    if case.ended_at is not None:
        return case.get_status_display(), "ok"
    if case.paused_at is not None:
        return "依法暂停计时", "ok"
    return time_left(case.current_due_at, table, at)


def time_left(due_at: datetime, table: DayTable, at: datetime) -> tuple[str, str]:
    """剩 3 个工作日, 今天到期, 超期 1 个工作日; and the light."""
    if due_at >= FOREVER:
        return "等申请人补正，未设期限", "ok"
    today, due = local(at).date(), local(due_at).date()
    if at > due_at:
        days = table.count(due, today)
        return f"超期 {days} 个工作日" if days else "今天已到期", "late"
    days = table.count(today, due)
    return (f"剩 {days} 个工作日" if days else "今天到期"), "warn" if days <= SOON_WORKDAYS else "ok"


def _cursor(moment: datetime, code: str) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {code}".encode()).decode()


def _place(after: str) -> tuple[datetime, str] | None:
    try:
        moment, code = base64.urlsafe_b64decode(after.encode()).decode().split(" ")
        found = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error):
        return None
    return (found, code) if found.tzinfo else None
