"""A fair duty rota, and what may be changed in it by hand.

Members are any codes; days are those on which the duty runs (working days for the hall, rest days for holiday duty:
the caller's calendar says which). Serves clauses "1.3.4", "1.3.5", "1.3.6" (somebody definite answers for the hall on
each day) and "2.4" (a duty person on days off).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

CLAUSES = ("1.3.4", "1.3.5", "1.3.6", "2.4")
NOBODY: Mapping[date, Collection[str]] = {}


class RosterError(ValueError):
    """A change the roster does not allow; the message is Chinese and ready to show."""


class Turn(NamedTuple):
    """One day of duty; `member` is None when nobody is free, for a person to settle."""

    day: date
    member: str | None


class HolidayTurn(NamedTuple):
    """A rest day's duty person and the leader in charge (带班领导), never the same person."""

    day: date
    member: str | None
    leader: str | None


def rota(
    members: Sequence[str],
    days: Iterable[date],
    *,
    history: Sequence[str] = (),
    absent: Mapping[date, Collection[str]] = NOBODY,
) -> list[Turn]:
    """Whose turn it is on each of `days`, in order of date.

    `history` is who served before, oldest first: the turn goes on where it stopped. `absent` says who is away on which
    day. Whoever has served least in this run comes first, then whoever served longest ago, then the order of `members`;
    nobody gets two days running while another is free. With nobody away the counts differ by one at most.
    Raises RosterError when a member is named twice.
    """
    if len(set(members)) != len(members):
        raise RosterError("轮值人员重复")
    last = {member: index - len(history) for index, member in enumerate(history)}
    count, turns = dict.fromkeys(members, 0), []
    before = history[-1] if history else None
    order = {member: index for index, member in enumerate(members)}
    for step, day in enumerate(sorted(set(days))):
        free = [member for member in members if member not in absent.get(day, ())]
        rested = [member for member in free if member != before] or free
        chosen = min(rested, key=lambda m: (count[m], last.get(m, -len(history) - 1), order[m]), default=None)
        if chosen is not None:
            count[chosen] += 1
            last[chosen] = step
        before = chosen
        turns.append(Turn(day, chosen))
    return turns


def holiday_rota(
    members: Sequence[str],
    leaders: Sequence[str],
    days: Iterable[date],
    *,
    history: Sequence[str] = (),
    leader_history: Sequence[str] = (),
    absent: Mapping[date, Collection[str]] = NOBODY,
) -> list[HolidayTurn]:
    """Duty person and leader for each rest day, two fair rotas; a leader on duty himself does not lead that day."""
    duty = rota(members, days, history=history, absent=absent)
    taken = {turn.day: {*absent.get(turn.day, ()), *([turn.member] if turn.member else [])} for turn in duty}
    led = rota(leaders, [turn.day for turn in duty], history=leader_history, absent=taken)
    return [HolidayTurn(turn.day, turn.member, leader.member) for turn, leader in zip(duty, led, strict=True)]


def swap(turns: Sequence[Turn], one: date, other: date, *, absent: Mapping[date, Collection[str]] = NOBODY) -> list[Turn]:
    """The roster with two days exchanged. Raises RosterError when either person is away on the day they would take."""
    first, second = _turn(turns, one).member, _turn(turns, other).member
    if first == second:
        raise RosterError("两天是同一人值班,不用换班")
    return _given(_given(turns, one, second, absent), other, first, absent)


def substitute(turns: Sequence[Turn], day: date, member: str, *, absent: Mapping[date, Collection[str]] = NOBODY) -> list[Turn]:
    """The roster with `member` taking that day. Raises RosterError when he has it already or is away."""
    if _turn(turns, day).member == member:
        raise RosterError(f"{day} 本来就由此人值班")
    return _given(turns, day, member, absent)


def counts(turns: Iterable[Turn], members: Iterable[str]) -> dict[str, int]:
    """How many days each member has, for showing how even the roster is."""
    found = dict.fromkeys(members, 0)
    for turn in turns:
        if turn.member is not None:
            found[turn.member] = found.get(turn.member, 0) + 1
    return found


def _turn(turns: Sequence[Turn], day: date) -> Turn:
    for turn in turns:
        if turn.day == day:
            return turn
    raise RosterError(f"{day} 没有排班")


def _given(turns: Sequence[Turn], day: date, member: str | None, absent: Mapping[date, Collection[str]]) -> list[Turn]:
    if member is not None and member in absent.get(day, ()):
        raise RosterError(f"{day} 此人请假或外出,不能值班")
    return [Turn(day, member) if turn.day == day else turn for turn in turns]
