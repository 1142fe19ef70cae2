"""Everything a judgement of a stretch of days needs, for a whole centre, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwen.attendance.models import Correction, Device, Leave, Punch, Session
from shouwen.attendance.queries.parameters import Books, correct_by, limit_at
from shouwen.attendance.queries.pins import Pins
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Member
from shouwen.rules import punches as rules
from shouwen.rules.leaves import Half, Span, halves
from shouwen.rules.workdays import ZONE, DayTable
from shouwen.workcalendar.queries import day_table

SESSIONS = (Session.AM.value, Session.PM.value, Session.EVENING.value)
DAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


def session_name(table: DayTable, day: date, start: time) -> str:
    """am, pm or ev: the place of a session in its day."""
    starts = [opening for opening, _ in table.hours_on(day)]
    place = starts.index(start) if start in starts else len([one for one in starts if one < start])
    return SESSIONS[min(place, 2)]


def halves_on(table: DayTable, day: date) -> tuple[str, ...]:
    """The halves of a day that are worked here."""
    return SESSIONS[: min(len(table.hours_on(day)), 2)]


def half_span(table: DayTable, half: Half) -> tuple[datetime, datetime] | None:
    """From when to when a half day is worked; the second half holds every later session. None when it is not worked."""
    day, name = half
    sessions = table.sessions_of(day)
    mine = sessions[:1] if name == Session.AM else sessions[1:]
    return (mine[0][0], mine[-1][1]) if mine else None


def span_of(leave: Leave) -> Span:
    """What the leave really took: as asked, or up to the return (销假)."""
    first, last = (leave.start_date, leave.start_half), (leave.last_date, leave.last_half)
    return Span(first, max(first, last))


def moments(table: DayTable, span: Span) -> tuple[datetime, datetime] | None:
    """The first and last working moment of a span; None when nothing in it is worked."""
    worked = halves(span, lambda day: halves_on(table, day))
    if not worked:
        return None
    first, last = half_span(table, worked[0]), half_span(table, worked[-1])
    return (first[0], last[1]) if first and last else None


def watermark(devices: Sequence[Device], at: datetime) -> datetime | None:
    """How far every source that must report has reported; None when nothing is outstanding."""
    today = local(at).date()
    sources = [row for row in devices if row.is_source and row.active_from <= today]
    sources = [row for row in sources if row.active_to is None or row.active_to > today]
    if not sources:
        return None
    return min(row.synced_until or midnight(row.active_from) for row in sources)


def approved_leaves(center: Any, start: date, end: date, only: Member | None = None) -> list[Leave]:
    """Approved leaves that touch [start, end), with member and cover; of all, or those one person takes or covers."""
    touching = Leave.objects.of(center).filter(state=Leave.State.APPROVED, start_date__lt=end, end_date__gte=start)
    if only is not None:
        touching = touching.filter(Q(member=only) | Q(cover=only))
    return list(touching.select_related("member", "cover").order_by("start_date"))


@dataclass(slots=True)
class Person:
    """One person's input to the judgement, and the substitutions that only colour its words."""

    member: Any
    days: list[rules.PersonDay]
    punches: list[rules.Punch]
    leaves: list[rules.Leave]
    covering: list[tuple[datetime, datetime, str]]


class Material:
    """What is known of a centre, or of one of its people, between two days (`end` exclusive), asked once."""

    def __init__(self, center: Any, start: date, end: date, at: datetime, only: Member | None = None) -> None:
        self.center, self.start, self.end, self.at, self.only = center, start, end, at, only
        self.table = day_table(center)
        self.pins = Pins(center, only)
        # Who is not assessed need not punch: nothing is worked out for them ("1.1").
        self.posts = [post for post in org.members_on_post(center, start, end, only) if post.is_assessed]
        self.devices = list(Device.objects.of(center))
        self.seen_until = watermark(self.devices, at)
        self.leaves: dict[UUID, list[Leave]] = defaultdict(list)
        self.covers: dict[UUID, list[Leave]] = defaultdict(list)
        for leave in approved_leaves(center, start, end, only):
            self.leaves[leave.member_id].append(leave)
            if leave.cover_id and leave.cover_state == Leave.Cover.ACCEPTED:
                self.covers[leave.cover_id].append(leave)
        self.asked: dict[UUID, list[Correction]] = defaultdict(list)
        corrections = Correction.objects.of(center).filter(date__gte=start, date__lt=end)
        if only is not None:
            corrections = corrections.filter(member=only)
        for row in corrections.order_by("asked_at"):
            self.asked[row.member_id].append(row)
        self.punches = self._punches()
        self.days = [start + DAY * n for n in range((end - start).days)]
        self.books = Books(center)
        self.rules = {day: self.books.punch_rules(day) for day in self.days}
        self._until: dict[date, datetime] = {}
        self.limits = {day: self.books.number(day, "correction_days") for day in self.days}

    def correct_until(self, day: date) -> datetime:
        """When the time to put a missed punch of the day right ends (R20)."""
        if day not in self._until:
            self._until[day] = limit_at(self.table, day, self.limits[day])
        return self._until[day]

    def _punches(self) -> dict[UUID, list[rules.Punch]]:
        devices = {device.pk: device for device in self.devices}
        span = (midnight(self.start) - DAY, midnight(self.end) + DAY)
        rows = Punch.objects.of(self.center).filter(punched_at__gte=span[0], punched_at__lt=span[1])
        if self.only is not None:
            rows = rows.filter(pin__in=self.pins.pins_of(self.only))
        found: dict[UUID, list[rules.Punch]] = defaultdict(list)
        for device_id, pin, punched_at, is_corrected in rows.values_list("device_id", "pin", "punched_at", "is_corrected"):
            device = devices[device_id]
            owner = self.pins.owner_at(device, pin, punched_at)
            if owner is not None:
                source = "sheet" if device.kind == Device.Kind.REGISTER else "correction" if is_corrected else "device"
                found[owner].append(rules.Punch(punched_at, source))
        return found

    def people(self) -> Iterator[Person]:
        """Everybody on post on some day of the stretch, and covers who are not on post themselves."""
        members = {post.member_id: post.member for post in self.posts}
        for key, leaves in self.covers.items():
            if leaves[0].cover is not None:
                members.setdefault(key, leaves[0].cover)
        for key, member in members.items():
            if self.only is not None and key != self.only.pk:
                continue
            yield Person(member, self._days(key), self._own_punches(key), self._own_leaves(key), self._covering(key))

    def _days(self, key: UUID) -> list[rules.PersonDay]:
        posts = [post for post in self.posts if post.member_id == key]
        decided = self._decided(key)
        found = []
        for day in self.days:
            on_post = any(post.active_from <= day and (post.active_to is None or day < post.active_to) for post in posts)
            sessions = self.table.hours_on(day) if on_post else self._covered_sessions(key, day)
            info = self.table.kind(day)
            not_due = str(info) if on_post and info.kind == "closed" else ""
            if sessions or not_due:
                limit = correct_by(self.table, day, self.limits[day])
                found.append(rules.PersonDay(day, sessions, not_due, limit, decided=decided.get(day, {})))
        return found

    def _covered_sessions(self, key: UUID, day: date) -> tuple[tuple[time, time], ...]:
        spans = [span_of(leave) for leave in self.covers.get(key, ())]
        hours = self.table.hours_on(day)
        return tuple(
            hours[place] for place in range(len(hours)) if any(span.holds((day, SESSIONS[min(place, 1)])) for span in spans)
        )

    def _approved(self, key: UUID) -> list[Correction]:
        return [row for row in self.asked.get(key, ()) if row.state == Correction.State.APPROVED]

    def _decided(self, key: UUID) -> dict[date, dict[tuple[time, str], str]]:
        found: dict[date, dict[tuple[time, str], str]] = defaultdict(dict)
        for row in self._approved(key):
            hours = self.table.hours_on(row.date)
            place = SESSIONS.index(row.session)
            if row.outcome != Correction.Outcome.CLAIMED and place < len(hours):
                found[row.date][hours[place][0], row.side] = row.outcome
        return found

    def _own_punches(self, key: UUID) -> list[rules.Punch]:
        claimed = [
            rules.Punch(row.claimed_at, "correction")
            for row in self._approved(key)
            if row.outcome == Correction.Outcome.CLAIMED and row.claimed_at
        ]
        return [*self.punches.get(key, ()), *claimed]

    def _own_leaves(self, key: UUID) -> list[rules.Leave]:
        found = []
        for leave in self.leaves.get(key, ()):
            span = moments(self.table, span_of(leave))
            if span:
                found.append(rules.Leave(*span, leave.get_kind_display()))
        return found

    def _covering(self, key: UUID) -> list[tuple[datetime, datetime, str]]:
        found = []
        for leave in self.covers.get(key, ()):
            span = moments(self.table, span_of(leave))
            if span:
                found.append((*span, leave.member.name))
        return found
