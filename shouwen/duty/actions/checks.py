"""Opening, closing and cleaning checks; what they show to be missed becomes a breach."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.core import files
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.duty import models, queries
from shouwen.duty.actions.breaches import note
from shouwen.rules import hall_duty
from shouwen.workcalendar.queries import day_table


@transaction.atomic
def open_doors(*, shift: models.Shift, note_text: str = "", photo: Any = None, by: Actor, at: datetime) -> models.OpeningCheck:
    """The duty person says the doors are open; the moment is the server's.

    Refused for another day or when already recorded. Effects: OpeningCheck, Shift.opened_at, a breach when late.
    依据: 一(三)4 ("1.3.4")
    """
    _today(shift, at)
    _move(shift, "opened_at", at)
    check = models.OpeningCheck.objects.create(
        center=shift.center, shift=shift, checker=by.member, checked_at=at, note=note_text, photo=_keep(photo)
    )
    record(by=by, at=at, verb="duty.open", obj=shift, label=f"{shift.date} 开门")
    return check


@transaction.atomic
def close_doors(
    *,
    shift: models.Shift,
    windows_shut: bool,
    power_off: bool,
    note_text: str = "",
    photo: Any = None,
    by: Actor,
    at: datetime,
) -> models.ClosingCheck:
    """The duty person says doors, windows and power are seen to ("1.3.4"). Refused before opening was recorded."""
    _today(shift, at)
    if shift.opened_at is None:
        raise Refused("还没有登记开门,请先登记开门", "1.3.4")
    _move(shift, "closed_at", at)
    check = models.ClosingCheck.objects.create(
        center=shift.center,
        shift=shift,
        checker=by.member,
        checked_at=at,
        windows_shut=windows_shut,
        power_off=power_off,
        note=note_text,
        photo=_keep(photo),
    )
    record(by=by, at=at, verb="duty.close", obj=shift, label=f"{shift.date} 关门")
    return check


@transaction.atomic
def check_cleaning(
    *, shift: models.Shift, points: dict[str, bool], note_text: str = "", photo: Any = None, by: Actor, at: datetime
) -> models.CleaningRecord:
    """One look at the hall with the four points ("1.3.6").

    By the duty person it is a round; by somebody else an inspection, and what is wrong is noted against the duty person
    (R14), all in one breach (R13). Refused without a photo or words when an inspection finds fault.
    """
    _today(shift, at)
    wrong = hall_duty.dirty(points)
    own = by.is_self(shift.member)
    if wrong and not own and photo is None and not note_text:
        raise Refused("发现问题须拍照或写明情况,以便本人核对", "1.3.6")
    check = models.CleaningRecord.objects.create(
        center=shift.center, shift=shift, checker=by.member, checked_at=at, note=note_text, photo=_keep(photo), **points
    )
    if own:
        _add_round(shift, at)
    elif wrong:
        text = f"{local(at):%H:%M} 检查:{wrong}" + (f"({note_text})" if note_text else "")
        note(shift=shift, key=f"dirty:{check.code}", clause="1.3.6", happened_at=at, text=text, by=by, at=at)
    record(by=by, at=at, verb="duty.cleaning", obj=shift, label=f"{shift.date} 保洁检查", detail={"wrong": wrong})
    return check


def _today(shift: models.Shift, at: datetime) -> None:
    if shift.date != local(at).date() or shift.ended_at is not None:
        raise Refused("只能登记当天的值守", "1.3.4")


def _move(shift: models.Shift, field: str, at: datetime) -> None:
    rows = models.Shift.objects.of(shift.center).filter(pk=shift.pk, ended_at__isnull=True, **{f"{field}__isnull": True})
    if rows.update(**{field: at}) != 1:
        raise taken()


def _add_round(shift: models.Shift, at: datetime) -> None:
    fresh = models.Shift.objects.of(shift.center).select_for_update(no_key=True).get(pk=shift.pk)
    models.Shift.objects.of(shift.center).filter(pk=shift.pk).update(rounds=[*fresh.rounds, at.isoformat()])


def _keep(photo: Any) -> str:
    return files.save(photo, pdf=False).name if photo else ""


@transaction.atomic
def sweep(*, start: date, end: date, by: Actor, at: datetime) -> int:
    """Note everything the duty persons of these days missed, as known at `at`; running it twice changes nothing.

    What a later record cures (an opening typed in, a confirmed hand-over) is withdrawn. Returns how many breaches are new.
    依据: 一(三)4、5、6 ("1.3.4", "1.3.5", "1.3.6")
    """
    from_days = models.Shift.objects.of(by.center).filter(date__range=(start, end), kind="hall", ended_at__isnull=True)
    table = day_table(by.center)
    new = 0
    for shift in from_days.select_related("member", "center").order_by("date"):
        sessions = table.sessions_of(shift.date)
        if not sessions:
            continue
        rules = queries.duty_rules(by.center, shift.date)
        following = table.sessions_of(table.next_workday(shift.date, local=True).date)
        found = hall_duty.missed(sessions, queries.done(shift), rules, at, following[0][0] if following else None)
        new += _settle(shift, found, by, at)
    return new


def _settle(shift: models.Shift, found: list[hall_duty.Missed], by: Actor, at: datetime) -> int:
    keys = {f"{shift.code}:{one.key}" for one in found}
    stale = models.Breach.objects.of(by.center).filter(shift=shift, state__in=("noted", "disputed"), noted_by__isnull=True)
    for row in stale:
        if row.key not in keys:
            models.Breach.objects.of(by.center).filter(pk=row.pk, state=row.state).update(state="withdrawn")
            record(by=by, at=at, verb="duty.breach.withdraw", obj=row, label=row.text)
    new = 0
    for one in found:
        receiver = queries.receiver_of(shift) if one.by_successor else None
        new += note(
            shift=shift,
            key=f"{shift.code}:{one.key}",
            clause=one.clause,
            happened_at=one.at,
            text=one.text,
            member=receiver,
            by=by,
            at=at,
        )
    return new
