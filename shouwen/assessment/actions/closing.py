"""The steps of a month, each by a person: frozen, confirmed by another, posted, final ("1.2")."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shouwen.assessment import queries
from shouwen.assessment.actions import collecting
from shouwen.assessment.actions.agenda import list_agenda
from shouwen.assessment.models import Month, MonthResult, Posting
from shouwen.assessment.queries import counting
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.notifications.actions import enqueue
from shouwen.workcalendar import queries as workcalendar

CLAUSE = "1.2"


@transaction.atomic
def freeze(*, month: Month, by: Actor, at: datetime) -> Month:
    """Collect a last time and let nothing more in: the rulebook version, the roster and every number are fixed.

    Refused while the month runs, an earlier one is open, or anything stops the count (an unpriced item, an open question, a
    missing value: never a zero). What happens to the facts afterwards pays in a later month. Effects: results, Month,
    audit "assessment.freeze". 依据: 一(二)、一(十) ("1.2", "1.10")
    """
    queries.require(by, "close")
    queries.same_center(by, month)
    row = collecting.locked(by.center, month.month, at)
    if row.state != Month.State.PROVISIONAL:
        raise taken()
    row = collecting.refresh(row, by=by, at=at)
    _refuse_blocked(row, at)
    version = counting.version_for(by.center, row.month)
    assert version is not None
    moved = Month.objects.of(by.center).filter(pk=row.pk, state=Month.State.PROVISIONAL)
    fields = {
        "state": Month.State.FROZEN,
        "rulebook": version.record,
        "frozen_at": at,
        "frozen_by": by.label,
        "freezer": by.member,
    }
    if moved.update(**fields) != 1:
        raise taken()
    row.refresh_from_db()
    record(by=by, at=at, verb="assessment.freeze", obj=row, detail={"rulebook": version.record.code})
    return row


@transaction.atomic
def confirm_result(*, result: MonthResult, by: Actor, at: datetime) -> None:
    """Another person looked at the result of the one who froze the month ("1.9": nobody confirms the own). Audit "assessment.confirm"."""
    queries.require(by, "confirm")
    queries.same_center(by, result)
    if by.is_self(result.member):
        raise Refused("不能确认自己的考核结果,请由他人确认", "1.9")
    if result.month.state != Month.State.FROZEN or result.month.edition != result.edition:
        raise Refused("只在冻结之后、公示之前确认", "1.9")
    rows = MonthResult.objects.of(by.center).filter(pk=result.pk, confirmed_at__isnull=True)
    if rows.update(confirmed_by=by.label, confirmed_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="assessment.confirm", obj=result.month, label=f"{result.month} {result.name}")


@transaction.atomic
def post(*, month: Month, by: Actor, at: datetime) -> Posting:
    """Put the month on the wall: from here on its numbers never change, a correction is a new edition ("1.2").

    Refused unless frozen, while anything stops it, while the freezer's own result lacks another's word, while objections are
    open. Effects: Posting, Month, agenda items of "1.5" and "1.8", a notice to each person, audit "assessment.post".
    """
    queries.require(by, "close")
    queries.same_center(by, month)
    row = Month.objects.of(by.center).select_for_update(no_key=True).get(pk=month.pk)
    if row.state == Month.State.PROVISIONAL:
        raise Refused("请先冻结再公示", CLAUSE)
    if row.state != Month.State.FROZEN:
        raise taken()
    _refuse_blocked(row, at)
    moved = Month.objects.of(by.center).filter(pk=row.pk, state=Month.State.FROZEN)
    if moved.update(state=Month.State.POSTED, posted_at=at, posted_by=by.label) != 1:
        raise taken()
    row.refresh_from_db()
    posting = put_up(row, reason="", by=by, at=at)
    record(by=by, at=at, verb="assessment.post", obj=row, detail={"edition": row.edition, "posting": posting.code})
    return posting


def put_up(month: Month, *, reason: str, by: Actor, at: datetime) -> Posting:
    """The current edition as a posting, with what follows from it. The caller holds the month."""
    posting = Posting.objects.create(
        center=by.center,
        month=month,
        edition=month.edition,
        posted_at=at,
        posted_by=by.label,
        until_date=until_date(month, at),
        reason=reason[:200],
    )
    found = queries.results(month)
    list_agenda(month, found, by=by, at=at)
    for result in found:
        if result.member is not None and result.is_assessed and result.subject_kind == "member":
            key = f"assessment.posted:{posting.code}:{result.member.code}"
            text = f"{month}考核结果已{'更正' if reason else ''}公示,请查看本人明细;如有异议请在定案前提出。"
            enqueue(
                to=result.member,
                title=f"{month}考核结果已公示",
                text=text,
                url=queries.person_path(result.subject, month),
                key=key,
                by=by,
                at=at,
            )
    return posting


def until_date(month: Month, at: datetime) -> date | None:
    """The last day for objections: so many working days after posting (R18); None while nobody has set a number."""
    today = local(at).date()
    days = queries.objection_days(month.center_id, today, counting.version_of(month))
    return None if days is None else workcalendar.day_table(month.center).add(today, days).date


@transaction.atomic
def finalise(*, month: Month, by: Actor, at: datetime) -> Month:
    """Close the month for good, by a person's act; after this only an entry in a later month puts something right ("1.2").

    Refused unless posted, while objections are open, and before the last day for objections is over. Audit "assessment.final".
    """
    queries.require(by, "close")
    queries.same_center(by, month)
    row = Month.objects.of(by.center).select_for_update(no_key=True).get(pk=month.pk)
    if not row.is_posted:
        raise Refused("请先公示再定案", CLAUSE)
    if row.state == Month.State.FINAL:
        raise taken()
    _refuse_blocked(row, at)
    moved = Month.objects.of(by.center).filter(pk=row.pk, state=Month.State.POSTED)
    if moved.update(state=Month.State.FINAL, final_at=at, final_by=by.label) != 1:
        raise taken()
    row.refresh_from_db()
    record(by=by, at=at, verb="assessment.final", obj=row)
    return row


def _refuse_blocked(month: Month, at: datetime) -> None:
    found = queries.blockers(month, local(at).date())
    if found:
        shown = ";".join(one.text for one in found[:6])
        more = f";另有 {len(found) - 6} 项" if len(found) > 6 else ""
        step = {"provisional": "冻结", "frozen": "公示", "posted": "定案"}[month.state]
        raise Refused(f"还不能{step}:{shown}{more}", CLAUSE)


__all__ = ["confirm_result", "finalise", "freeze", "post", "put_up", "until_date"]
