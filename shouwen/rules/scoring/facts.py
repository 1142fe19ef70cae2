"""A fact: one thing that happened, as every area reports it to the assessment."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

VERIFIED = "verified"
PENDING = "pending"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"
STATUSES = (VERIFIED, PENDING, REJECTED, WITHDRAWN)

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One event about one subject. Serves clauses 1.1, 1.3, 1.4 and 1.9.

    `id` is stable (area and source id, e.g. "attendance:slot:4711"), so that collecting twice changes
    nothing. `subject` is the code of a member, department, window, station, centre or assessor.
    `date` is the local day it happened (Asia/Shanghai); it places the fact in counters. `booked`, when
    given, is the day whose period pays instead (a finding or correction after the month was closed).
    `count` is in the unit of the item (次, 人次, 件, 半天); `minutes` and `days` are durations;
    `value` is a rate, rating, percentage or amount; `level` a source, severity or patrol level.
    `points` is a person's choice within a discretionary range, unsigned, with `reason`.
    `group` names one event that broke several rules (reading R13: the heavier counts).
    `attrs` carries anything else a rulebook may ask for: "concealed_by", "signer", "leave", …
    Only a verified fact counts; a pending one waits and is listed.
    """

    id: str
    kind: str
    subject: str
    date: datetime.date
    at: datetime.datetime | None = None
    count: Decimal = ONE
    minutes: Decimal | int | None = None
    days: Decimal | None = None
    value: Decimal | None = None
    level: str | None = None
    status: str = VERIFIED
    points: Decimal | None = None
    reason: str = ""
    group: str | None = None
    booked: datetime.date | None = None
    attrs: Mapping[str, object] = field(default_factory=dict)
