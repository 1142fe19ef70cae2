"""The first page of a centre: open or not, how long one waits, what people come for, what is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, Value, When

from shouwen.assessment import queries as assessment
from shouwen.cases.models import Case
from shouwen.catalogue import queries as catalogue
from shouwen.core.clock import local
from shouwen.org import queries as org
from shouwen.org.models import Center
from shouwen.reception import queries as reception
from shouwen.workcalendar import queries as workcalendar

COMMON, LOOK_BACK = 8, timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Front:
    """`closed` says why the hall does not serve now and when it does, "" while open; `common` are versions as `catalogue.listed`
    gives them, the most asked for first."""

    center: Center
    is_open: bool
    day_label: str
    hours: str
    closed: str
    waiting: int | None
    minutes: int | None
    lines: int
    queues: str
    common: list[Any]
    items: int
    months: list[Any]


def centers() -> list[Center]:
    """Every centre of this installation, by name."""
    return sorted(org.centers(), key=lambda center: center.name)


def front(center: Center, at: datetime) -> Front:
    """At most twelve queries, whatever the centre has set up so far."""
    today = local(at).date()
    table = workcalendar.day_table(center)
    is_open = table.is_open_at(at)
    hours = " ".join(f"{start:%H:%M}—{end:%H:%M}" for start, end in table.hours_on(today))
    waits = reception.hall(center, at, (), 0).queues if is_open else []
    minutes = [one.wait.bounds[1] for one in waits if one.wait.seconds is not None]
    return Front(
        center=center,
        is_open=is_open,
        day_label=str(table.kind(today)),
        hours=hours,
        closed=reception.closed(center, at) if hours and not is_open else "",
        waiting=sum(one.waiting for one in waits) if waits else None,
        minutes=max(minutes, default=None),
        lines=len(minutes),
        queues="，".join(f"{one.queue.name} {one.waiting} 人" for one in waits if one.waiting),
        common=common(center, today, at),
        items=catalogue.items(center, today).order_by().count(),
        months=assessment.posted(center),
    )


def common(center: Center, on: date, at: datetime) -> list[Any]:
    """What was asked for most in the last two months, filled up from the catalogue; three queries."""
    since = Case.objects.of(center).filter(received_at__gte=at - LOOK_BACK)
    counted = since.order_by().values("item").annotate(n=Count("pk")).order_by("-n", "item")
    wanted = list(counted.values_list("item", flat=True)[:COMMON])
    rows = catalogue.listed(center, catalogue.Filter(), on)
    places = [When(item=item, then=Value(number)) for number, item in enumerate(wanted)]
    first = rows.annotate(place=Choose(*places, default=Value(COMMON), output_field=IntegerField()))
    return list(first.order_by("place", "field", "name", "id")[:COMMON]) if wanted else list(rows[:COMMON])


def month(center: Center, first: date) -> Any:
    """One posted month as it hangs on the wall ("1.2"), None when it is not posted."""
    return assessment.posted_month(center, first)
