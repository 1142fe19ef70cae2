"""How long somebody will wait: the line is played through with the counters that are open, by the same rules that call.

One algorithm answers both questions. "How long do I wait" plays until this ticket is called; "if I took a number now" adds
a last customer and plays until that one is called.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt

from shouwen.rules.queueing.choosing import choose, streak_after
from shouwen.rules.queueing.model import Desk, Line, QueueRules, Serving, Waiting
from shouwen.rules.queueing.times import ServiceTimes

LAST = "~" * 16
"""The name of the customer who is not there: longer than any number, so after everybody of the same moment."""
STILL = 0.25
"""Of somebody who is served longer than usual, this share of the usual time is still to come."""
REACH = 1.28
"""Standard deviations to each side: about eight of ten waits end in between."""
Sessions = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """`seconds` of waiting from now (None when no open counter can serve the queue), the span in which about eight of ten
    waits end, how many of the same queue are called before, and when the turn comes."""

    seconds: int | None
    low: int
    high: int
    ahead: int
    starts_at: datetime | None


def estimate(
    tickets: Iterable[Waiting],
    desks: Sequence[Desk],
    at: datetime,
    times: ServiceTimes,
    rules: QueueRules,
    *,
    newcomer: Waiting | None = None,
    ticket: str = "",
    sessions: Sessions = (),
    streak: int = 0,
) -> Estimate:
    """The wait of `ticket`, or of a `newcomer` behind everybody; `sessions` are the day's opening hours ([]: always open)."""
    line = Line.of(tickets)
    target = ticket
    if newcomer is not None:
        target = LAST
        line.add(replace(newcomer, ticket=LAST))
    queue = next((one.queue for one in line.all() if one.ticket == target), "")
    play = _Play(line, at, times, rules, sessions, streak)
    ahead = 0
    for called, start, variance in play.calls(desks):
        if called.ticket == target:
            wait = max(0.0, (start - at).total_seconds())
            reach = REACH * sqrt(variance)
            return Estimate(round(wait), max(0, round(wait - reach)), round(wait + reach), ahead, start)
        ahead += called.queue == queue
    return Estimate(None, 0, 0, ahead, None)


class _Play:
    """The line played forward; a counter calls as soon as it is free and the hall open."""

    def __init__(
        self, line: Line, at: datetime, times: ServiceTimes, rules: QueueRules, sessions: Sessions, streak: int
    ) -> None:
        self.line, self.at, self.times, self.rules, self.sessions = line, at, times, rules, sessions
        self.first_streak = streak

    def calls(self, desks: Sequence[Desk]) -> Iterable[tuple[Waiting, datetime, float]]:
        """Each call in the order of time: who, when, and how uncertain that moment is (seconds squared)."""
        free = [(*self._free(desk), index) for index, desk in enumerate(desks)]
        heapq.heapify(free)
        streaks: dict[frozenset[str], int] = {}
        while free and len(self.line):
            moment, variance, index = heapq.heappop(free)
            desk = desks[index]
            streak = streaks.get(desk.own, self.first_streak)
            choice = choose(desk, self.line, moment, self.rules, streak)
            if choice.ticket is None:
                if choice.again_at is not None:
                    heapq.heappush(free, (self._open(max(moment, choice.again_at)), variance, index))
                continue
            called = choice.ticket
            self.line.remove(called)
            streaks[desk.own] = streak_after(streak, called)
            yield called, moment, variance
            mean, more = self.times.expected(called.queue, called.item, desk.counter)
            heapq.heappush(free, (self._open(moment + timedelta(seconds=mean)), variance + more, index))

    def _free(self, desk: Desk) -> tuple[datetime, float]:
        start = max(self.at, desk.opens_at) if desk.opens_at else self.at
        if desk.serving is None:
            return self._open(start), 0.0
        mean, variance = self._left(desk.serving, desk.counter)
        return self._open(start + timedelta(seconds=mean)), variance

    def _left(self, serving: Serving, counter: str) -> tuple[float, float]:
        mean, variance = self.times.expected(serving.queue, serving.item, counter)
        gone = max(0.0, (self.at - serving.begun_at).total_seconds()) if serving.begun_at else 0.0
        return max(mean - gone, STILL * mean), variance

    def _open(self, moment: datetime) -> datetime:
        """The moment itself when the hall is open, else the next opening of the day; after the last closing time goes on."""
        for start, end in self.sessions:
            if moment < end:
                return max(start, moment)
        return moment
