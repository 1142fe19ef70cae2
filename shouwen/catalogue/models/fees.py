"""The schedule of fees: what is not in it cannot be asked ("3.5")."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from shouwen.catalogue.models.items import Item
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def fee_code() -> str:
    return new_code("SF")


class Fee(TenantModel):
    """One row of the schedule, dated, with its legal basis. Money is in fen. Without an item it holds for every item.

    `reductions` is a list of {"name", "percent" (how much is left off), "basis"}.
    """

    code = models.CharField("编号", max_length=16, default=fee_code)
    item = TenantForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="fees", db_index=False, verbose_name="事项"
    )
    name = models.CharField("收费项目", max_length=60)
    amount = models.PositiveIntegerField("标准（分）")
    unit = models.CharField("计费单位", max_length=12, help_text="证、份、页……")
    cap = models.PositiveIntegerField("最高（分）", null=True, blank=True)
    reductions = models.JSONField("减免情形", default=list, blank=True)
    basis = models.CharField("收费依据", max_length=200)
    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)
    entered_by = models.CharField("登记人", max_length=40)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "收费"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="fee_code"),
            models.CheckConstraint(condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")), name="fee_order"),
            models.CheckConstraint(condition=~Q(basis=""), name="fee_basis"),
        ]
        indexes = [models.Index(fields=["center", "item", "active_from"], name="fee_item")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_date(self) -> date | None:
        """The last day on which it may be charged, as people write it."""
        return self.active_to - timedelta(days=1) if self.active_to else None
