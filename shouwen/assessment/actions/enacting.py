"""A new rulebook, tried on past months, then put in force from a month not yet settled ("1.10")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shouwen.assessment import queries
from shouwen.assessment.models import Month
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused
from shouwen.rulebook import actions as rulebook
from shouwen.rulebook.models import UNTRIED, Rulebook

CLAUSE = "1.10"


@transaction.atomic
def note_trial(*, draft: Rulebook, months: Sequence[Month], reason: str = "", by: Actor, at: datetime) -> None:
    """The trial of these months was looked at; without months, why not. Audit "rulebook.trial".

    Nobody can say that there is no past month: whether there is one is looked up. Where there is, a `reason` is needed, and the
    one who approves reads both. Refused otherwise. "1.10"
    """
    queries.require(by, "try", CLAUSE)
    queries.same_center(by, draft, *months)
    rulebook.note_trial(draft=draft, note=_trial_note(by.center, months, reason.strip()), by=by, at=at)


def _trial_note(center: Any, months: Sequence[Month], reason: str) -> str:
    if months:
        return "已看过试算:" + "、".join(str(month) for month in months)
    past = queries.trial_choices(center)
    if past and not reason:
        words = "、".join(word for _, word in past)
        raise Refused(f"有以往月份可试:{words}。请先试算;确不试算的,写明理由", CLAUSE)
    return f"{UNTRIED}{reason}" if past else "没有以往月份可试"


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
