"""Changing days and hours; desk shows what would move before it calls these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken
from shouwen.rulebook import queries as rulebook
from shouwen.rules.workdays import DayError
from shouwen.workcalendar import models, queries


@transaction.atomic
def import_notice(*, draft: queries.NoticeDraft, by: Actor, at: datetime) -> models.Notice:
    """Store a year's notice; days it names replace earlier ones, the earlier rows stay as ended (L4, L5).

    Refused when it names no day, or one the table cannot reckon with. Effects: Notice, StatutoryDay rows, audit "workcalendar.notice".
    依据: 一(一) ("1.1": the month's working days come from here)
    """
    if not draft.days:
        raise Refused("通知里没有任何日期", "1.1")
    try:
        queries.refuse_beyond(draft)
    except DayError as error:
        raise Refused(str(error), "1.1") from None
    notice = models.Notice.objects.create(
        title=draft.title, url=draft.url, known_until=draft.known_until, imported_by=by.label, imported_at=at
    )
    models.StatutoryDay.objects.filter(date__in=[day.date for day in draft.days], ended_at__isnull=True).update(ended_at=at)
    models.StatutoryDay.objects.bulk_create(
        models.StatutoryDay(date=day.date, is_working=day.working, reason=day.reason, notice=notice) for day in draft.days
    )
    record(by=by, at=at, verb="workcalendar.notice", label=draft.title, detail={"days": len(draft.days)})
    return notice


@transaction.atomic
def declare_closure(*, draft: queries.ClosureDraft, by: Actor, at: datetime) -> models.Closure:
    """The hall does not open on these days (K9, R24). Refused when the span is upside down, too long or already declared."""
    if not 0 <= (draft.end_date - draft.start_date).days < queries.MAX_CLOSURE_DAYS:
        raise Refused("停办的起止日期颠倒,或超过一年", "1.1")
    overlapping = models.Closure.objects.of(by.center).filter(
        ended_at__isnull=True, start_date__lte=draft.end_date, end_date__gte=draft.start_date
    )
    if overlapping.exists():
        raise Refused("这几天中已有宣布停办的日子,请先撤销原来的", "1.1")
    closure = models.Closure.objects.create(
        center=by.center,
        start_date=draft.start_date,
        end_date=draft.end_date,
        reason=draft.reason,
        declared_by=by.label,
        declared_at=at,
    )
    _changed(by)
    record(by=by, at=at, verb="workcalendar.closure", obj=closure, label=draft.reason)
    return closure


@transaction.atomic
def end_closure(*, closure: models.Closure, by: Actor, at: datetime) -> None:
    """Take a closure back; the row stays with the moment it ended."""
    if models.Closure.objects.of(by.center).filter(pk=closure.pk, ended_at__isnull=True).update(ended_at=at) != 1:
        raise taken()
    _changed(by)
    record(by=by, at=at, verb="workcalendar.closure.end", obj=closure, label=closure.reason)


@transaction.atomic
def set_hours(*, draft: queries.HoursDraft, by: Actor, at: datetime) -> models.OpeningHours:
    """Set a season's hours; rows in its way are ended and what is left of them is written anew, so live rows never overlap.

    Refused when sessions are upside down or overlap, and for make-up days' own hours while R24 gives them the season's.
    依据: 一(一) ("1.1"), R24.
    """
    if draft.active_to is not None and draft.active_to <= draft.active_from:
        raise Refused("止日须晚于起日", "1.1")
    if not draft.sessions:
        raise Refused("至少要有一个时段", "1.1")
    _refuse_silent(draft, by)
    stored = models.OpeningHours.objects.of(by.center).filter(ended_at__isnull=True)
    for row in stored.select_for_update(no_key=True):
        try:
            rule = queries.as_rule(row)
            pieces = queries.cut(rule, draft.active_from, draft.active_to)
        except DayError as error:
            raise Refused(str(error), "1.1") from None
        if pieces == [rule]:
            continue
        models.OpeningHours.objects.of(by.center).filter(pk=row.pk).update(ended_at=at)
        for piece in pieces:
            _write(by, at, row.name, piece.active_from, piece.active_to, row.sessions, row.make_up)
    make_up = None if draft.make_up is None else queries.write_sessions(draft.make_up)
    sessions = queries.write_sessions(draft.sessions)
    hours = _write(by, at, draft.name, draft.active_from, draft.active_to, sessions, make_up)
    _changed(by)
    record(by=by, at=at, verb="workcalendar.hours", obj=hours, label=draft.name)
    return hours


def _refuse_silent(draft: queries.HoursDraft, by: Actor) -> None:
    """Hours nobody would ever follow are not worth setting."""
    rule = queries.as_drafted(draft)
    if draft.make_up is not None and all(
        piece.make_up is None for piece in queries.under_reading(rule, rulebook.spans_of(by.center, "R24", "season"))
    ):
        raise Refused("制度的读法是调休上班日用当季作息(R24);要另定作息,请先在“制度”中修改这一读法", "1.1")


def _write(
    by: Actor, at: datetime, name: str, active_from: date, active_to: date | None, sessions: Any, make_up: Any
) -> models.OpeningHours:
    return models.OpeningHours.objects.create(
        center=by.center,
        name=name,
        active_from=active_from,
        active_to=active_to,
        sessions=sessions,
        make_up=make_up,
        set_by=by.label,
        set_at=at,
    )


def _changed(by: Actor) -> None:
    state, _ = models.CalendarState.objects.of(by.center).get_or_create(center=by.center)
    models.CalendarState.objects.of(by.center).filter(pk=state.pk).update(version=F("version") + 1)
