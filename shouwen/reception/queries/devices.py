"""Reads of the hall's machines and screens."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from shouwen.core.prepared import Prepared
from shouwen.core.tenancy import TenantQuerySet
from shouwen.reception.models import HallDevice


def hall_devices(center: Any) -> TenantQuerySet:
    """Those that stand there, kiosks first, by name."""
    return HallDevice.objects.of(center).filter(ended_at__isnull=True).order_by("kind", "name")


def hall_device(center: Any, code: str, kind: str = "") -> HallDevice | None:
    """One of a centre's by its code, None when it is not there (any more) or of another kind."""
    rows = hall_devices(center).filter(code=code)
    return (rows.filter(kind=kind) if kind else rows).first()


def paired_device(center: Any, token: str) -> HallDevice | None:
    """The device whose cookie holds the token; a locked one too: it says so."""
    if not token:
        return None
    found: HallDevice | None = _PAIRED.first(center.pk, hashlib.sha256(token.encode()).hexdigest())
    return found


_PAIRED = Prepared(
    lambda center, digest: HallDevice.objects.of(center).filter(token_digest=digest, ended_at__isnull=True), UUID, str
)
