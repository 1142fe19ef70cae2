"""The trail: one append-only table, chained per centre, and the end of each chain.

No foreign keys: the trail outlives what it describes, and needs no other app.
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Sequence
from datetime import UTC
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import uuid7

# The chain of events that belong to no centre: failed logins, strangers, commands for the whole installation.
INSTALLATION = uuid.UUID(int=0)
# What the seal covers, in this order: every column but the seal itself.
SEALED = (
    "id", "center_id", "seq", "at", "actor_kind", "actor_id", "actor_label", "verb",
    "object_kind", "object_id", "object_code", "label", "detail", "result", "previous",
)  # fmt: skip
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def sealing_key() -> bytes:
    return str(settings.AUDIT_KEY).encode()


def seal(key: bytes, values: Sequence[Any]) -> str:
    """HMAC-SHA256 (64 hex digits) over the values of `SEALED`, `previous` included, in one unambiguous spelling."""
    row, center, seq, at, *texts = values
    text = _encode([row.hex, center.hex, seq, at.astimezone(UTC).isoformat(timespec="microseconds"), *texts])
    return hmac.digest(key, text.encode(), "sha256").hex()


class AppendOnly(TypeError):
    """Somebody tried to change or delete the trail: a bug, never an expected "no"."""


def refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise AppendOnly("The audit trail is append-only")


class TrailQuerySet(models.QuerySet["Record"]):
    """Reads only. New rows come from `audit.actions.record`, which holds the end of the chain."""

    update = delete = bulk_update = bulk_create = _update = _raw_delete = refuse  # type: ignore[assignment]


class Record(models.Model):
    """Who did what to which object when, with what result; `hash` seals the row and, through `previous`, all before it."""

    class Result(models.TextChoices):
        OK = "ok", "成功"
        REFUSED = "refused", "拒绝"
        FAILED = "failed", "失败"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    center_id = models.UUIDField("中心")
    seq = models.BigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=36, blank=True)
    actor_label = models.CharField("谁", max_length=60, blank=True)
    verb = models.CharField("动作", max_length=60)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=36, blank=True)
    object_code = models.CharField("编号", max_length=40, blank=True)
    label = models.CharField("对象", max_length=200, blank=True)
    detail = models.TextField(blank=True)
    result = models.CharField("结果", max_length=8, choices=Result, default=Result.OK)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = "审计记录"
        # save() of a stored row goes through the base manager: it must refuse too.
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["center_id", "seq"], name="audit_record_seq"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_record_first"),
            models.CheckConstraint(condition=Q(result__in=["ok", "refused", "failed"]), name="audit_record_result"),
        ]
        indexes = [models.Index(fields=["center_id", "object_id", "seq"], name="audit_record_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"

    delete = refuse  # type: ignore[assignment]

    @property
    def details(self) -> dict[str, Any]:
        """`detail` is kept as the very text that was sealed; this is what it says."""
        return json.loads(self.detail) if self.detail else {}


class Head(models.Model):
    """The end of a centre's chain. Whoever writes a record holds this row until the transaction ends: no gaps, no forks."""

    center_id = models.UUIDField("中心", primary_key=True)
    seq = models.BigIntegerField("序号", default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "审计链尾"
