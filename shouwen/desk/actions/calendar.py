"""A change of the calendar and the dates it moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from shouwen.cases import actions as cases
from shouwen.core.actors import Actor
from shouwen.workcalendar.queries import day_table


def change_calendar(*, change: Callable[..., Any], draft: Any, by: Actor, at: datetime) -> int:
    """Make the change, then move the dates of the centre's open cases, each with its reason ("3.3"); returns how many moved.

    Not one transaction: moving goes in pieces so that the hall works on, and the tick goes on where it was cut off. The other
    centres' cases follow a notice with their next tick.
    """
    old = day_table(by.center)
    change(draft=draft, by=by, at=at)
    reason = getattr(draft, "title", "") or getattr(draft, "reason", "") or "办公时间调整"
    return cases.move_dates(old=old, reason=str(reason)[:80], by=by, at=at)
