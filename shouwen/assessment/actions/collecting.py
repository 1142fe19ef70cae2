"""Collect the facts of a month and bring the ledger up to them. Running it twice changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.assessment import collectors, queries
from shouwen.assessment.actions import ledger
from shouwen.assessment.models import CollectedFact, Month
from shouwen.assessment.queries import counting, roster
from shouwen.assessment.queries.stored import fact_to_json, subject_to_json
from shouwen.attendance import actions as attendance
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.rules.scoring import Fact

CLAUSE = "1.1"
# Settled months are asked again this far back: what only turns up later pays in the first month still open.
LOOK_BACK = 3


@transaction.atomic
def collect(*, month: date, by: Actor, at: datetime) -> Month:
    """Ask every area for the month's facts and reconcile: new facts become entries, gone or changed ones are reversed by entries.

    A settled month is returned as it is. Facts of a settled month that turn up late pay in the first open month. Refused
    when no rulebook holds in the month or it has not begun. Effects: Month, CollectedFact, Entry, MonthResult rows, and
    audit "assessment.collect" when anything changed. 依据: 一(一)、一(三)、一(四) ("1.1", "1.3", "1.4")
    """
    queries.require(by, "collect", CLAUSE)
    row = locked(by.center, month.replace(day=1), at)
    if row.is_settled:
        return row
    return refresh(row, by=by, at=at)


def locked(center: Any, first: date, at: datetime) -> Month:
    """The month's row, made when missing, held until the transaction ends: two who close at once come one after the other."""
    if first > local(at).date():
        raise Refused("这个月还没有开始", CLAUSE)
    rows = Month.objects.of(center).select_for_update(no_key=True)
    found = rows.filter(month=first).first()
    if found is None:
        if counting.version_for(center, first) is None:
            raise Refused(f"{first.year}年{first.month}月还没有施行的制度", "1.10")
        try:
            with transaction.atomic():
                Month.objects.create(center=center, month=first)
        except IntegrityError:
            pass
        found = rows.get(month=first)
    return found


def refresh(month: Month, *, by: Actor, at: datetime) -> Month:
    """Facts, ledger and results of an open month brought up to this moment. The caller holds the row."""
    first, last = month.month, roster.month_end(month.month)
    attendance.recompute(start=first, end=last, by=by, at=at)
    changed = _facts(month, first, last, at)
    version = counting.version_for(by.center, first)
    if version is None:
        raise Refused(f"{month}还没有施行的制度", "1.10")
    subjects = roster.subjects(by.center, first, last)
    stuff = counting.material(by.center, version, month, subjects)
    answer = counting.count(stuff, month.key, through=min(local(at).date(), last))
    people = ledger.People(by.center)
    written, reversed_ = ledger.book(month, answer, people=people, by=by.label, at=at)
    stops = ledger.keep_results(month, answer, people=people, at=at)
    update = {
        "stops": stops,
        "workdays": roster.workdays(by.center, first),
        "roster": [subject_to_json(one) for one in stuff.subjects],
        "collected_at": at,
    }
    Month.objects.of(by.center).filter(pk=month.pk).update(**update)
    for name, value in update.items():
        setattr(month, name, value)
    if changed or written or reversed_:
        detail = {"facts": changed, "entries": written, "reversals": reversed_}
        record(by=by, at=at, verb="assessment.collect", obj=month, detail=detail)
    return month


def _facts(month: Month, first: date, last: date, at: datetime) -> int:
    """Snapshots brought up to what the areas report; returns how many changed."""
    start = first
    if queries.first_open_month(month.center_id) in (None, first):
        start = min([first, *queries.settled_months_before(month.center_id, first, LOOK_BACK)])
    reported = {fact.id: fact for fact in collectors.gather(month.center, start, last)}
    live = {
        row.fact: row
        for row in CollectedFact.objects.of(month.center_id).filter(ended_at__isnull=True, fact__in=list(reported))
    }
    own = CollectedFact.objects.of(month.center_id).filter(ended_at__isnull=True, month=month, source="collected")
    live |= {row.fact: row for row in own}
    ended, fresh = [], []
    for name, fact in reported.items():
        row = live.pop(name, None)
        if row is not None and row.month_id != month.pk:
            # Settled: it stands, unless it was still waiting then and has been verified since.
            if row.status != "pending" or fact.status != "verified":
                continue
            ended.append(row.pk)
            row = None
        if row is None and fact.date < first and fact.status not in ("verified", "pending"):
            continue
        new = _snapshot(month, fact, at, row.objection_code if row else "")
        if row is None:
            fresh.append(new)
        elif row.payload != new.payload:
            ended.append(row.pk)
            fresh.append(new)
    ended += [row.pk for row in live.values() if row.month_id == month.pk and row.source == "collected"]
    CollectedFact.objects.of(month.center_id).filter(pk__in=ended).update(ended_at=at)
    CollectedFact.objects.bulk_create(fresh, batch_size=500)
    return len(ended) + len(fresh)


def _snapshot(month: Month, fact: Fact, at: datetime, objection_code: str = "") -> CollectedFact:
    return CollectedFact(
        center_id=month.center_id,
        fact=fact.id,
        kind=fact.kind,
        subject=fact.subject,
        date=fact.date,
        month=month,
        status="withdrawn" if objection_code else fact.status,
        payload=fact_to_json(fact),
        objection_code=objection_code,
        collected_at=at,
    )
