"""Working the slots out again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from shouwen.attendance.models import SlotResult
from shouwen.attendance.queries.judging import rows_of
from shouwen.attendance.queries.material import Material
from shouwen.audit.actions import record
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.org.models import Member

RECENT = timedelta(days=62)
KEY = ("member_id", "date", "session", "side")
TOLD = ("due_at", "state", "minutes", "reading", "text", "fact", "fact_text", "covers", "punched_at", "correct_until")


@transaction.atomic
def recompute(*, start: date, end: date, by: Actor, at: datetime, only: Member | None = None) -> int:
    """Work out every slot from `start` to `end` inclusive from punches, leave, corrections and the rules then in force.

    Idempotent and set-based: returns the number of rows that changed, 0 the second time. `only` limits it to one person.
    Slot results are derived, so a slot that is no longer due goes; punches, leave and corrections never do.
    依据: 一(一)、一(三)1、一(三)2、一(四)1 ("1.1", "1.3.1", "1.3.2", "1.4.1")
    """
    material = Material(by.center, start, end + timedelta(days=1), at, only)
    fresh = {_key(row): row for person in material.people() for row in rows_of(material, person)}
    known = SlotResult.objects.of(by.center).filter(date__range=(start, end))
    if only is not None:
        known = known.filter(member=only)
    # Plain values: a month of a hall is thousands of slots, and nearly none has changed.
    rows = known.values_list(*KEY, *TOLD, "pk")
    stored = {row[: len(KEY)]: row[len(KEY) :] for row in rows}
    gone = [told[-1] for key, told in stored.items() if key not in fresh]
    changed = [row for key, row in fresh.items() if key not in stored or _told(row) != stored[key][:-1]]
    if gone:
        SlotResult.objects.of(by.center).filter(pk__in=gone).delete()
    SlotResult.objects.bulk_create(
        changed,
        batch_size=500,
        update_conflicts=True,
        update_fields=TOLD,
        unique_fields=["center", "member", "date", "session", "side"],
    )
    count = len(gone) + len(changed)
    if count:
        record(by=by, at=at, verb="attendance.slots.recompute", label=f"{start} 至 {end}", detail={"changed": count})
    return count


def recompute_recent(*, first: datetime | None, last: datetime | None, by: Actor, at: datetime) -> int:
    """The same for the days between two moments, as far as they lie in the last two months; what is older is worked out
    when the assessment asks. Everybody's following gaps count too, so it goes on to today. "1.1"
    """
    if first is None or last is None:
        return 0
    today = local(at).date()
    start = max(local(first).date(), today - RECENT)
    return recompute(start=start, end=today, by=by, at=at) if start <= today else 0


def _key(row: SlotResult) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in KEY)


def _told(row: SlotResult) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in TOLD)
