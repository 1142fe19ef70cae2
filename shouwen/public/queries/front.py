"""What outsiders may read of a centre: nothing that is not posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.assessment import queries as assessment
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Center
from shouwen.workcalendar import queries as workcalendar


@dataclass(frozen=True, slots=True)
class Front:
    """The first page of a centre: open or not, hours, the posted months."""

    center: Center
    is_open: bool
    day_label: str
    hours: str
    months: list[Any]


def centers() -> list[Center]:
    """Every centre of this installation, by name."""
    return sorted(org.centers(), key=lambda center: center.name)


def front(center: Center, at: datetime) -> Front:
    today = local(at).date()
    table = workcalendar.day_table(center)
    hours = " ".join(f"{start:%H:%M}—{end:%H:%M}" for start, end in table.hours_on(today))
    return Front(center, table.is_open_at(at), str(table.kind(today)), hours, assessment.posted(center))


def month(center: Center, first: date) -> Any:
    """One posted month as it hangs on the wall ("1.2"), None when it is not posted."""
    return assessment.posted_month(center, first)
