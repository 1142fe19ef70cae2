"""What the pages show: one month, one year, the lists and the choices of forms, and the same tables as rows of Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from shouwen.assessment.models import (
    Adjustment,
    CollectedFact,
    Entry,
    Finding,
    Month,
    MonthResult,
    Objection,
    Year,
    YearDecision,
)
from shouwen.assessment.queries import counting, months, roster, years
from shouwen.assessment.queries.rights import may
from shouwen.assessment.queries.stored import exact_number
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.org.models import Department, Member


@dataclass(frozen=True, slots=True)
class MonthPage:
    """`people` the table of whom the actor may see, `units` departments and windows, `executors` other ledgers ("1.9"), `steps` the ribbon."""

    standing: months.Standing
    people: months.Table
    units: list[MonthResult]
    executors: list[MonthResult]
    steps: list[tuple[str, str, str]]
    whole: bool


STEPS = (("provisional", "暂定"), ("frozen", "已冻结"), ("posted", "已公示"), ("final", "已定案"))
NEXT = {"provisional": "freeze", "frozen": "post", "posted": "final"}


def month_to_show(actor: Actor, recent: Sequence[Month], today: date) -> Month | None:
    """For the assessor the earliest month that has ended and is not final, for others the present or the latest one."""
    if actor.has("assessor"):
        waiting = [month for month in recent if not month.is_posted and roster.month_end(month.month) < today]
        if waiting:
            return waiting[-1]
    present = [month for month in recent if month.month <= today]
    return present[0] if present else None


def month_page(actor: Actor, month: Month, today: date) -> MonthPage:
    """The whole table for those who run it, and for everybody once posted; before that one's own row."""
    whole = may(actor, "see_all") or month.is_posted
    people = months.Table(month, months.sheet_of_people(month), actor.member, only=None if whole else actor.member)
    others = months.results(month, people=False) if whole else []
    units = [row for row in others if row.subject_kind != "assessor" and row.is_assessed]
    executors = [row for row in others if row.subject_kind == "assessor"] if may(actor, "see_all") else []
    states = [state for state, _ in STEPS]
    here = states.index(month.state)
    steps = [(state, label, _moment(month, state)) for state, label in STEPS]
    marked = [
        ("done" if index < here else "now" if index == here else "", label, when)
        for index, (_, label, when) in enumerate(steps)
    ]
    return MonthPage(months.standing(month, today), people, units, executors, marked, whole)


def has_money(rows: Sequence[months.Row]) -> bool:
    """Whether points are worth money in what is shown ("1.1")."""
    return any(one["amount"] is not None for row in rows for one in row.result.money)


def _moment(month: Month, state: str) -> str:
    """Who took the step, and on which day."""
    at, by = {
        "provisional": (month.collected_at, "归集"),
        "frozen": (month.frozen_at, month.frozen_by),
        "posted": (month.posted_at, month.posted_by),
        "final": (month.final_at, month.final_by),
    }[state]
    if at is None:
        return ""
    here = local(at)
    return f"{by} {here.month}月{here.day}日 {here:%H:%M}"


def first_of(key: str, today: date) -> date:
    """The first day of "2026-10". Refused for what names no month."""
    try:
        return date.fromisoformat(f"{key}-01")
    except ValueError:
        raise Refused(f"月份应写作 {today:%Y-%m} 的样子", "1.1") from None


def reading_words(month: Month) -> dict[str, dict[str, Any]]:
    """The questions of the month's rulebook: text, the chosen option in words, whether confirmed."""
    version = counting.version_of(month)
    if version is None:
        return {}
    found = {}
    for name, question in (version.document.get("questions") or {}).items():
        answer = version.reading(name)
        options = question.get("options")
        chosen = options.get(answer, answer) if isinstance(options, Mapping) else answer
        found[name] = {
            "text": question["text"],
            "answer": chosen,
            "confirmed": version.is_confirmed or bool(question.get("confirmed")),
        }
    return found


# --- lists -------------------------------------------------------------------------------------------------------


def objections(actor: Actor) -> QuerySet[Objection]:
    """Open ones first, then the newest; one's own unless the actor answers them."""
    rows = Objection.objects.of(actor.center).select_related("month", "entry", "member", "answerer")
    rows = rows.defer("month__roster", "month__stops")
    if not may(actor, "answer"):
        rows = rows.filter(member=actor.member)
    is_open = Case(When(state=Objection.State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(is_open, "-raised_at")


def reported(objection: Objection) -> tuple[str, str]:
    """What the area reported about the contested fact, and where its evidence is; empty when it is gone."""
    row = CollectedFact.objects.of(objection.center_id).filter(fact=objection.fact).order_by("-collected_at").first()
    payload = row.payload if row else {}
    return str(payload.get("reason", "")), str((payload.get("attrs") or {}).get("url", ""))


def findings(center: Any) -> QuerySet[Finding]:
    return (
        Finding.objects.of(center)
        .select_related("executor", "concerned", "decision", "month")
        .defer("month__roster", "month__stops")
        .order_by("-found_date", "-recorded_at")
    )


def adjustments(center: Any) -> QuerySet[Adjustment]:
    rows = Adjustment.objects.of(center).select_related("member", "about", "month", "proposer", "confirmer")
    rows = rows.defer("month__roster", "month__stops", "about__roster", "about__stops")
    return rows.order_by("-proposed_at")


# --- choices of forms --------------------------------------------------------------------------------------------


def people_choices(center: Any) -> list[tuple[str, str]]:
    """Everybody of the centre, those who left included: codes and names."""
    rows = Member.objects.of(center).order_by("name", "code")
    return [(row.code, row.name + ("(已离岗)" if row.left_date else "")) for row in rows]


def offence_choices(center: Any, on: date) -> list[tuple[str, str]]:
    """The offences the rulebook in force prices for people: kind, and title with clause."""
    version = counting.version_for(center, on.replace(day=1))
    if version is None:
        return []
    found = {}
    for (kind, subject), items in version.parsed.plan.by_kind.items():
        if subject == "member" and items and items[0].sign < 0:
            found[kind] = items[0].title
    return list(found.items())


def final_choices(center: Any) -> list[tuple[str, str]]:
    return [(month.key, str(month)) for month in months.all_months(center) if month.state == Month.State.FINAL]


def trial_choices(center: Any) -> list[tuple[str, str]]:
    """Months with facts on record, the newest twelve."""
    return [(month.key, f"{month}({month.get_state_display()})") for month in months.all_months(center)[:12]]


def enact_from(center: Any, today: date) -> date:
    """The first month a new version may hold from: after the latest settled one, usually the next."""
    latest = months.latest_settled(center)
    following = roster.next_month(today)
    return following if latest is None or latest < following else roster.next_month(latest)


# --- the year ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearLine:
    """One row of the year's table, from the live count or from the closed year."""

    row: Any
    cells: list[Any]
    tied: tuple[str, ...]
    decision: YearDecision | None
    is_own: bool
    to_decide: bool


class Lines:
    """The year's lines, made when they are shown: sliced like a list."""

    def __init__(self, rows: Sequence[Any], line: Callable[[Any], YearLine]) -> None:
        self.rows, self.line = rows, line

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, part: slice) -> list[YearLine]:
        return [self.line(row) for row in self.rows[part]]


@dataclass(frozen=True, slots=True)
class YearPage:
    closed: Year | None
    lines: Lines
    posted: int
    open: list[date]
    stops: list[str]
    is_over: bool


def year_page(actor: Actor, number: int, today: date) -> YearPage:
    """A closed year as it was fixed, else as it stands now."""
    closed = years.year_of(actor.center, number)
    over = today > date(number, 12, 31)
    everybody = may(actor, "see_all")
    own = actor.member.code if actor.member else ""
    if closed is not None:
        found, decided = years.year_results(closed), years.year_decisions(closed)
        names = {row.member.code: row.name for row in found}
        seen = [row for row in found if everybody or row.member.code == own]
        lines = Lines(seen, lambda row: _closed_line(row, number, names, decided.get(row.pk), own))
        return YearPage(closed, lines, 12, [], [], over)
    view = years.kept_view(actor.center, number)
    names = {row.code: row.name for row in view.rows}
    rows = [row for row in view.rows if everybody or row.code == own]
    lines = Lines(rows, lambda row: _live_line(row, number, names, own))
    return YearPage(None, lines, len(view.posted), view.open, view.stops, over)


def _closed_line(row: Any, number: int, names: Mapping[str, str], decision: YearDecision | None, own: str) -> YearLine:
    cells = [row.months.get(f"{number}-{month:02}") for month in range(1, 13)]
    last = next((one for one in row.outcomes if one["clause"] == years.LAST), None)
    tied = tuple(names.get(code, code) for code in (last["tied"] if last else []))
    shown = [None if cell is None else Decimal(cell) if "/" not in cell else exact_number(cell) for cell in cells]
    return YearLine(row, shown, tied, decision, row.member.code == own, last is not None)


def _live_line(row: years.YearRow, number: int, names: Mapping[str, str], own: str) -> YearLine:
    cells = [row.months.get(f"{number}-{month:02}") for month in range(1, 13)]
    return YearLine(row, cells, tuple(names.get(code, code) for code in row.tied), None, row.code == own, row.is_eligible)


# --- the same tables as Excel ------------------------------------------------------------------------------------

Sheet = tuple[list[str], list[list[Any]]]


def month_sheet(month: Month) -> Sheet:
    """Columns and rows of the month's table; no phone, no identity number, no reason of a leave."""
    columns = ["名次", "姓名", "部门", "岗位", "扣分项(依据)", "扣分", "加分", "得分", "折算(元)", "后果", "状态"]
    state = month.get_state_display()
    rows = [_member_row(row, state) for row in months.table(month, months.sheet_of_people(month))]
    rows += [
        _department_row(row, state)
        for row in months.results(month, people=False)
        if row.subject_kind == "department" and row.is_assessed
    ]
    return columns, rows


def _member_row(row: Any, state: str) -> list[Any]:
    result = row.result
    money = next((Decimal(one["amount"]) for one in result.money if one["amount"] is not None), None)
    texts = ";".join(one.text for one in row.deductions)
    follows = _follows(result)
    who = [row.place, result.name, result.unit, result.post]
    return [*who, texts, result.deducted, result.added, result.total, money, follows, state]


def _department_row(row: MonthResult, state: str) -> list[Any]:
    return [None, row.name, "", "部门", "", None, None, row.total, None, _follows(row), state]


def _follows(result: MonthResult) -> str:
    return "、".join(one["title"] for one in result.outcomes)


def ledger_sheet(month: Month) -> Sheet:
    """Every line of the ledger in the order it was written, reversals included."""
    columns = [
        "编号",
        "日期",
        "对象",
        "项目",
        "条款",
        "单价",
        "数量",
        "第几次",
        "倍数",
        "分值",
        "说明",
        "读法",
        "冲销",
        "记账时间",
        "记账人",
    ]
    entries = list(
        Entry.objects.of(month.center_id)
        .filter(month=month)
        .select_related("member", "department", "reversal_of")
        .order_by("written_at", "id")
    )
    units = {row.code: row.name for row in Department.objects.of(month.center_id)}
    rows = [
        [
            one.code, one.date, one.member.name if one.member else units.get(one.subject, one.subject), one.title, one.clause, one.price, one.units,
            one.nth, one.times, one.amount, one.explanation, "、".join(f"{name}={answer}" for name, answer in one.readings.items()),
            one.reversal_of.code if one.reversal_of else "", one.written_at, one.written_by,
        ]
        for one in entries
    ]  # fmt: skip
    return columns, rows


def year_sheet(page: YearPage) -> Sheet:
    columns = [
        "名次",
        "姓名",
        "部门",
        "条管",
        *(f"{month}月" for month in range(1, 13)),
        "参评月数",
        "总分",
        "合格线",
        "月均",
        "后果",
        "奖金核减分",
        "决定",
    ]
    rows = []
    for line in page.lines[:]:
        row = line.row
        follows = "、".join(one["title"] for one in row.outcomes)
        decided = line.decision.get_choice_display() if line.decision else ""
        cells = [None if cell is None else float(cell) for cell in line.cells]
        numbers = [None if value is None else float(value) for value in (row.total, row.line, row.mean)]
        rows.append([row.place, row.name, row.unit, row.is_vertical, *cells, row.assessed, *numbers, follows, row.cut, decided])
    return columns, rows
