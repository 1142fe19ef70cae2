"""Filters somebody keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from shouwen.audit.actions import record
from shouwen.cases.models import SavedFilter
from shouwen.core.actors import Actor
from shouwen.core.errors import Refused, taken

MOST = 12


def save_filter(*, name: str, choices: dict[str, Any], by: Actor, at: datetime) -> SavedFilter:
    """Keep what the list shows now under a name of one's own.

    Refused without a name, when the name is in use or when twelve are kept already. Effects: SavedFilter, audit
    "cases.filter.save".
    """
    if not name.strip():
        raise Refused("请给这组条件起个名字,如“民政临期”")
    if SavedFilter.objects.of(by.center).filter(member=by.member, ended_at__isnull=True).count() >= MOST:
        raise Refused(f"常用筛选最多 {MOST} 个,请先删去不用的")
    try:
        with transaction.atomic():
            row = SavedFilter.objects.create(center=by.center, member=by.member, name=name.strip()[:20], choices=choices)
            record(by=by, at=at, verb="cases.filter.save", obj=row, label=row.name)
    except IntegrityError as error:
        raise Refused("这个名字已经用了,请换一个") from error
    return row


@transaction.atomic
def drop_filter(*, saved: SavedFilter, by: Actor, at: datetime) -> None:
    """Take a kept filter off the list. Effects: SavedFilter ended, audit "cases.filter.drop"."""
    if SavedFilter.objects.of(by.center).filter(pk=saved.pk, ended_at__isnull=True).update(ended_at=at) != 1:
        raise taken()
    record(by=by, at=at, verb="cases.filter.drop", obj=saved, label=saved.name)
