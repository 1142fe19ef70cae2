"""The warning ladder of a clock, as data: which rungs are due, in which order, and when the next one is.

A rung is told once for a clock (the caller keeps what was told and claims it before sending, L15); rungs that were skipped come
in order; while a clock is paused none is due, and the first reading after the resume says which is next (L18). When a clock
gets a new budget (extension, expedite) it gets a new ladder, without the rungs it had already passed. Clause "3.3".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import count as numbers
from typing import NamedTuple

from shouwen.rules.clock.counting import counting
from shouwen.rules.clock.story import NAMES, Reading
from shouwen.rules.workdays import ZONE, DayTable, local_time

MINUTE = timedelta(minutes=1)
SHARE, LEFT, DUE, OVER, EVERY = "share", "left", "due", "over", "every"


@dataclass(frozen=True, slots=True)
class Rung:
    """`share`: n percent used; `left`: n working days left; `due`: the last day; `over`: n working days over, 0 the moment the
    limit runs out; `every`: each further n working days over. `code` is what the caller stores, at most 12 characters."""

    code: str
    kind: str
    n: int = 0


class Call(NamedTuple):
    """One rung to tell: the key to store for this clock, the local moment it fell due, and the words."""

    key: str
    at: datetime
    words: str


DAY_LADDER = (
    Rung("half", SHARE, 50),
    Rung("left3", LEFT, 3),
    Rung("left1", LEFT, 1),
    Rung("due", DUE),
    Rung("over", OVER, 1),
    Rung("late", EVERY, 5),
)
"""过半、剩 3 个工作日、剩 1 个工作日、当日到期、超期 1 个工作日、每再超期 5 个工作日。"""

OPEN_LADDER = (
    Rung("half", SHARE, 50),
    Rung("most", SHARE, 80),
    Rung("out", OVER, 0),
    Rung("over", OVER, 1),
    Rung("late", EVERY, 5),
)
"""Of limits in opening time: 过半、用去八成、时限用完,以后同上。"""


def ladder_of(reading: Reading) -> tuple[Rung, ...]:
    """The default ladder of the clock's unit."""
    return DAY_LADDER if reading.in_days else OPEN_LADDER


def rungs_due(
    table: DayTable, reading: Reading, at: datetime, told: Collection[str], ladder: Sequence[Rung] | None = None
) -> list[Call]:
    """The rungs to tell at `at`, those first that fell due first; `told` are the keys already stored for this clock.

    `reading` must have been taken at `at`. None while the clock is paused.
    """
    if reading.is_paused:
        return []
    now = local_time(at)
    found: list[Call] = []
    for call in _calls(table, reading, ladder):
        if call.at > now:
            break
        if call.key not in told:
            found.append(call)
    return found


def next_event_at(
    table: DayTable, reading: Reading, told: Collection[str], ladder: Sequence[Rung] | None = None
) -> datetime | None:
    """When the sweep must look at this clock again: the local moment of the first rung not told yet, which may have passed (L17).

    None while paused: resuming asks anew (L18).
    """
    if reading.is_paused:
        return None
    return next((call.at for call in _calls(table, reading, ladder) if call.key not in told), None)


def _calls(table: DayTable, reading: Reading, ladder: Sequence[Rung] | None) -> Iterator[Call]:
    """All rungs of this clock in order of time; with an `every` rung there is no end to them."""
    rungs = ladder_of(reading) if ladder is None else ladder
    fixed = [spot for rung in rungs if rung.kind != EVERY for spot in _fixed(table, reading, rung)]
    # Sorting is stable: rungs of one moment that use as much keep the order of the ladder.
    repeated = (_repeated(table, reading, rung) for rung in rungs if rung.kind == EVERY)
    for _, _, call in merge(sorted(fixed, key=_order), *repeated, key=_order):
        yield call


Spot = tuple[datetime, int, Call]
"""When, how much is used by then, and what to tell."""


def _order(spot: Spot) -> tuple[datetime, int]:
    return spot[:2]


def _fixed(table: DayTable, reading: Reading, rung: Rung) -> Iterator[Spot]:
    """Where on this clock the rung lies; nowhere when the limit is too short for it or it was passed under the old budget."""
    if rung.kind == SHARE:
        used = -(-reading.budget * rung.n // 100)
        if reading.renewed < used < reading.budget:
            words = "时限过半" if rung.n == 50 else f"时限已用 {rung.n}%"
            yield _spot(reading, rung.code, _reached(table, reading, used), used, words)
    elif rung.kind == LEFT:
        used = reading.budget - rung.n
        if reading.in_days and reading.renewed < used:
            words = f"剩 {rung.n} 个{NAMES[reading.limit.unit]}"
            yield _spot(reading, rung.code, _reached(table, reading, used), used, words)
    elif rung.kind == DUE:
        yield _spot(reading, rung.code, _opening(table, reading, reading.due), reading.budget, "今天到期")
    elif rung.n == 0:
        # At the due moment itself there is still time; a minute later there is none.
        yield _spot(reading, rung.code, reading.due_at + MINUTE, reading.budget, "时限已用完")
    else:
        yield _over(table, reading, rung.code, rung.n)


def _repeated(table: DayTable, reading: Reading, rung: Rung) -> Iterator[Spot]:
    for days in numbers(rung.n, rung.n):
        yield _over(table, reading, f"{rung.code}:{days}", days)


def _over(table: DayTable, reading: Reading, code: str, days: int) -> Spot:
    day = table.add(reading.due, days, local=reading.local).date
    return _spot(reading, code, _opening(table, reading, day), reading.budget + days, f"已超期 {days} 个工作日")


def _spot(reading: Reading, code: str, at: datetime, used: int, words: str) -> Spot:
    key = f"{code}@{reading.budget}" if reading.was_renewed else code
    return at, used, Call(key, at, words)


def _reached(table: DayTable, reading: Reading, used: int) -> datetime:
    """When so much is used: the opening of that day, or the very minute."""
    counter = counting(table, reading.limit, local=reading.local)
    point = counter.after(reading.since, max(0, used - reading.used_before)).point
    return point if isinstance(point, datetime) else _opening(table, reading, point)


def _opening(table: DayTable, reading: Reading, day: date) -> datetime:
    return table.opens_at(day, local=reading.local) or datetime.combine(day, time(), ZONE)
