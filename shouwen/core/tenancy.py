"""Every row belongs to one centre (house.md §12, T1–T23)."""

from __future__ import annotations

import os
import time
import uuid
from typing import Any, Self

from django.db import models


def uuid7() -> uuid.UUID:
    """Time-ordered UUID (RFC 9562), made in Python: no sequence, the same ids on every database."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return uuid.UUID(int=value)


class TenantQuerySet(models.QuerySet[Any]):
    def of(self, center: Any) -> Self:
        """Rows of one centre; the only way to begin a query on tenant data."""
        return self.filter(center_id=getattr(center, "pk", center))


class TenantForeignKey(models.ForeignKey):
    """A foreign key between rows of one centre."""


class TenantModel(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    center = models.ForeignKey("org.Center", models.PROTECT, related_name="+", db_index=False, verbose_name="中心")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
