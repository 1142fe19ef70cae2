"""What attendance tells the assessment: offences of the slots and of the post checks, and who was there at all."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from shouwen.attendance.models import PostCheck, Seen, Session, SlotResult
from shouwen.attendance.queries.material import approved_leaves, halves_on, midnight, span_of
from shouwen.attendance.queries.parameters import Books
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.rules.leaves import halves
from shouwen.rules.punches import ABSENT, CLAUSES, LATE, LEFT_EARLY, UNDECIDED
from shouwen.rules.scoring.facts import PENDING, VERIFIED, Fact
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

CHECK_CLAUSES = {Seen.GAMES.value: "1.3.3", Seen.NOT_FOUND.value: "1.4.2", Seen.OFF_POST.value: "", Seen.CONDUCT.value: "3.1"}
"""Off post (脱岗) has no clause of its own and no price until a rulebook gives it one."""

DAY = timedelta(days=1)
ABSENCES = frozenset({Seen.NOT_FOUND.value, Seen.OFF_POST.value})


def facts(center: Any, start: date, end: date) -> list[Fact]:
    """Everything from `start` to `end` inclusive, in order of time; the same call gives the same facts.

    Kinds: "late" ("1.3.1"), "left_early" ("1.3.2"), "games" ("1.3.3"), "absent" ("1.4.1", one a half-day session, R11),
    "not_found" ("1.4.2"), "off_post", "conduct" ("3.1", only where the rulebook prices it). A check that waits for its decision, and a missed punch that
    waits for a person's word (kind "missed_punch", R20), come as pending. One event that broke several rules carries one
    `group` (R13): not found in a session that was missed altogether is that absence, not a second offence.
    `subject` is the member's code.
    """
    slots = SlotResult.objects.of(center).filter(date__range=(start, end))
    told = list(slots.filter(state__in=[LATE, LEFT_EARLY, ABSENT, UNDECIDED]).select_related("member"))
    found = [_slot_fact(row) for row in told if row.fact or row.state == UNDECIDED]
    table, books = day_table(center), Books(center)
    found += [_check_fact(row, told, table) for row in _checks(center, start, end) if _is_offence(row, books)]
    return sorted(found, key=lambda fact: (fact.at or midnight(fact.date), fact.id))


def _slot_fact(row: SlotResult) -> Fact:
    kind = row.fact or "missed_punch"
    part = "absent" if kind == ABSENT else row.side
    return Fact(
        id=f"attendance.slot:{row.date}:{row.session}:{part}:{row.member.code}",
        kind=kind,
        subject=row.member.code,
        date=row.date,
        at=row.due_at,
        minutes=row.minutes or None if kind != ABSENT else None,
        status=VERIFIED if row.fact else PENDING,
        reason=row.fact_text or row.text,
        group=_session_group(row) if kind == ABSENT else _slot_group(row),
        attrs={"clause": CLAUSES.get(kind, ""), "reading": row.reading, "url": person_url(row.member.code, row.date)},
    )


def _is_offence(check: PostCheck, books: Books) -> bool:
    """Conduct ("3.1") is an observation unless the rulebook of the day has an item for it."""
    if check.seen != Seen.CONDUCT:
        return True
    version = books.on(local(check.seen_at).date())
    return version is not None and Seen.CONDUCT.value in (version.document.get("items") or {})


def person_url(code: str, day: date) -> str:
    """Where a day of a person is explained."""
    return f"{reverse('attendance:person', args=[code])}?month={day:%Y-%m}#d{day.day}"


def _session_group(row: SlotResult) -> str:
    return f"attendance:{row.member.code}:{row.date}:{row.session}"


def _slot_group(row: SlotResult) -> str:
    return f"{_session_group(row)}:{row.side}"


def _checks(center: Any, start: date, end: date) -> Iterable[PostCheck]:
    rows = PostCheck.objects.of(center).filter(seen_at__gte=midnight(start), seen_at__lt=midnight(end + DAY))
    rows = rows.filter(state__in=[PostCheck.State.PENDING, PostCheck.State.VERIFIED])
    return rows.exclude(seen=Seen.ON_POST).select_related("member", "checker").order_by("seen_at")


def _check_fact(check: PostCheck, slots: Iterable[SlotResult], table: DayTable) -> Fact:
    seen = check.get_seen_display()
    evidence = "有照片" if check.evidence else f"见证人 {check.witness}" if check.witness else "检查人记录"
    at = local(check.seen_at)
    return Fact(
        id=f"attendance.check:{check.code}",
        kind=check.seen,
        subject=check.member.code,
        date=at.date(),
        at=check.seen_at,
        status=VERIFIED if check.state == PostCheck.State.VERIFIED else PENDING,
        reason=f"{at:%m月%d日 %H:%M} 在{check.place}查岗:{seen}{',' + check.note if check.note else ''}({evidence})",
        group=_group_of(check, slots, table),
        attrs={
            "clause": CHECK_CLAUSES[check.seen],
            "checker": check.checker.code,
            "url": reverse("attendance:post_check", args=[check.code]),
        },
    )


def _group_of(check: PostCheck, slots: Iterable[SlotResult], table: DayTable) -> str:
    """Away at that moment and counted for it already: the same event (R13)."""
    if check.seen in ABSENCES:
        for row in slots:
            if row.member_id != check.member_id or row.date != local(check.seen_at).date() or not row.fact:
                continue
            if row.fact == ABSENT and _holds(table, row, check.seen_at):
                return _session_group(row)
            if row.fact == LATE and row.punched_at and row.due_at <= check.seen_at < row.punched_at:
                return _slot_group(row)
            if row.fact == LEFT_EARLY and row.punched_at and row.punched_at <= check.seen_at < row.due_at:
                return _slot_group(row)
    return f"attendance:{check.member.code}:{local(check.seen_at):%Y-%m-%d:%H%M}"


def _holds(table: DayTable, row: SlotResult, moment: datetime) -> bool:
    """Whether a moment lies in the row's session."""
    place = [session.value for session in Session].index(row.session)
    sessions = table.sessions_of(row.date)
    return place < len(sessions) and sessions[place][0] <= moment < sessions[place][1]


@dataclass(frozen=True, slots=True)
class Attended:
    """One person's stretch of days: `working_days` due on post, `leave_days` of them wholly on approved leave.

    `days` lists the assessed days (on post, assessed, not wholly on leave): none in a month means R7/R8 apply.
    """

    member: Any
    working_days: int
    leave_days: int
    days: tuple[date, ...]


def attended_days(center: Any, start: date, end: date) -> dict[str, Attended]:
    """Per member code, from `start` to `end` inclusive: the days that are assessed ("1.1"), for R7 and R8."""
    table = day_table(center)
    away: dict[UUID, set[tuple[date, str]]] = defaultdict(set)
    for leave in approved_leaves(center, start, end + DAY):
        away[leave.member_id].update(halves(span_of(leave), lambda day: halves_on(table, day)))
    worked = {day: names for day in _days(start, end) if (names := halves_on(table, day))}
    ordered = list(worked)
    due: dict[UUID, set[date]] = defaultdict(set)
    members: dict[UUID, Any] = {}
    for post in org.members_on_post(center, start, end + DAY):
        if post.is_assessed:
            members[post.member_id] = post.member
            after = bisect_left(ordered, post.active_to) if post.active_to else None
            due[post.member_id].update(ordered[bisect_left(ordered, post.active_from) : after])
    return {members[key].code: _attended(members[key], days, worked, away[key]) for key, days in due.items() if days}


def _days(start: date, end: date) -> Iterator[date]:
    return (start + DAY * number for number in range((end - start).days + 1))


def _attended(member: Any, days: set[date], worked: Mapping[date, Sequence[str]], away: set[tuple[date, str]]) -> Attended:
    whole = {day for day, _ in away if all((day, half) in away for half in worked.get(day, ()))}
    left = tuple(sorted(days - whole))
    return Attended(member, len(days), len(days) - len(left), left)
