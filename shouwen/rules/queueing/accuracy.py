"""How wrong the estimates were: the same algorithm asked about days that are over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwen.rules.queueing.estimating import Estimate, Sessions, estimate
from shouwen.rules.queueing.model import Desk, QueueRules, Serving, Waiting
from shouwen.rules.queueing.times import ServiceTimes


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of `count` waits: the mean absolute error and the bias in seconds (above zero: we said too long), and the share of waits
    that ended inside the span given (None when no spans were kept)."""

    count: int
    mean_error: float
    bias: float
    inside: float | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One leg as it was: who waited from when, called and finished when and where (None: never called)."""

    waiting: Waiting
    issued_at: datetime
    called_at: datetime | None = None
    finished_at: datetime | None = None
    counter: str = ""


def accuracy(pairs: Iterable[tuple[float, float]], inside: Sequence[bool] = ()) -> Accuracy | None:
    """From pairs of seconds (told, real); None without any."""
    errors = [told - real for told, real in pairs]
    if not errors:
        return None
    count = len(errors)
    share = sum(inside) / len(inside) if inside else None
    return Accuracy(count, sum(map(abs, errors)) / count, sum(errors) / count, share)


def backtest(
    visits: Sequence[Visit],
    open_desks: Mapping[str, tuple[Desk, Sequence[tuple[datetime, datetime]]]],
    times: ServiceTimes,
    rules: QueueRules,
    sessions: Sessions = (),
) -> Accuracy | None:
    """Ask for the estimate at each moment a number was taken, with what was known then, and compare with what happened.

    `open_desks` has for each counter what it serves and when it was open. Appointments and numbers never called are left out.
    """
    pairs, inside = [], []
    for visit in visits:
        if visit.called_at is None or visit.waiting.since != visit.issued_at:
            continue
        told = _told(visit, visits, open_desks, times, rules, sessions)
        if told.seconds is not None:
            real = (visit.called_at - visit.issued_at).total_seconds()
            pairs.append((float(told.seconds), real))
            inside.append(told.low <= real <= told.high)
    return accuracy(pairs, inside)


def _told(
    visit: Visit,
    visits: Sequence[Visit],
    open_desks: Mapping[str, tuple[Desk, Sequence[tuple[datetime, datetime]]]],
    times: ServiceTimes,
    rules: QueueRules,
    sessions: Sessions,
) -> Estimate:
    at = visit.issued_at
    line = [one.waiting for one in visits if one.issued_at < at and (one.called_at is None or one.called_at > at)]
    busy = {one.counter: one for one in visits if _at_desk(one, at)}
    desks = [
        Desk(desk.counter, desk.own, desk.others, desk.quick, _serving(busy.get(desk.counter)))
        for desk, spans in open_desks.values()
        if any(start <= at < end for start, end in spans)
    ]
    return estimate(line, desks, at, times, rules, newcomer=visit.waiting, sessions=sessions)


def _at_desk(one: Visit, at: datetime) -> bool:
    return one.called_at is not None and one.called_at <= at and (one.finished_at is None or one.finished_at > at)


def _serving(one: Visit | None) -> Serving | None:
    return None if one is None else Serving(one.waiting.queue, one.waiting.item, one.called_at)
