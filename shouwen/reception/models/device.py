"""What stands in the hall for everybody: machines that give numbers, and screens that show who is called."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import TenantModel
from shouwen.rules.numbering import new_code


def hall_device_code() -> str:
    return new_code("SB")


class HallDevice(TenantModel):
    """A kiosk or a hall screen, with what a centre sets for it. A kiosk gives numbers only after it was paired by a one-time code.

    `queues` are codes of queues (empty: all in force), `buttons` of a kiosk are [queue code, item code] pairs. Of the two
    secrets only digests are kept: `pair_digest` until it is used or `pair_until` is over, `token_digest` of the paired machine.
    """

    class Kind(models.TextChoices):
        KIOSK = "kiosk", "取号机"
        SCREEN = "screen", "大厅屏"

    code = models.CharField("编号", max_length=16, default=hall_device_code)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=30, help_text="放在哪里,如“东门取号机”")
    queues = models.JSONField("队列", default=list, blank=True)
    buttons = models.JSONField("常办事项", default=list, blank=True)
    rows = models.PositiveSmallIntegerField("最近叫号行数", default=5)
    notice = models.CharField("提示语", max_length=80, blank=True)
    pair_digest = models.CharField(max_length=64, blank=True)
    pair_until = models.DateTimeField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    paired_at = models.DateTimeField("登记时间", null=True, blank=True)
    locked_at = models.DateTimeField("停用时间", null=True, blank=True)
    made_by = models.CharField("设立人", max_length=40)
    made_at = models.DateTimeField("设立时间")
    ended_at = models.DateTimeField("撤除时间", null=True, blank=True)

    class Meta:
        verbose_name = "大厅设备"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="hall_device_code"),
            models.UniqueConstraint(fields=["center", "token_digest"], condition=~Q(token_digest=""), name="hall_device_token"),
            models.UniqueConstraint(fields=["center", "pair_digest"], condition=~Q(pair_digest=""), name="hall_device_pair"),
        ]

    def __str__(self) -> str:
        return self.name
