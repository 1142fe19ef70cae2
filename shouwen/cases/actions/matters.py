"""What a case tells the matter it belongs to: that it became a case, and that it is settled ("4.2")."""

from __future__ import annotations

from datetime import datetime

from shouwen.cases.models import Case
from shouwen.core.actors import Actor
from shouwen.reception import actions as reception
from shouwen.reception.models import Matter


def begin(case: Case, *, by: Actor, at: datetime) -> None:
    """The matter goes on as a case, held as before."""
    reception.mark_accepted(matter=case.matter, item=case.item, by=by, at=at)


def close(case: Case, *, by: Actor, at: datetime) -> None:
    """The case has ended, and with it the matter; whoever held it holds it no more."""
    reception.close_matter(matter=case.matter, outcome=Matter.Outcome.ACCEPTED.value, by=by, at=at)
