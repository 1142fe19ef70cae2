"""Turning the key of the personal numbers while the hall works: new texts take the new key, old ones are sealed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from shouwen.audit.actions import record
from shouwen.core import privacy
from shouwen.core.actors import Actor

BATCH = 200


def reseal(*, by: Actor, at: datetime) -> int:
    """Seal every number of the actor's centre again that another than the newest key sealed; returns how many.

    In short transactions, each text by a conditional update, so a row somebody changes meanwhile keeps their change and is
    simply looked at again. Effects: sealed columns (every model field ending in `_sealed`), audit "reception.privacy.reseal".
    """
    done = sum(_column(model, field, by.center) for model, field in sealed_columns())
    if done:
        record(by=by, at=at, verb="reception.privacy.reseal", label=f"{done} 项", detail={"key": privacy.ring().current})
    return done


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that keeps sealed text, in any app: they all end alike and are bound to their row alike."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.endswith(privacy.ENDING):
                yield model, field.name


def left(center: Any) -> int:
    """How many texts of a centre still need an older key."""
    return sum(_old(model, field, center).count() for model, field in sealed_columns())


def _old(model: Any, field: str, center: Any) -> Any:
    current = Q(**{f"{field}__startswith": privacy.ring().current + "."})
    return model.objects.of(center).filter(~current & ~Q(**{field: ""}))


def _column(model: Any, field: str, center: Any) -> int:
    done = 0
    while rows := list(_old(model, field, center).only("pk", field)[:BATCH]):
        with transaction.atomic():
            done += sum(_one(model, row, field) for row in rows)
    return done


def _one(model: Any, row: Any, field: str) -> int:
    place, old = privacy.place(row, field), getattr(row, field)
    new = privacy.seal(privacy.unseal(old, row=place), row=place)
    changed: int = model.objects.of(row.center_id).filter(**{"pk": row.pk, field: old}).update(**{field: new})
    return changed
