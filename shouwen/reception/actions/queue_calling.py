"""Calling: who is next, again, passed, back, set aside, gone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.core.prepared import Prepared
from shouwen.org.models import Counter
from shouwen.reception import queries
from shouwen.reception.actions.queue_counters import open_counter
from shouwen.reception.actions.queue_moving import move
from shouwen.reception.models import Ticket
from shouwen.reception.queries.queue_floor import Floor, streak
from shouwen.rules import queueing

ASIDE = ("waiting", "passed", "parked")


def call_next(*, counter: Counter, by: Actor, at: datetime) -> Ticket:
    """Call whom `rules.queueing.choose` names for this counter ("3.1"); of several counters one wins, the others get the next.

    Refused while another visit is open at the counter (finish, park or pass it first), while the counter is paused or closed
    today, and when nobody can be called. Effects: Ticket called, Period, counter opened by the day's first call, audit
    "reception.ticket.call" with the reason.
    """
    look = queries.floor(by.center, at)
    _free(look, counter)
    own, others = look.counters.get(counter.pk, (set(), set()))
    if not own | others:
        raise Refused(f"{counter.number}号窗口还没有设置办理哪些队列,请中心负责人先设置")
    line = look.line()
    mixed = line.priority and line.ordinary
    before = streak(by.center, look.on, own | others, look.standing.rules) if mixed else 0
    return _call_first(look, line, before, counter, by, at)


@transaction.atomic
def _call_first(look: Floor, line: queueing.Line, before: int, counter: Counter, by: Actor, at: datetime) -> Ticket:
    """The writing alone: who looks at the hall keeps no other writer waiting. What changed meanwhile is found by the update."""
    _open(look, counter, by)
    desk, rules = look.desk(counter.pk), look.standing.rules
    while (choice := queueing.choose(desk, line, at, rules, before)).ticket is not None:
        ticket = _take(look, choice.ticket.ticket, counter, by, at)
        if ticket is not None:
            _tell(ticket, counter, choice.reason, by, at)
            return ticket
        line.remove(choice.ticket)
    raise Refused(choice.reason, choice.clause)


def _take(look: Floor, label: str, counter: Counter, by: Actor, at: datetime) -> Ticket | None:
    """The ticket, called; None when another counter was quicker."""
    ticket: Ticket | None = _WAITING.first(by.center.pk, look.by_label[label].id)
    if ticket is None:
        return None
    try:
        return _call(ticket, counter, by, at)
    except Refused as refused:
        if refused.message == taken().message:
            return None
        raise


_WAITING = Prepared(
    lambda center, pk: Ticket.objects.of(center).filter(pk=pk, status="waiting").select_related("queue", "item", "person"),
    UUID,
    UUID,
)


def _call(ticket: Ticket, counter: Counter, by: Actor, at: datetime) -> Ticket:
    changes = {"counter": counter, "member": by.member, "calls": ticket.calls + 1, "called_at": at}
    return move(ticket, ASIDE, "called", by, at, note="", **changes)


def _tell(ticket: Ticket, counter: Counter, reason: str, by: Actor, at: datetime) -> None:
    label = f"{ticket.label} → {counter.number}号窗口"
    record(by=by, at=at, verb="reception.ticket.call", obj=ticket, label=label, detail={"reason": reason})


def _free(look: Floor, counter: Counter) -> None:
    """Nobody is at the counter, and it was neither paused nor closed today."""
    busy = look.at_counter(counter.pk)
    if busy is not None:
        word = "已叫号" if busy.status == "called" else "正在办理"
        raise Refused(f"{busy.label} 在本窗口{word},请先办完、挂起或过号,再叫下一位")
    if look.is_open(counter.pk):
        return
    state, since = look.states.get(counter.pk, ("", look.at))
    if state in ("paused", "closed") and local(since).date() == look.on:
        raise Refused("本窗口今天已暂停或关闭,请先恢复开放再叫号")


def _open(look: Floor, counter: Counter, by: Actor) -> None:
    """The day's first call opens the counter."""
    if not look.is_open(counter.pk):
        open_counter(counter, by, look.at)


@transaction.atomic
def call_ticket(*, ticket: Ticket, counter: Counter, by: Actor, at: datetime) -> Ticket:
    """Call a certain number out of turn: one set aside, one passed, or a waiting one for a reason the clerk can see.

    Refused as in `call_next`. Effects: Ticket called, Period, audit "reception.ticket.call" saying it was chosen by hand.
    """
    look = queries.floor(by.center, at)
    if ticket.date != look.on:
        raise Refused("不是今天的号")
    _free(look, counter)
    _open(look, counter, by)
    word = {"parked": "挂起后继续", "passed": "过号后补叫"}.get(ticket.status, "指定叫号")
    _call(ticket, counter, by, at)
    _tell(ticket, counter, word, by, at)
    return ticket


@transaction.atomic
def recall_ticket(*, ticket: Ticket, by: Actor, at: datetime) -> Ticket:
    """Call once more; refused after the rulebook's number of calls. Effects: Period, audit "reception.ticket.recall"."""
    most = queries.standing(by.center, at).rules.call_max
    if ticket.calls >= most:
        raise Refused(f"{ticket.label} 已叫 {ticket.calls} 次,请点“过号”,本人回来后可以恢复", "3.1")
    note = f"第 {ticket.calls + 1} 次"
    move(ticket, ["called"], "called", by, at, note=note, calls=ticket.calls + 1, called_at=at, member=by.member)
    record(by=by, at=at, verb="reception.ticket.recall", obj=ticket, detail={"calls": ticket.calls})
    return ticket


@transaction.atomic
def pass_ticket(*, ticket: Ticket, by: Actor, at: datetime) -> Ticket:
    """Nobody came: after the last call the number is passed, before that it keeps its place and is called again later.

    Effects: Ticket waiting or passed, Period, audit "reception.ticket.pass". Answers with the ticket's new status.
    """
    status, decision = queueing.after_no_show(ticket.calls, queries.standing(by.center, at).rules)
    move(ticket, ["called"], status, by, at, note=decision.reason)
    record(by=by, at=at, verb="reception.ticket.pass", obj=ticket, detail={"reason": decision.reason})
    return ticket


@transaction.atomic
def return_ticket(*, ticket: Ticket, by: Actor, at: datetime) -> Ticket:
    """Back into the line: a passed number behind the next few, one set aside to the place it had.

    Effects: Ticket waiting, Period, audit "reception.ticket.return" with the place.
    """
    if ticket.date != local(at).date():
        raise Refused("不是今天的号,请重新取号")
    changes, reason = {}, "挂起后放回原位"
    if ticket.status == "passed":
        look = queries.floor(by.center, at)
        rules, queue = look.standing.rules, ticket.queue_id
        back = queueing.Waiting(ticket.label, at, str(queue), "", ticket.priority)
        before = streak(by.center, look.on, [queue], rules)
        rank_at, _, decision = queueing.returning(back, look.waiting(queue), at, rules, before)
        changes, reason = {"rank_at": rank_at, "calls": 0, "called_at": None}, decision.reason
    move(ticket, ["passed", "parked"], "waiting", by, at, note=reason, **changes)
    record(by=by, at=at, verb="reception.ticket.return", obj=ticket, detail={"reason": reason})
    return ticket


@transaction.atomic
def park_ticket(*, ticket: Ticket, reason: str = "", by: Actor, at: datetime) -> Ticket:
    """Set a visit aside at the counter (the person fills in a form, fetches a copy), so that others can be served.

    Effects: Ticket parked, Period, audit "reception.ticket.park". The matter stays with whoever holds it ("4.2").
    """
    move(ticket, ["called", "serving"], "parked", by, at, note=reason)
    record(by=by, at=at, verb="reception.ticket.park", obj=ticket, detail={"reason": reason} if reason else None)
    return ticket


@transaction.atomic
def leave_ticket(*, ticket: Ticket, by: Actor, at: datetime) -> Ticket:
    """The person goes, or gives the number up on the telephone. Effects: Ticket left, Period, audit "reception.ticket.leave"."""
    move(ticket, ["waiting", "called", "passed", "parked"], "left", by, at, finished_at=at)
    record(by=by, at=at, verb="reception.ticket.leave", obj=ticket)
    return ticket
