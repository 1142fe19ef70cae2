"""The hall at one moment as the rules see it: who waits, which counters are open, whom they serve. Few statements, no models.

Numbers that change once a day (the rulebook's, opening hours, learned times, how wrong we were) are kept by the process for
a minute of `at`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from shouwen.core.clock import local
from shouwen.core.prepared import Prepared
from shouwen.org.models import in_force
from shouwen.reception.models import CounterState, QueueCounter, ServiceTime, Ticket, WaitError
from shouwen.rulebook import queries as rulebook
from shouwen.rules.queueing import Desk, Learned, Line, QueueRules, ServiceTimes, Serving, Waiting, is_priority
from shouwen.rules.workdays import DayError
from shouwen.workcalendar import queries as workcalendar

LIVE = ("waiting", "called", "serving")
REMEMBERED = 64
LOOK_BACK = timedelta(days=14)
"""Over so many days is our own error reckoned."""
_memory: OrderedDict[tuple[Any, int], Standing] = OrderedDict()
_lock = Lock()


class Live(NamedTuple):
    """A ticket of today that is not over, as one row of values."""

    id: UUID
    code: str
    label: str
    queue_id: UUID
    item_id: UUID | None
    priority: str
    status: str
    counter_id: UUID | None
    rank_at: datetime
    called_at: datetime | None
    begun_at: datetime | None
    calls: int

    def waiting(self) -> Waiting:
        return Waiting(self.label, self.rank_at, str(self.queue_id), str(self.item_id or ""), self.priority, self.called_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds all day: numbers of the rulebook, whether a mere question owes a notice (R23, "4.3.2"), the day's sessions,
    learned times, past error by queue (count, mean, bias)."""

    rules: QueueRules
    owes_notice: bool
    sessions: tuple[tuple[datetime, datetime], ...]
    times: ServiceTimes
    errors: dict[UUID, tuple[int, float, float]]

    @property
    def closes_at(self) -> datetime | None:
        return self.sessions[-1][1] if self.sessions else None


@dataclass(slots=True)
class Floor:
    """The hall at `at`. `counters` has for each counter its own and its other queues, `states` (state, since) of each."""

    center: Any
    at: datetime
    on: date
    standing: Standing
    live: list[Live]
    counters: dict[UUID, tuple[set[UUID], set[UUID]]]
    quick: set[UUID]
    states: dict[UUID, tuple[str, datetime]]
    by_label: dict[str, Live] = field(default_factory=dict)

    def line(self) -> Line:
        """Everybody waiting."""
        self.by_label = {one.label: one for one in self.live}
        return Line.of(one.waiting() for one in self.live if one.status == "waiting")

    def waiting(self, queue_id: UUID | None = None) -> list[Waiting]:
        rows = (one for one in self.live if one.status == "waiting")
        return [one.waiting() for one in rows if queue_id is None or one.queue_id == queue_id]

    def at_counter(self, counter_id: UUID) -> Live | None:
        """Who is called to or served at a counter."""
        return next((one for one in self.live if one.counter_id == counter_id and one.status != "waiting"), None)

    def is_open(self, counter_id: UUID) -> bool:
        """Open since some time of this day."""
        state, since = self.states.get(counter_id, ("closed", self.at))
        return state == "open" and local(since).date() == self.on

    def desk(self, counter_id: UUID, opens_at: datetime | None = None) -> Desk:
        own, others = self.counters.get(counter_id, (set(), set()))
        busy = self.at_counter(counter_id)
        serving = Serving(str(busy.queue_id), str(busy.item_id or ""), busy.begun_at or busy.called_at) if busy else None
        quick = not own.isdisjoint(self.quick)
        return Desk(str(counter_id), frozenset(map(str, own)), frozenset(map(str, others)), quick, serving, opens_at=opens_at)

    def desks(self, queue_id: UUID) -> list[Desk]:
        """The counters that call now. When none of them serves the queue, those set up for it are expected: back from a pause
        or from noon, but not those that were closed in this session."""
        found = [self.desk(counter) for counter in sorted(self.counters) if self.is_open(counter)]
        if any(desk.serves(str(queue_id)) for desk in found):
            return found
        begun = next((start for start, end in self.standing.sessions if self.at < end), self.at)
        gone = {counter for counter, (state, since) in self.states.items() if state == "closed" and since >= begun}
        for counter, (own, others) in sorted(self.counters.items()):
            if queue_id in own | others and not self.is_open(counter) and counter not in gone:
                found.append(self.desk(counter))
        return found


def standing(center: Any, at: datetime) -> Standing:
    """What holds all day; read once a minute by each process."""
    key = center.pk, int(at.timestamp()) // 60
    with _lock:
        if key in _memory:
            return _memory[key]
    on = local(at).date()
    version = rulebook.in_force(center, on)
    found = Standing(
        queue_rules(version),
        version is not None and version.reading("R23") == "yes",
        sessions_on(center, on),
        times_of(center),
        errors_before(center, on),
    )
    with _lock:
        _memory[key] = found
        while len(_memory) > REMEMBERED:
            _memory.popitem(last=False)
    return found


def forget(center: Any) -> None:
    """Read anew: what was kept for the minute has just been changed by this process."""
    with _lock:
        for key in [key for key in _memory if key[0] == center.pk]:
            del _memory[key]


def queue_rules(version: rulebook.Version | None) -> QueueRules:
    """The numbers of the rulebook in force."""
    names = ("priority_run", "longest_wait_minutes", "call_again_minutes", "call_max", "return_after")
    return QueueRules(*(int(rulebook.parameter_of(version, f"queue_{name}")) for name in names))


def sessions_on(center: Any, on: date) -> tuple[tuple[datetime, datetime], ...]:
    return workcalendar.day_table(center).sessions_of(on)


def next_opening(center: Any, on: date) -> str:
    """When the hall opens next after a day, in words ("11月24日 08:30"), "" when no hours are on record."""
    table = workcalendar.day_table(center)
    try:
        day = table.next_workday(on, local=True).date
    except DayError:
        return ""
    sessions = table.sessions_of(day)
    return f"{day.month}月{day.day}日" + (f" {sessions[0][0]:%H:%M}" if sessions else "")


def times_of(center: Any) -> ServiceTimes:
    """Learned service times; the centre's ordinary minutes come from the queues with every look at the floor."""
    rows = ServiceTime.objects.of(center)
    learned = {(str(row.queue_id), row.item_key, row.counter_key): Learned(row.count, row.mean, row.variance) for row in rows}
    ordinary = QueueCounter.objects.of(center).values_list("queue_id", "queue__ordinary_minutes").distinct()
    return ServiceTimes(learned, {str(queue): float(minutes) for queue, minutes in ordinary})


def errors_before(center: Any, on: date) -> dict[UUID, tuple[int, float, float]]:
    """Waits, mean absolute error and bias by queue over `LOOK_BACK` before a day, as told to people then."""
    rows = WaitError.objects.of(center).filter(date__gte=on - LOOK_BACK, date__lt=on)
    found: dict[UUID, tuple[int, float, float]] = {}
    for queue, count, error, bias in rows.values_list("queue_id", "count", "mean_error", "bias"):
        known, mean, lean = found.get(queue, (0, 0.0, 0.0))
        whole = known + count
        found[queue] = whole, (mean * known + error * count) / whole, (lean * known + bias * count) / whole
    return found


def floor(center: Any, at: datetime) -> Floor:
    """The hall at a moment, in three statements (and those of `standing` once a minute)."""
    on = local(at).date()
    live = _LIVE(center.pk, on)
    counters, quick = _layout(_SERVED(center.pk, on))
    return Floor(
        center,
        at,
        on,
        standing(center, at),
        [Live(*row) for row in live],
        counters,
        quick,
        {counter: (state, since) for counter, state, since in _STATES(center.pk)},
    )


def _served(center: Any, on: date) -> Any:
    rows = QueueCounter.objects.of(center).filter(in_force(on), in_force(on, "queue__active_from", "queue__active_to"))
    return rows.values_list("counter_id", "queue_id", "is_own", "queue__is_quick")


_LIVE = Prepared(
    lambda center, on: Ticket.objects.of(center).filter(date=on, status__in=LIVE).order_by().values_list(*Live._fields),
    UUID,
    date,
)
_SERVED = Prepared(_served, UUID, date)
_STATES = Prepared(
    lambda center: (
        CounterState.objects.of(center).filter(ended_at__isnull=True).values_list("counter_id", "state", "started_at")
    ),
    UUID,
)


def _layout(
    rows: Iterable[tuple[UUID, UUID, bool, bool]],
) -> tuple[dict[UUID, tuple[set[UUID], set[UUID]]], set[UUID]]:
    counters: dict[UUID, tuple[set[UUID], set[UUID]]] = {}
    quick = set()
    for counter, queue, is_own, is_quick in rows:
        counters.setdefault(counter, (set(), set()))[0 if is_own else 1].add(queue)
        if is_quick:
            quick.add(queue)
    return counters, quick


def streak(center: Any, on: date, queues: Iterable[UUID], rules: QueueRules) -> int:
    """How many priority tickets of these queues were called in a row just now (as far as it matters)."""
    rows = Ticket.objects.of(center).filter(date=on, called_at__isnull=False, queue_id__in=list(queues))
    last = list(rows.order_by("-called_at").values_list("priority", flat=True)[: rules.priority_run])
    return next((count for count, name in enumerate(last) if not is_priority(name)), len(last))
