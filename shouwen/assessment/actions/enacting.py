"""A new rulebook, tried on past months, then put in force from a month not yet settled ("1.10")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shouwen.assessment import queries
from shouwen.assessment.models import Month
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.rulebook import actions as rulebook
from shouwen.rulebook.models import Rulebook

CLAUSE = "1.10"


@transaction.atomic
def note_trial(*, draft: Rulebook, months: Sequence[Month], reason: str = "", by: Actor, at: datetime) -> None:
    """The trial of these months was looked at, or `reason` says why there is none. Audit "rulebook.trial"."""
    queries.require(by, "try", CLAUSE)
    queries.same_center(by, draft, *months)
    note = (
        "已看过试算:" + "、".join(str(month) for month in months)
        if months
        else f"未试算:{reason.strip()}"
        if reason.strip()
        else ""
    )
    rulebook.note_trial(draft=draft, note=note, by=by, at=at)


@transaction.atomic
def put_in_force(*, draft: Rulebook, active_from: date, by: Actor, at: datetime) -> Rulebook:
    """The draft holds from the first of a month on, so that each month is counted by one version.

    Refused for a day within a month and for a month already frozen: what was counted stays as it was ("1.10"). Effects: those
    of `rulebook.actions.put_in_force`.
    """
    queries.require(by, "enact", CLAUSE)
    if active_from.day != 1:
        raise Refused("施行日须为某月1日,使每个月只按一版制度计算", CLAUSE)
    latest = queries.latest_settled(by.center)
    if latest is not None and active_from <= latest:
        raise Refused(f"{latest.year}年{latest.month}月已冻结,施行日须在其后;已公示的月份始终按当时的制度", CLAUSE)
    return rulebook.put_in_force(draft=draft, active_from=active_from, by=by, at=at)
