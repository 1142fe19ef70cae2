"""What a screen of the hall shows."""

from __future__ import annotations

from typing import Any

from shouwen.assessment import queries as assessment
from shouwen.org.models import Center


def newest(center: Center) -> Any:
    """The month that hangs on the wall now ("1.2"), None before the first posting."""
    posted = assessment.posted(center)
    return assessment.posted_month(center, posted[0].month) if posted else None
