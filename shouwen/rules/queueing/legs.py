"""What one leg of a visit came to, from its log alone: how long it waited, how long it was served, how long it kept a counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

AT_COUNTER = ("called", "serving")


@dataclass(frozen=True, slots=True)
class Leg:
    """Seconds. `waited` until the first call (None: never called), `handled` while served, `occupied` from the call that was
    answered to the end, parked time left out; `outcome` is the last state."""

    waited: float | None
    handled: float
    occupied: float
    outcome: str


def leg(log: Sequence[tuple[str, datetime]]) -> Leg:
    """From (state, entered at) in the order of time; a state lasts until the next entry, the last one has no length.

    >>> leg([("waiting", t0), ("called", t0 + 5 min), ("serving", t0 + 6 min), ("finished", t0 + 16 min)])
    waited 300, handled 600, occupied 660, "finished"
    """
    waited: float | None = None
    handled = occupied = calling = 0.0
    for (state, start), (following, end) in pairwise(log):
        length = (end - start).total_seconds()
        if following == "called" and waited is None:
            waited = (end - log[0][1]).total_seconds()
        if state == "called":
            calling += length
            if following not in AT_COUNTER:
                calling = 0.0
        if state == "serving":
            handled += length
            occupied += length + calling
            calling = 0.0
    return Leg(waited, handled, occupied, log[-1][0] if log else "")
