"""The terminal's log of the two months: plausible punches from a fixed seed, with what the story needs written in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from shouwen.cli.demo.people import NOT_ASSESSED, PEOPLE, moment

SEED = 20260803
# Who punched otherwise on which day: four entries (morning in, out, afternoon in, out); "" is no punch, None the usual.
Deviation = tuple[str | None, str | None, str | None, str | None]
LATE = {minutes: (f"08:{30 + minutes}", None, None, None) for minutes in range(1, 30)}
DAY_OFF: Deviation = ("", "", "", "")

SEPTEMBER: Mapping[tuple[str, int], Deviation] = {
    ("郑红", 3): LATE[4],
    ("郑红", 8): LATE[7],
    ("郑红", 14): LATE[2],
    ("郑红", 20): LATE[11],
    ("郑红", 28): LATE[5],
    ("吴芳", 10): LATE[6],
    ("陈晨", 16): LATE[3],
    ("林涛", 22): (None, None, None, "17:11"),
    ("马超", 29): LATE[9],
}
OCTOBER: Mapping[tuple[str, int], Deviation] = {
    ("李明", 16): LATE[4],
    ("王强", 13): (None, None, None, "17:05"),
    ("王强", 27): (None, None, None, "17:18"),
    ("陈晨", 15): LATE[8],
    ("陈晨", 21): LATE[2],
    **{("赵刚", day): LATE[minutes] for day, minutes in ((8, 12), (9, 6), (10, 15), (14, 3), (19, 21), (22, 8))},
    ("赵刚", 28): DAY_OFF,
    ("马超", 12): DAY_OFF,
    ("马超", 23): DAY_OFF,
    ("马超", 30): LATE[10],
    ("徐慧", 13): DAY_OFF,
    ("徐慧", 14): DAY_OFF,
    ("刘洋", 20): (None, None, None, ""),
    ("黄磊", 26): ("", "", None, None),
}
NOVEMBER: Mapping[tuple[str, int], Deviation] = {("李明", 3): LATE[4], ("林涛", 4): LATE[2]}


def attlog(days: Iterable[date], deviations: Mapping[tuple[str, int], Deviation], until: datetime | None = None) -> bytes:
    """An `attlog.dat` as the USB export writes it: PIN, time, status, verify and two zeros, by TAB, in order of time.

    One row is broken on purpose, as real logs are (the clock was lost after a power cut); nothing after `until` is written.
    """
    rows = []
    for day in days:
        for index, (name, *_rest) in enumerate(PEOPLE, 1):
            if name not in NOT_ASSESSED:
                rows += _day(index, day, deviations.get((name, day.day), (None, None, None, None)))
    rows = sorted((at, pin) for at, pin in rows if until is None or at <= until)
    lines = [f"{pin:02d}\t{at:%Y-%m-%d %H:%M:%S}\t255\t15\t0\t0" for at, pin in rows]
    if lines:
        lines.insert(len(lines) // 2, "07\t2000-01-01 00:03:11\t255\t15\t0\t0")
    return ("\r\n".join(lines) + "\r\n").encode()


def _day(pin: int, day: date, deviation: Deviation) -> list[tuple[datetime, int]]:
    # A generator a person and day: a change to one day of the story leaves every other punch as it was.
    chance = random.Random(f"{SEED}:{pin}:{day}")
    usual = (
        moment(day, "8:29") - timedelta(seconds=chance.randrange(0, 1500)),
        moment(day, "12:00") + timedelta(seconds=chance.randrange(5, 900)),
        moment(day, "13:59") - timedelta(seconds=chance.randrange(0, 1200)),
        moment(day, "17:30") + timedelta(seconds=chance.randrange(10, 1800)),
    )
    punches = []
    for at, text in zip(usual, deviation, strict=True):
        if text == "":
            continue
        punches.append((at if text is None else moment(day, text) + timedelta(seconds=chance.randrange(0, 59)), pin))
        if chance.random() < 0.02:  # a second press: face, then finger
            punches.append((punches[-1][0] + timedelta(seconds=2), pin))
    return punches
