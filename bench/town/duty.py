"""Years of keeping the hall."""

from __future__ import annotations

from datetime import time
from itertools import islice
from typing import Any

from bench.town.ground import TODAY, Town, fill, moment, past_days, waits
from shouwen.duty import models as duty


def duty_of(town: Town, rows: int) -> None:
    """A shift a day back from today, each handed over, asked to be swapped, cleaned three times and with one breach."""
    center, people = town.center, town.people
    of = lambda n: people[n % len(people)]  # noqa: E731
    days = [TODAY, *islice(past_days(), max(rows, 1) - 1)]
    shifts = [duty.Shift(center=center, date=day, kind="hall", member=of(n)) for n, day in enumerate(days)]
    shifts[0].opened_at = moment(TODAY, time(8, 15))
    fill(duty.Shift, shifts)
    fill(
        duty.OpeningCheck,
        [duty.OpeningCheck(center=center, shift=one, checker=one.member, checked_at=moment(one.date)) for one in shifts],
    )
    clean = dict.fromkeys(("spotless", "tidy", "spit_free", "clutter_free"), True)
    fill(
        duty.CleaningRecord,
        [
            duty.CleaningRecord(center=center, shift=one, checker=one.member, checked_at=moment(one.date), **clean)
            for one in shifts
        ],
    )
    fill(duty.Swap, [_swap(town, n, one) for n, one in enumerate(shifts)])
    fill(duty.ShiftHandover, [_handover(town, n, one) for n, one in enumerate(shifts)])
    fill(duty.Breach, [_breach(town, n, one) for n, one in enumerate(shifts)])


def _swap(town: Town, n: int, shift: Any) -> Any:
    leader = town.cast["周丽"]
    asker = shift.member if shift.member != leader else town.cast["孙会"]
    state = "asked" if waits(n) else "accepted"
    return duty.Swap(center=town.center, shift=shift, asker=asker, asked=leader, state=state, asked_at=moment(shift.date))


def _handover(town: Town, n: int, shift: Any) -> Any:
    giver, receiver = shift.member, town.cast["周丽"]
    giver = giver if giver != receiver else town.cast["孙会"]
    things = {"seals": "章 1 枚", "keys": "钥匙 2 把", "equipment": "正常"}
    state = "given" if waits(n) else "confirmed"
    at = moment(shift.date, time(17, 40))
    return duty.ShiftHandover(
        center=town.center, shift=shift, giver=giver, receiver=receiver, state=state, given_at=at, **things
    )


def _breach(town: Town, n: int, shift: Any) -> Any:
    state = "disputed" if waits(n) else "upheld"
    at = moment(shift.date)
    return duty.Breach(
        center=town.center, key=f"bench:{n}", clause="1.3.4", shift=shift, member=shift.member, date=shift.date,
        happened_at=at, text="开门迟了 6 分钟", state=state, replied_at=at if waits(n) else None,
    )  # fmt: skip
