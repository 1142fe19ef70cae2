"""The only clock of Shouwen: views, API and commands read it, everything below is told `at`."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

DEMO_OPENING = time(9, 12)


def now() -> datetime:
    """This moment as an aware UTC datetime.

    In a demo (`SHOUWEN_DEMO_DATE`) time starts at 09:12 local time of the demo date when the server starts
    (`SHOUWEN_DEMO_EPOCH`, seconds since 1970, set by `shouwen serve`) and runs on from there.
    """
    real = datetime.now(UTC)
    if not settings.DEMO_DATE:
        return real
    start = datetime.combine(date.fromisoformat(settings.DEMO_DATE), DEMO_OPENING, timezone.get_default_timezone())
    epoch = float(os.environ.get("SHOUWEN_DEMO_EPOCH", "0")) or real.timestamp()
    return start.astimezone(UTC) + timedelta(seconds=max(0.0, real.timestamp() - epoch))


def local(at: datetime) -> datetime:
    """`at` in the centre's local time; "today" is always `local(at).date()`."""
    return at.astimezone(timezone.get_default_timezone())


def is_of_month(day: date, at: datetime) -> bool:
    """Whether the day lies in the local month of the moment."""
    return (day.year, day.month) == (local(at).year, local(at).month)


def midnight(day: date) -> datetime:
    """When a local day begins, as an aware datetime."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())
