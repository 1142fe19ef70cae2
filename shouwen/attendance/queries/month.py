"""A month on one page, and one person's month in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shouwen.attendance.models import Correction, Session, Side, SlotResult
from shouwen.attendance.queries.judging import judged
from shouwen.attendance.queries.material import Material, session_name
from shouwen.core.clock import local
from shouwen.core.web import PAGE_SIZE, Rows
from shouwen.org.models import Department, Member, Membership
from shouwen.rules import punches as rules
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"

# state → (sign in the grid, word, tone); the first that stands in a half day is the one shown
SIGNS: dict[str, tuple[str, str, str]] = {
    rules.ABSENT: ("旷", "旷工", "late"),
    rules.UNDECIDED: ("定", "待人认定", "late"),
    rules.MISSING: ("补", "漏打卡待补", "warn"),
    rules.LATE: ("迟", "迟到", "warn"),
    rules.LEFT_EARLY: ("退", "早退", "warn"),
    rules.PENDING: ("…", "数据未到齐", "wait"),
    rules.EXCUSED: ("假", "请假", "brand"),
    rules.NORMAL: ("✓", "正常", "ok"),
}
CALM = (rules.NORMAL, rules.EXCUSED, rules.PENDING)
LEGEND = tuple(SIGNS.values())
ORDER = {state: place for place, state in enumerate(SIGNS)}


@dataclass(frozen=True, slots=True)
class HalfCell:
    """Half a day of one person: sign, tone and the words behind it ("" where all is well)."""

    sign: str
    tone: str
    text: str

    @property
    def html(self) -> SafeString:
        if self.text:
            return format_html('<i class="half {}" title="{}">{}</i>', self.tone, self.text, self.sign)
        return _calm(self.sign, self.tone)


CALM_HALF = HalfCell(SIGNS[rules.NORMAL][0], SIGNS[rules.NORMAL][2], "")


@cache
def _calm(sign: str, tone: str) -> SafeString:
    return format_html('<i class="half {}">{}</i>', tone, sign)


@dataclass(slots=True)
class Row:
    """One person's line: the halves of each day (none where nothing is due), how often what, the noteworthy ones in words."""

    member: Any
    department: str
    cells: list[list[HalfCell]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def written(self) -> SafeString:
        """The days as cells of a table: a hall's month has thousands of halves, a template would take most of the time."""
        return mark_safe("".join(f"<td>{''.join(cell.html for cell in cells)}</td>" for cells in self.cells))

    @property
    def totals(self) -> list[tuple[str, int, str]]:
        """迟到 2, 旷工 1 …: word, number, tone; only what is not in order."""
        quiet = (rules.NORMAL, rules.PENDING)
        return [
            (SIGNS[state][1], self.counts[state], SIGNS[state][2])
            for state in SIGNS
            if self.counts[state] and state not in quiet
        ]

    @property
    def standing(self) -> str:
        """What to say where `totals` is empty: nothing amiss, or nothing known yet."""
        if any(CALM_HALF in halves for halves in self.cells):
            return "全勤"
        return "数据未到齐" if self.counts[rules.PENDING] else "暂无记录"


@dataclass(frozen=True, slots=True)
class Day:
    """A column of the grid."""

    date: date
    weekday: str
    label: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A month: its days, one row a person, the departments to filter by."""

    month: date
    previous: date
    following: date
    days: Sequence[Day]
    rows: Sequence[Row]
    departments: Sequence[Department]
    pages: Rows


def first_of(month: str, today: date) -> date:
    """The first day of a month given as "2026-10"; this month for anything else."""
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2004 <= found.year <= 2098 else today.replace(day=1)


def following(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)


def days_of(table: DayTable, month: date) -> list[Day]:
    """Every day of the month; days of rest are columns too, so that weeks can be seen."""
    found = []
    day = month
    while day < following(month):
        info = table.kind(day)
        off = not table.hours_on(day)
        found.append(Day(day, WEEKDAYS[day.weekday()], str(info), off))
        day += DAY
    return found


def month_grid(center: Any, month: date, *, only: Member | None = None, department: str = "", page: int = 1) -> Grid:
    """The grid of a month for the whole centre or one person, 50 people a page (`page` 0: all); five statements in any case."""
    table, end = day_table(center), following(month)
    held = Membership.objects.of(center).filter(Q(active_to__isnull=True) | Q(active_to__gt=month), active_from__lt=end)
    held = held.filter(is_assessed=True)
    pages = _paged(_posts(held, only, department), page)
    kept = {row.member.pk: row for row in pages.items}
    days = days_of(table, month)
    _fill(kept, days, _halves(center, month, end, list(kept)))
    units = Department.objects.of(center).filter(pk__in=held.values("department")).order_by("active_from", "name")
    return Grid(month, before(month), end, days, pages.items, list(units) if only is None else [], pages)


def _posts(held: QuerySet[Membership], only: Member | None, department: str) -> QuerySet[Membership]:
    """One post a person, the month's last (of the department), by department and name."""
    if only is not None:
        held = held.filter(member=only)
    if department:
        held = held.filter(department__code=department)
    same = {"center": OuterRef("center"), "member": OuterRef("member")}
    last = held.filter(~Exists(held.filter(active_from__gt=OuterRef("active_from"), **same)))
    return last.select_related("member", "department").order_by("department__short_name", "member__name", "member__code")


def _paged(posts: QuerySet[Membership], page: int) -> Rows:
    start = (page - 1) * PAGE_SIZE
    found = posts[start : start + PAGE_SIZE + 1] if page else posts
    rows = [Row(post.member, post.department.short_name) for post in found]
    if not page:
        return Rows(rows, 1, None, None)
    return Rows(rows[:PAGE_SIZE], page, page - 1 if page > 1 else None, page + 1 if len(rows) > PAGE_SIZE else None)


Slots = Sequence[tuple[str, str]]
"""State and text of the slots of half a day that are not in order; empty where all are."""


def _halves(center: Any, start: date, end: date, members: Sequence[UUID]) -> dict[tuple[UUID, date], dict[str, Slots]]:
    """Of each person's day the halves in which anything was due.

    Nearly all slots are in order: those come as one row a day, which is a quarter of the rows.
    """
    rows = SlotResult.objects.of(center).filter(date__gte=start, date__lt=end, member__in=members)
    calm = rows.filter(state=rules.NORMAL).order_by().values_list("member_id", "date")
    found: dict[tuple[UUID, date], dict[str, Any]] = {}
    morning = Q(session=Session.AM)
    for member, day, am, pm in calm.annotate(am=Count("pk", morning), pm=Count("pk", ~morning)):
        found[member, day] = {half: [] for half, number in (("am", am), ("pm", pm)) if number}
    others = rows.exclude(state=rules.NORMAL).order_by("due_at")
    for member, day, session, state, text in others.values_list("member_id", "date", "session", "state", "text"):
        halves = found.setdefault((member, day), {})
        halves.setdefault("am" if session == Session.AM else "pm", []).append((state, text))
    return found


def _fill(shown: dict[UUID, Row], days: Sequence[Day], halves: dict[tuple[UUID, date], dict[str, Slots]]) -> None:
    for key, row in shown.items():
        for day in days:
            found = halves.get((key, day.date), {})
            row.cells.append([_half(found[half]) for half in ("am", "pm") if half in found])
            for half, slots in sorted(found.items()):
                _count(row, day.date, half, slots)


def _half(slots: Slots) -> HalfCell:
    if not slots:
        return CALM_HALF
    state, _ = min(slots, key=lambda slot: ORDER.get(slot[0], 0))
    sign, _, tone = SIGNS[state]
    return HalfCell(sign, tone, ";".join(told for one, told in slots if one == state))


def _count(row: Row, day: date, half: str, slots: Slots) -> None:
    whole = {rules.ABSENT, rules.EXCUSED}
    told = set()
    for state, text in slots:
        if state in whole and state in told:
            continue
        told.add(state)
        row.counts[state] += 1
        if state not in (rules.NORMAL, rules.PENDING, rules.EXCUSED):
            when = f"{day.month}月{day.day}日{'上午' if half == 'am' else '下午'}"
            row.notes.append((when, text, SIGNS[state][2]))


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A slot in words, with what can be done about it: "correct", "decide" or ""."""

    slot: str
    session: str
    side: str
    word: str
    tone: str
    text: str
    todo: str
    correction: Any


@dataclass(frozen=True, slots=True)
class PersonDay:
    """A day of one person: what it is, its slots, the punches that filled none of them; `times` are those that did."""

    date: date
    label: str
    slots: Sequence[SlotLine]
    others: Sequence[rules.OtherPunch]
    times: str

    @property
    def is_calm(self) -> bool:
        """All slots say the same and nobody has to do anything: one line is enough."""
        words = {(slot.word, slot.todo, slot.correction) for slot in self.slots}
        return len(words) == 1 and not self.others and words <= {(SIGNS[state][1], "", None) for state in CALM}

    @property
    def word(self) -> str:
        return self.slots[0].word

    @property
    def tone(self) -> str:
        return self.slots[0].tone


def person_month(member: Member, month: date, at: datetime) -> list[PersonDay]:
    """Each day of a person's month up to today explained, worked out now: days with something due and days with punches."""
    last = min(following(month), local(at).date() + DAY)
    material = Material(member.center, month, max(last, month), at, member)
    corrections = {(row.date, row.session, row.side): row for row in material.asked.get(member.pk, ())}
    found = []
    for person in material.people():
        for judgement, _ in judged(material, person):
            strays = [(one.at.date(), one) for one in judgement.stray]
            days = {day.date for day in judgement.days} | {day for day, _ in strays if month <= day < following(month)}
            told = {day.date: day for day in judgement.days}
            found += [
                _person_day(material, day, told.get(day), [one for on, one in strays if on == day], corrections, at)
                for day in days
            ]
    return sorted(found, key=lambda day: day.date, reverse=True)


def _person_day(
    material: Material,
    day: date,
    result: rules.DayResult | None,
    strays: Sequence[rules.OtherPunch],
    corrections: dict[tuple[date, str, str], Correction],
    at: datetime,
) -> PersonDay:
    lines = []
    for slot in result.slots if result else ():
        name = session_name(material.table, day, slot.session)
        correction = corrections.get((day, name, slot.side))
        word, tone = SIGNS[slot.state][1:]
        label = f"{Session(name).label}{Side(slot.side).label}"
        todo = _todo(slot, correction, at <= material.correct_until(day))
        lines.append(SlotLine(label, name, slot.side, word, tone, slot.text, todo, correction))
    label = str(material.table.kind(day)) + (f" · {result.note}" if result and result.note else "")
    times = "  ".join(f"{slot.punched_at:%H:%M}" for slot in (result.slots if result else ()) if slot.punched_at)
    return PersonDay(day, label, lines, [*(result.others if result else ()), *strays], times)


def _todo(slot: rules.SlotResult, correction: Correction | None, in_time: bool) -> str:
    if correction is not None and correction.state in (Correction.State.PENDING, Correction.State.APPROVED):
        return ""
    if slot.state == rules.UNDECIDED:
        return "decide"
    return "correct" if slot.state in (rules.MISSING, rules.ABSENT) and slot.punched_at is None and in_time else ""


def before(month: date) -> date:
    """The first day of the month before."""
    return (month - DAY).replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month given by its first."""
    return following(month) - DAY


def grid_table(grid: Grid) -> tuple[list[str], list[list[Any]]]:
    """The grid as columns and rows of a sheet: two signs a day, then how often what."""
    words = [word for _, word, _ in LEGEND if word != SIGNS[rules.NORMAL][1]]
    columns = ["部门", "姓名", *(f"{day.date.day}日" for day in grid.days), *words]
    rows = []
    for row in grid.rows:
        signs = ["".join(cell.sign for cell in cells) for cells in row.cells]
        counts = [row.counts[state] or None for state in SIGNS if state != rules.NORMAL]
        rows.append([row.department, row.member.name, *signs, *counts])
    return columns, rows
