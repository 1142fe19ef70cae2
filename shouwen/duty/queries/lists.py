"""Rosters, checks, breaches and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.core.clock import local
from shouwen.duty import models
from shouwen.org.models import Substitution
from shouwen.rules.scoring import Fact
from shouwen.rules.workdays import ZONE

KINDS = {"1.3.4": "door", "1.3.5": "handover", "1.3.6": "cleaning"}
STATUS = {
    models.Breach.State.NOTED: "verified",
    models.Breach.State.UPHELD: "verified",
    models.Breach.State.DISPUTED: "pending",
    models.Breach.State.WAIVED: "rejected",
    models.Breach.State.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class RosterDay:
    """One day of the month's roster: the day's label and who has which duty."""

    date: date
    label: str
    is_working: bool
    shifts: dict[str, models.Shift]


def facts(center: Any, start: date, end: date) -> list[Fact]:
    """Breaches of the hall's duty from `start` to `end` inclusive ("1.3.4", "1.3.5", "1.3.6"); R14: the rostered person's."""
    rows = models.Breach.objects.of(center).filter(date__range=(start, end)).select_related("member", "noted_by")
    return [
        Fact(
            id=f"duty.breach:{row.code}",
            kind=KINDS[row.clause],
            subject=row.member.code,
            date=row.date,
            at=row.happened_at,
            status=STATUS[models.Breach.State(row.state)],
            reason=row.text,
            attrs={"checker": row.noted_by.code} if row.noted_by else {},
        )
        for row in rows.order_by("happened_at", "code")
    ]


def month_roster(center: Any, month: date, table: Any) -> list[RosterDay]:
    """Every day of a month with its duties."""
    after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    rows = (
        models.Shift.objects.of(center)
        .filter(date__gte=month.replace(day=1), date__lt=after, ended_at__isnull=True)
        .select_related("member")
    )
    shifts: dict[date, dict[str, models.Shift]] = {}
    for row in rows:
        shifts.setdefault(row.date, {})[row.kind] = row
    days = [month.replace(day=1) + timedelta(days=index) for index in range((after - month.replace(day=1)).days)]
    return [RosterDay(day, str(table.kind(day)), table.is_workday(day, local=True), shifts.get(day, {})) for day in days]


def shifts_on(center: Any, days: Sequence[date]) -> list[str]:
    """Shifts on the named days, in words, for the calendar's preview."""
    rows = models.Shift.objects.of(center).filter(date__in=list(days)[:500], ended_at__isnull=True).select_related("member")
    return [f"{row.date.month}月{row.date.day}日 {row.get_kind_display()} {row.member.name}" for row in rows.order_by("date")]


def my_shifts(center: Any, member: Any, start: date, end: date | None = None) -> list[models.Shift]:
    """A person's shifts from a day on, soonest first."""
    rows = models.Shift.objects.of(center).filter(member=member, date__gte=start, ended_at__isnull=True)
    return list((rows.filter(date__lte=end) if end else rows).order_by("date")[:120])


def hall_shifts(center: Any, kind: str, start: date, end: date) -> list[models.Shift]:
    """Shifts of one kind in a span, soonest first."""
    rows = models.Shift.objects.of(center).filter(kind=kind, date__range=(start, end), ended_at__isnull=True)
    return list(rows.select_related("member").order_by("date"))


def next_hall_shift(center: Any, after: date) -> models.Shift | None:
    """The shift that follows: whoever has the hall next takes over."""
    rows = models.Shift.objects.of(center).filter(date__gt=after, kind=models.Kind.HALL, ended_at__isnull=True)
    return rows.select_related("member").order_by("date").first()


def handover_draft(center: Any) -> dict[str, str]:
    """What the last hand-over said about seals, keys and equipment, so that only changes need typing."""
    last = models.ShiftHandover.objects.of(center).filter(state="confirmed").order_by("-given_at").first()
    if last is None:
        return {}
    return {"seals": last.seals, "keys": last.keys, "equipment": last.equipment}


def swaps_of(center: Any, member: Any) -> list[models.Swap]:
    """Swaps the person asked for or was asked for, the newest first."""
    rows = models.Swap.objects.of(center).filter(Q(asker=member) | Q(asked=member))
    return list(rows.select_related("shift", "other", "asker", "asked").order_by("-asked_at")[:20])


def patterns(center: Any, on: date) -> list[tuple[models.Pattern, list[Any]]]:
    """Rotas in force or to come, each with its people in turn."""
    rows = (
        models.Pattern.objects.of(center)
        .filter(Q(active_to__isnull=True) | Q(active_to__gt=on))
        .order_by("kind", "active_from")
    )
    people: dict[Any, list[Any]] = {}
    for place in models.PatternMember.objects.of(center).select_related("member").order_by("position"):
        people.setdefault(place.pattern_id, []).append(place.member)
    return [(row, people.get(row.pk, [])) for row in rows]


def checks_on(center: Any, on: date) -> list[dict[str, Any]]:
    """All checks of one day, newest first, each with words, photo and who looked."""
    day = {"shift__date": on}
    found: list[dict[str, Any]] = []
    for model, title in ((models.OpeningCheck, "开门"), (models.ClosingCheck, "关门"), (models.CleaningRecord, "保洁")):
        rows: QuerySet[Any] = model.objects.of(center).filter(**day).select_related("checker")  # type: ignore[attr-defined]
        found += [{"title": title, "row": row, "at": row.checked_at} for row in rows]
    return sorted(found, key=lambda check: check["at"], reverse=True)


def breaches(center: Any, member: Any | None = None) -> QuerySet[models.Breach]:
    """Breaches, the newest first; of one person or of all."""
    rows = models.Breach.objects.of(center).select_related("member", "shift")
    return (rows.filter(member=member) if member else rows).order_by("-happened_at", "-id")


def feed(center: Any, member: Any, at: datetime) -> list[models.Shift]:
    """Shifts for a calendar subscription: from 30 days ago on; all of the hall when `member` is None."""
    rows = models.Shift.objects.of(center).filter(date__gte=local(at).date() - timedelta(days=30), ended_at__isnull=True)
    return list((rows.filter(member=member) if member else rows).select_related("member").order_by("date")[:400])


def away(center: Any, days: Sequence[date]) -> dict[date, set[str]]:
    """Who is covered by somebody else on which day (leave), by member code: they get no shift."""
    found: dict[date, set[str]] = {day: set() for day in days}
    rows = (
        Substitution.objects.of(center).filter(ended_at__isnull=True, ends_at__gte=_midnight(days[0])).select_related("member")
    )
    for row in rows:
        for day in days:
            if local(row.starts_at).date() <= day <= local(row.ends_at).date():
                found[day].add(row.member.code)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), ZONE)


def receiver_of(shift: models.Shift) -> Any:
    """Whom the shift was handed to last; a hand-over sent back was none."""
    rows = models.ShiftHandover.objects.of(shift.center_id).filter(shift=shift).exclude(state="returned")
    row = rows.select_related("receiver").order_by("-given_at").first()
    return row.receiver if row else shift.member
