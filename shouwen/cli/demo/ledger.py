"""The old ledger of 青山镇: cases that were over before the hall had this program."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from shouwen.cases import actions as cases
from shouwen.cases.actions import PastCase
from shouwen.cli.demo.hall import CLERKS, FIRST, Hall
from shouwen.cli.demo.people import moment
from shouwen.core.actors import system
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table


def past(hall: Hall, count: int) -> None:
    """So many cases of the first three weeks, each ended, taken over in one go."""
    chance, table = random.Random(5), day_table(hall.cast.center)
    versions = [version for version in hall.versions.values() if version.counters and not version.is_joint]
    found = [_past_case(hall, chance, table, versions, n) for n in range(count)]
    at = moment(date(2026, 11, 4), "18:10")
    cases.record_past_cases(cases=found, by=system(hall.cast.center, "原台账"), at=at)


def _past_case(hall: Hall, chance: random.Random, table: DayTable, versions: list[Any], n: int) -> PastCase:
    version = chance.choice(versions)
    number = version.counters[0].counter.number
    start = table.add(FIRST, chance.randrange(0, 16)).date
    received = moment(start, f"{chance.choice((8, 9, 9, 10, 10, 11, 14, 15, 16))}:{chance.randrange(31, 59)}")
    took = 0 if version.promised_unit != "workday" else chance.randrange(1, max(2, version.promised_limit))
    decided = received + timedelta(minutes=25) if not took else moment(table.add(start, min(took, 9)).date, "16:20")
    delivered = (
        decided + timedelta(minutes=4) if not took else moment(table.add(decided.date(), chance.randrange(0, 2)).date, "17:05")
    )
    clerk = hall.clerk(min(number, 5), n) if number in CLERKS else hall.cast["周丽"]
    return PastCase(
        version=version, person=chance.choice(hall.people), member=clerk, counter_label=str(hall.counters[number]),
        received_at=received, decided_at=decided, delivered_at=delivered,
    )  # fmt: skip
