"""What people ask a queue: how long, where am I, who is called, who waits, what is on my counter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org.models import Counter, Membership, in_force
from shouwen.reception.models import Queue, QueueCounter, Ticket
from shouwen.reception.queries.queue_floor import Floor, Live, errors_before, floor, streak
from shouwen.rules import queueing
from shouwen.rules.queueing import Waiting

PLANNERS = frozenset({"leader", "system_admin"})
"""Roles that set up queues."""
SERVERS = frozenset({"clerk", "leader", "section"})
"""Roles that call and serve; anybody of the centre may look at the hall."""
ISSUERS = SERVERS | {"director"}
"""Roles that hand out a number, with priority where a reason is stated."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait from `at` on, in seconds: expected, the span in which about eight of ten end, people of the queue called before,
    and how wrong we were lately (mean absolute error and bias; None before the first week). `seconds` None: no counter is open."""

    seconds: int | None
    low: int
    high: int
    ahead: int
    starts_at: datetime | None
    mean_error: float | None = None
    bias: float | None = None

    @property
    def minutes(self) -> int | None:
        """Whole minutes, rounded up: nobody is promised less than expected."""
        return None if self.seconds is None else -(-self.seconds // 60)

    @property
    def bounds(self) -> tuple[int, int]:
        """Whole minutes between which about eight of ten waits end: what every paper and screen says of the same wait."""
        return self.low // 60, -(-self.high // 60)

    @property
    def span(self) -> str:
        """ "8—15 分钟", in words for people."""
        if self.seconds is None:
            return "暂无开放窗口"
        low, high = self.bounds
        return "无需等候" if high == 0 else f"约 {self.minutes} 分钟" if high - low < 2 else f"{low}—{high} 分钟"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands: `place` from 1 in its queue (None unless it waits), why, and its wait."""

    ticket: Ticket
    status: str
    place: int | None
    waiting: int
    reason: str
    clause: str
    counter: Counter | None
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Called:
    """A line of the hall screen."""

    label: str
    counter_number: int
    counter_name: str
    queue_name: str
    called_at: datetime
    calls: int
    status: str


@dataclass(frozen=True, slots=True)
class QueueWait:
    """A queue on the hall screen and the kiosk."""

    queue: Queue
    waiting: int
    wait: Wait


@dataclass(frozen=True, slots=True)
class Hall:
    """What the screen shows: the latest calls first, how many wait, the wait of each queue."""

    center: Any
    at: datetime
    calls: list[Called]
    waiting: int
    queues: list[QueueWait]


def queues(center: Any, on: date) -> list[Queue]:
    """Queues in force on a day, by their letter."""
    return list(Queue.objects.of(center).filter(in_force(on)).order_by("prefix"))


def estimate(center: Any, queue: Queue, at: datetime, priority: str = "", seen: Floor | None = None) -> Wait:
    """The wait of somebody who takes a number now, with our own past error. Pass `seen` (a `floor`) when it is at hand."""
    look = seen or floor(center, at)
    return _wait(look, queue.pk, newcomer=Waiting("", at, str(queue.pk), "", priority))


def wait_of(look: Floor, one: Live) -> Wait:
    """The wait of a ticket in the line."""
    return _wait(look, one.queue_id, ticket=one.label)


def _wait(look: Floor, queue_id: UUID, *, newcomer: Waiting | None = None, ticket: str = "") -> Wait:
    day, desks = look.standing, look.desks(queue_id)
    told = queueing.estimate(
        look.waiting(), desks, look.at, day.times, day.rules, newcomer=newcomer, ticket=ticket, sessions=day.sessions
    )
    _, error, bias = day.errors.get(queue_id, (0, None, None))
    return Wait(told.seconds, told.low, told.high, told.ahead, told.starts_at, error, bias)


def line(center: Any, ticket: Ticket, at: datetime) -> Place:
    """A person's place in line and wait ("我的排队"); after the call the counter instead."""
    look = floor(center, at)
    mine = [one for one in look.live if one.queue_id == ticket.queue_id]
    waiting = sum(one.status == "waiting" for one in mine)
    one = next((one for one in mine if one.id == ticket.pk), None)
    if one is None or one.status != "waiting":
        counter = Counter.objects.of(center).filter(pk=ticket.counter_id).first() if ticket.counter_id else None
        return Place(ticket, ticket.status, None, waiting, "", "", counter, None)
    stand = next(place for place in places(look, ticket.queue_id) if place.ticket.ticket == one.label)
    return Place(ticket, one.status, stand.place, waiting, stand.reason, stand.clause, None, wait_of(look, one))


def places(look: Floor, queue_id: UUID) -> list[queueing.Placed]:
    """The order of one queue, with the reason of each place."""
    waiting = look.waiting(queue_id)
    mixed = any(one.priority for one in waiting)
    before = streak(look.center, look.on, [queue_id], look.standing.rules) if mixed else 0
    return queueing.order(waiting, look.at, look.standing.rules, before)


def waiting_rows(center: Any, at: datetime, seen: Floor | None = None) -> list[dict[str, Any]]:
    """Everybody waiting, queue by queue in the order of calling; each row below 300 bytes of JSON.

    code, label, queue (letter), place, since ("09:05"), minutes, priority ("" or its class), why, calls.
    """
    look = seen or floor(center, at)
    letters = dict(Queue.objects.of(center).values_list("pk", "prefix"))
    by_label = {one.label: one for one in look.live}
    found = sorted({one.queue_id for one in look.live if one.status == "waiting"}, key=lambda pk: letters[pk])
    return [
        _row(by_label[one.ticket.ticket], one, letters[queue_id], at) for queue_id in found for one in places(look, queue_id)
    ]


def _row(one: Live, placed: queueing.Placed, letter: str, at: datetime) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "queue": letter,
        "place": placed.place,
        "since": f"{local(one.rank_at):%H:%M}",
        "minutes": max(timedelta(0), at - one.rank_at) // timedelta(minutes=1),
        "priority": one.priority,
        "why": placed.reason,
        "calls": one.calls,
    }


def now_serving(center: Any, at: datetime) -> list[Called]:
    """Who is called or served at which counter, by counter."""
    rows = _called(center, at).filter(status__in=("called", "serving")).order_by("counter__number")
    return [_called_row(row) for row in rows]


def hall(center: Any, at: datetime, only: Iterable[str] = (), rows: int = 6) -> Hall:
    """What a hall screen shows; `only` names the codes of its queues (none: all)."""
    look, wanted = floor(center, at), set(only)
    shown = [queue for queue in queues(center, look.on) if not wanted or queue.code in wanted]
    ids = [queue.pk for queue in shown]
    calls = _called(center, at).filter(queue_id__in=ids, called_at__isnull=False, counter__isnull=False)
    waits = [QueueWait(queue, len(look.waiting(queue.pk)), estimate(center, queue, at, seen=look)) for queue in shown]
    latest = calls.filter(status__in=("called", "serving", "finished")).order_by("-called_at")[:rows]
    return Hall(center, at, [_called_row(row) for row in latest], sum(one.waiting for one in waits), waits)


def _called(center: Any, at: datetime) -> Any:
    rows = Ticket.objects.of(center).filter(date=local(at).date())
    return rows.select_related("counter", "queue")


def _called_row(row: Ticket) -> Called:
    counter = row.counter
    assert counter is not None
    assert row.called_at is not None
    return Called(row.label, counter.number, counter.name, row.queue.name, row.called_at, row.calls, row.status)


@dataclass(frozen=True, slots=True)
class Workbench:
    """A counter as its clerk sees it: state, the visit at the desk, who would be called next and why, who else waits, and the
    numbers set aside. `counter` is None for somebody without one."""

    counter: Counter | None
    state: str
    current: Ticket | None
    next: queueing.Choice | None
    waiting: list[dict[str, Any]]
    wait: Wait | None
    aside: list[Ticket]
    served_today: int


def counter_of(actor: Actor, at: datetime) -> Counter | None:
    """The counter a member is on post at."""
    post = _POST.first(actor.center.pk, actor.member.pk, local(at).date()) if actor.member else None
    return None if post is None else post.counter


def _post(center: Any, member: UUID, on: date) -> Any:
    rows = Membership.objects.of(center).filter(in_force(on), member_id=member, counter__isnull=False)
    return rows.select_related("counter").order_by("-active_from")[:1]


_POST = Prepared(_post, UUID, UUID, date)


def workbench(actor: Actor, at: datetime, counter: Counter | None = None) -> Workbench:
    """The queue half of the counter's page; `counter` when the member serves at another than the own one."""
    where = counter or counter_of(actor, at)
    if where is None:
        return Workbench(None, "closed", None, None, [], None, [], 0)
    look = floor(actor.center, at)
    desk, mine = look.desk(where.pk), look.counters.get(where.pk, (set(), set()))
    served = [one for one in look.live if one.status == "waiting" and desk.serves(str(one.queue_id))]
    mixed = len({bool(one.priority) for one in served}) == 2
    before = streak(actor.center, look.on, mine[0] | mine[1], look.standing.rules) if mixed else 0
    choice = queueing.choose(desk, look.line(), at, look.standing.rules, before)
    today = Ticket.objects.of(actor.center).filter(date=look.on)
    here = Q(counter=where, status__in=("called", "serving", "parked")) | Q(status="passed")
    kept = list(today.filter(here).select_related("queue", "item", "person", "inquiry", "counter").order_by("called_at"))
    labels = {one.label for one in served}
    own = next(iter(sorted(mine[0] or mine[1])), None)
    return Workbench(
        where,
        look.states.get(where.pk, ("closed", at))[0] if look.is_open(where.pk) or _paused(look, where) else "closed",
        next((one for one in kept if one.status in ("called", "serving")), None),
        choice,
        [row for row in waiting_rows(actor.center, at, look) if row["label"] in labels],
        None if own is None else _wait(look, own, newcomer=Waiting("", at, str(own))),
        [one for one in kept if one.status in ("parked", "passed")],
        today.filter(counter=where, status="finished").count(),
    )


def _paused(look: Floor, counter: Counter) -> bool:
    state, since = look.states.get(counter.pk, ("closed", look.at))
    return state == "paused" and local(since).date() == look.on


@dataclass(frozen=True, slots=True)
class Setup:
    """A queue with the counters that serve it: (counter, its own?)."""

    queue: Queue
    counters: list[tuple[Counter, bool]]


def queue_setup(center: Any, on: date) -> list[Setup]:
    """Queues in force and who serves them."""
    rows = QueueCounter.objects.of(center).filter(in_force(on)).select_related("counter").order_by("counter__number")
    served = list(rows)
    return [
        Setup(queue, [(row.counter, row.is_own) for row in served if row.queue_id == queue.pk]) for queue in queues(center, on)
    ]


def ticket_steps(ticket: Ticket) -> list[Any]:
    """What became of a leg, oldest first."""
    rows = ticket.periods.select_related("counter", "member")
    return list(rows.order_by("at", "id"))


def counters_of(center: Any, queue: Queue, on: date) -> list[Counter]:
    """The counters whose own queue it is on a day, by number, with their department; those that help only when there are none."""
    rows = QueueCounter.objects.of(center).filter(in_force(on), queue=queue).select_related("counter__department")
    served = list(rows.order_by("counter__number"))
    return [row.counter for row in served if row.is_own] or [row.counter for row in served]


def served(center: Any, queue: Queue, on: date) -> list[tuple[Counter, bool]]:
    """Counters that serve a queue on a day, and whether it is their own."""
    rows = QueueCounter.objects.of(center).filter(in_force(on), queue=queue).select_related("counter")
    return [(row.counter, row.is_own) for row in rows.order_by("counter__number")]


def past_errors(center: Any, on: date) -> list[tuple[Queue, int, float, float]]:
    """How wrong we were in the two weeks before a day: queue, waits, mean absolute error and bias in seconds."""
    found = errors_before(center, on)
    rows = Queue.objects.of(center).filter(pk__in=found).order_by("prefix")
    return [(queue, *found[queue.pk]) for queue in rows]


def tickets_of_today(center: Any, label: str, at: datetime) -> list[Ticket]:
    """Today's legs of a number as it is printed ("A017"), the latest first."""
    rows = Ticket.objects.of(center).filter(date=local(at).date(), label=label).select_related("item", "queue")
    return list(rows.order_by("-leg"))
