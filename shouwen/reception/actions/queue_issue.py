"""Taking a number: at the kiosk, by phone, by staff, on checking in an appointment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, wraps
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused
from shouwen.core.prepared import Prepared
from shouwen.core.tenancy import uuid7
from shouwen.reception import queries
from shouwen.reception.actions.queue_moving import log
from shouwen.reception.models import Person, Queue, Ticket, TicketSeries
from shouwen.reception.queries.queue_floor import Floor
from shouwen.rules import queueing
from shouwen.rules.masking import scrub
from shouwen.rules.numbering import ticket_number

BY_STAFF = {"expedite": "3.4", "special": "2.5"}
"""Jumping the line on these grounds is granted by a person who is named, never taken at a machine."""
EARLY = timedelta(hours=1)
"""Before the day's first opening numbers are given from so long ahead."""


class SentTwice(Refused):
    """The same form came a second time while the first was being written."""


def once(issue: Callable[..., Ticket]) -> Callable[..., Ticket]:
    """A form sent twice at the same moment: the second is rolled back, its number too, and answered with the first one's ticket."""

    @wraps(issue)
    def run(*, token: str = "", by: Actor, **told: Any) -> Ticket:
        try:
            return issue(token=token, by=by, **told)
        except SentTwice:
            same: Ticket | None = _SAME.first(by.center.pk, token) if token else None
            if same is None:
                raise
            return same

    return run


_SAME = Prepared(lambda center, token: Ticket.objects.of(center).filter(token=token)[:1], UUID, str)


@once
def issue_ticket(
    *,
    queue: Queue,
    source: str,
    item: Any = None,
    priority: str = "",
    reason: str = "",
    person: Person | None = None,
    appointment_at: datetime | None = None,
    override: str = "",
    token: str = "",
    by: Actor,
    at: datetime,
) -> Ticket:
    """Give the next number of the queue; `estimated_seconds` is the wait told.

    `priority` is a class of `rules.queueing.PRIORITIES` with its stated `reason`; expedite ("3.4") and special ("2.5") only by
    staff. An appointment counts from its own time ("2.1"). Refused on a day of rest, past the daily limit and when the turn
    would come after closing ("3.3"), unless staff gives the reason (`override`). The same `token` again gives the same ticket.
    `by` may be a device or a citizen. Effects: number of the series, Ticket, Period, audit "reception.ticket.issue".
    """
    if token and (same := _SAME(by.center.pk, token)):
        return same[0]
    claims = _claims(source, priority, scrub(reason.strip())[:80], appointment_at, override, by, at)
    look, ground = queries.floor(by.center, at), claims["priority"]
    wait = queries.estimate(by.center, queue, at, ground, look) if claims["rank_at"] == at else None
    _may(look, queue, wait, override, by)
    told = {"item": item, "person": person, "token": token, "estimated_seconds": wait.seconds if wait else None}
    ticket = Ticket(center=by.center, queue=queue, date=look.on, issued_at=at, **claims, **told)
    words = {"source": source, "priority": ground, "reason": claims["priority_reason"], "override": override}
    _keep(ticket, override, {key: text for key, text in words.items() if text}, by, at)
    return ticket


@transaction.atomic
def _keep(ticket: Ticket, override: str, words: dict[str, str], by: Actor, at: datetime) -> None:
    """The writing alone: who looks at the hall and reckons waits keeps no other writer waiting."""
    ticket.number = _next_number(ticket.queue, ticket.date, override)
    ticket.label = ticket_number(ticket.queue.prefix, ticket.number)
    try:
        ticket.save(force_insert=True)
    except IntegrityError as error:  # the same form sent twice at once: all of this is rolled back, the number too
        raise SentTwice("这个号刚刚取过,请刷新查看") from error
    log(ticket, by, at, note=override)
    record(by=by, at=at, verb="reception.ticket.issue", obj=ticket, detail=words)


def _claims(
    source: str, priority: str, reason: str, appointment_at: datetime | None, override: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """Source, priority with its reason, and the moment the ticket counts from; refused when what is claimed is not stated."""
    told: dict[str, Any] = {
        "source": Ticket.Source(source),
        "priority": priority,
        "priority_reason": reason if priority else "",
        "rank_at": at,
    }
    if override and not by.is_member:
        raise Refused("加号须由工作人员办理", "3.3")
    if source == Ticket.Source.APPOINTMENT:
        if appointment_at is None:
            raise Refused("预约取号须有预约的时间", "2.1")
        own = {"priority": "appointment", "priority_reason": f"预约 {local(appointment_at):%H:%M}"}
        return told | own | {"rank_at": max(at, appointment_at)}
    if priority and priority not in queueing.PRIORITIES:
        raise Refused("没有这一类优先", "3.1")
    if priority == "appointment":
        raise Refused("预约优先须凭预约取号", "2.1")
    clause = queueing.PRIORITIES[priority][1] if priority else ""
    if priority in BY_STAFF and not by.is_member:
        raise Refused("急事急办、特事特办须由工作人员核实后优先", clause)
    if priority and not reason:
        raise Refused("优先须写明理由,让其他等候的人看得见", clause)
    return told


def _may(look: Floor, queue: Queue, wait: Any, override: str, by: Actor) -> None:
    if not (queue.active_from <= look.on and (queue.active_to is None or look.on < queue.active_to)):
        raise Refused(f"“{queue.name}”今天没有开放", "3.3")
    day = look.standing
    starts_at = wait.starts_at if wait else look.at
    from_at = day.sessions[0][0] - EARLY if day.sessions else None
    decision = queueing.may_issue(starts_at, day.closes_at, at=look.at, from_at=from_at, override=override)
    if not decision.allowed:
        offer = queries.next_opening(by.center, look.on)
        told = queueing.may_issue(starts_at, day.closes_at, at=look.at, from_at=from_at, next_day=offer)
        raise Refused(told.reason, told.clause)


def _next_number(queue: Queue, on: date, override: str) -> int:
    """One atomic statement; rolled back with the transaction, so there are neither duplicates nor gaps (T11)."""
    values = {"id": uuid7(), "center_id": queue.center_id, "queue_id": queue.pk, "date": on}
    connection = connections[DEFAULT_DB_ALIAS]
    fields = {field.attname: field for field in TicketSeries._meta.concrete_fields}
    row = [fields[name].get_db_prep_save(value, connection) for name, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(_series(), row)
        number = int(cursor.fetchone()[0])
    if queue.daily_limit is not None and number > queue.daily_limit and not override:
        raise Refused(f"“{queue.name}”今天限 {queue.daily_limit} 个号,已取完,请改日再来或询问工作人员", "3.3")
    return number


@cache
def _series() -> str:
    table = TicketSeries._meta.db_table
    return (
        f'INSERT INTO "{table}" ("id", "center_id", "queue_id", "date", "last") VALUES (%s, %s, %s, %s, 1) '
        f'ON CONFLICT ("center_id", "queue_id", "date") DO UPDATE SET "last" = "{table}"."last" + 1 RETURNING "last"'
    )
