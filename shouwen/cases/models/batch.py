"""A stored batch: one action over many cases, with a reason, a result per case, and a way to go on after an interruption (L31)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def batch_code() -> str:
    return new_code("PL")


class Batch(TenantModel):
    """What somebody asked for over many cases. `options` is what the action is told beside the case, in JSON."""

    class Action(models.TextChoices):
        HAND_OVER = "hand_over", "移交给同事"
        URGE = "urge", "督促承办人"
        POST = "post", "邮寄送达"
        RECOMPUTE = "recompute", "重算时限"

    class Status(models.TextChoices):
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        STOPPED = "stopped", "已停止"

    code = models.CharField("编号", max_length=16, default=batch_code)
    action = models.CharField("操作", max_length=12, choices=Action)
    options = models.JSONField("参数", default=dict)
    words = models.CharField("说明", max_length=120)
    reason = models.CharField("原因", max_length=200)
    asked_by = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="发起人")
    asked_name = models.CharField(max_length=30)
    asked_at = models.DateTimeField("发起时间")
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.RUNNING)
    size = models.PositiveIntegerField("件数")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    token = models.CharField("提交标识", max_length=36, blank=True)

    class Meta:
        verbose_name = "批量办理"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="batch_code"),
            models.UniqueConstraint(fields=["center", "token"], condition=~Q(token=""), name="batch_token"),
            models.CheckConstraint(condition=~Q(reason=""), name="batch_reason"),
            models.CheckConstraint(
                condition=Q(status="running", ended_at__isnull=True) | (~Q(status="running") & Q(ended_at__isnull=False)),
                name="batch_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "asked_at"], name="batch_asked"),
            models.Index(fields=["center", "status", "asked_at"], name="batch_status"),
        ]

    def __str__(self) -> str:
        return self.words


class BatchItem(TenantModel):
    """One case of a batch: checked again when its turn comes, done or refused in its own transaction."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待办"
        DONE = "done", "已办"
        REFUSED = "refused", "未办"

    batch = TenantForeignKey(Batch, models.PROTECT, related_name="items", db_index=False)
    case = TenantForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField("次序")
    options = models.JSONField("本件参数", default=dict)
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.WAITING)
    words = models.CharField("结果", max_length=200, blank=True)
    at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "批量办理的一件"
        constraints = [
            models.UniqueConstraint(fields=["center", "batch", "position"], name="batch_item_position"),
            models.UniqueConstraint(fields=["center", "batch", "case"], name="batch_item_case"),
        ]
        indexes = [models.Index(fields=["center", "batch", "status", "position"], name="batch_item_next")]
