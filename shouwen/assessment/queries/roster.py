"""Who is assessed in a stretch of days, as the engine wants it ("1.1": only those actually on post; "1.9": every executor has a ledger)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from shouwen.attendance import queries as attendance
from shouwen.org import queries as org
from shouwen.org.models import Counter, Department, Member, Membership, RoleGrant
from shouwen.rules.scoring import Subject
from shouwen.workcalendar import queries as workcalendar

DAY = timedelta(days=1)


def month_end(month: date) -> date:
    """The last day of the month that begins on `month`."""
    return next_month(month) - DAY


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from one to another, both included."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found


def assessed_days(center: Any, start: date, end: date) -> dict[str, dict[str, int]]:
    """Per member code, the assessed working days of each month that touches [start, end] ("1.1", R7, R8)."""
    found: dict[str, dict[str, int]] = {}
    months = [f"{month:%Y-%m}" for month in months_between(start, end)]
    for code, attended in attendance.attended_days(center, start, end).items():
        counts = dict.fromkeys(months, 0)
        for day in attended.days:
            counts[f"{day:%Y-%m}"] += 1
        found[code] = counts
    return found


def subjects(center: Any, start: date, end: date, *, days: bool = True) -> list[Subject]:
    """Everybody and everything with a ledger from `start` to `end` inclusive: people, executors, departments, windows, the centre.

    A mover has one row a post. Days of assessment are known for the months of that stretch, unless `days` is false: a year
    rests on its posted months and needs none.
    """
    known = assessed_days(center, start, end) if days else {}
    posts = [post for post in org.members_on_post(center, start, end + DAY) if post.is_assessed]
    found = [_member(post, known) for post in posts]
    listed = {one.id for one in found}
    found += [_executor(member) for member in executors(center, start, end) if member.code not in listed]
    found += [
        Subject(
            row.code,
            "department",
            row.short_name or row.name,
            attrs={"vertical": row.is_vertical},
            first=row.active_from,
            last=_last(row.active_to),
        )
        for row in Department.objects.of(center).filter(_touches(start, end)).order_by("active_from", "id")
    ]
    found += [
        Subject(row.code, "window", row.name, row.department.code, first=row.active_from, last=_last(row.active_to))
        for row in Counter.objects.of(center).filter(_touches(start, end)).select_related("department").order_by("number")
    ]
    return [*found, Subject(center.code, "centre", center.name)]


def _touches(start: date, end: date) -> Q:
    return Q(active_from__lte=end) & (Q(active_to__isnull=True) | Q(active_to__gt=start))


def _last(active_to: date | None) -> date | None:
    return active_to - DAY if active_to else None


def _member(post: Membership, days: dict[str, dict[str, int]]) -> Subject:
    return Subject(
        id=post.member.code,
        kind="member",
        name=post.member.name,
        department=post.department.code,
        post=post.post,
        first=post.active_from,
        last=_last(post.active_to),
        assessed=days.get(post.member.code, {}),
        attrs={"vertical": post.department.is_vertical, "window": post.counter.code if post.counter else None},
    )


def _executor(member: Member) -> Subject:
    return Subject(member.code, "assessor", member.name)


def executors(center: Any, start: date, end: date) -> list[Member]:
    """Who held the assessor's role on some day of the stretch."""
    grants = RoleGrant.objects.of(center).filter(_touches(start, end), role="assessor").select_related("member")
    return list({grant.member_id: grant.member for grant in grants.order_by("active_from")}.values())


def workdays(center: Any, month: date) -> int:
    """Statutory working days of a month, make-up days included ("1.1"); days the centre was closed are none."""
    return len(workcalendar.day_table(center).month_days(f"{month:%Y-%m}", local=True))
