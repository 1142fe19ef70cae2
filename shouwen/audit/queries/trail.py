"""Reading the trail of one centre."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from shouwen.audit.models import INSTALLATION, Head, Record, TrailQuerySet


def chain_of(center: Any) -> UUID:
    """The chain's id: of a center, of a center's id, or of the installation for None."""
    key: UUID = INSTALLATION if center is None else getattr(center, "pk", center)
    return key


def newest(center: Any) -> int:
    """The pulse: number of the newest record of a centre, 0 before the first. One row by primary key."""
    return Head.objects.filter(center_id=chain_of(center)).values_list("seq", flat=True).first() or 0


def records(
    center: Any,
    *,
    verb: str = "",
    result: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> TrailQuerySet:
    """Records of a centre (None: of the installation), newest first; `verb` is the beginning of one, `until` exclusive."""
    found = Record.objects.filter(center_id=chain_of(center))
    if verb:
        found = found.filter(verb__startswith=verb)
    if result:
        found = found.filter(result=result)
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    return found.order_by("-seq")  # type: ignore[return-value]


def history(obj: Any) -> TrailQuerySet:
    """What happened to one row of a centre, oldest first."""
    return Record.objects.filter(center_id=obj.center_id, object_id=str(obj.pk)).order_by("seq")  # type: ignore[return-value]
