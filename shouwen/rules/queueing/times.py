"""How long a visit takes at which counter: learned, and careful where little is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FALLBACK_MINUTES = 10
WEIGHT = 5
"""So many visits must be seen before what was seen weighs as much as what was assumed."""
SPREAD = 0.6
"""Assumed standard deviation as a share of the mean, before anything is known."""
LONGEST = 4 * 3600
"""Seconds; a longer visit is a forgotten finish, not a service time."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Of `count` visits: mean in seconds and variance in seconds squared."""

    count: int
    mean: float
    variance: float


Key = tuple[str, str, str]
"""Queue, item and counter; "" for any."""


@dataclass(slots=True)
class ServiceTimes:
    """`learned` by (queue, item, counter), `ordinary` minutes of a queue as set by the centre."""

    learned: Mapping[Key, Learned] = field(default_factory=dict)
    ordinary: Mapping[str, float] = field(default_factory=dict)
    _known: dict[Key, tuple[float, float]] = field(default_factory=dict)

    def expected(self, queue: str, item: str, counter: str) -> tuple[float, float]:
        """Mean and variance, in seconds, of a visit for `item` at `counter`.

        Begins with the queue's ordinary minutes and is drawn to what was seen: in the queue, at this counter, for this item,
        for this item at this counter; each by how often it was seen.
        """
        key = queue, item, counter
        if key not in self._known:
            mean = float(self.ordinary.get(queue, FALLBACK_MINUTES)) * 60
            variance = (SPREAD * mean) ** 2
            for level in dict.fromkeys([(queue, "", ""), (queue, "", counter), (queue, item, ""), key]):
                seen = self.learned.get(level)
                if seen is not None and seen.count > 0:
                    share = seen.count / (seen.count + WEIGHT)
                    mean += share * (seen.mean - mean)
                    variance += share * (seen.variance - variance)
            self._known[key] = mean, variance
        return self._known[key]


def learn(visits: Iterable[tuple[str, str, str, float]]) -> dict[Key, Learned]:
    """Means and variances on every level from visits (queue, item, counter, seconds); idle and forgotten ones are left out."""
    seconds: dict[Key, list[float]] = defaultdict(list)
    for queue, item, counter, spent in visits:
        if 0 < spent <= LONGEST:
            for level in dict.fromkeys([(queue, "", ""), (queue, "", counter), (queue, item, ""), (queue, item, counter)]):
                seconds[level].append(spent)
    return {level: _summary(values) for level, values in seconds.items()}


def _summary(values: list[float]) -> Learned:
    count, mean = len(values), sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (count - 1) if count > 1 else (SPREAD * mean) ** 2
    return Learned(count, mean, variance)
