"""How a result reached the applicant (送达回证)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel


class Delivery(TenantModel):
    """The result handed over, sent or left: who took it, in which relation, or who refused and who witnessed it (民事诉讼法 87–95)."""

    class Way(models.TextChoices):
        COUNTER = "counter", "窗口领取"
        POST = "post", "邮寄送达"
        DOOR = "door", "上门送达"

    case = TenantForeignKey(Case, models.PROTECT, related_name="deliveries", db_index=False)
    way = models.CharField("送达方式", max_length=10, choices=Way)
    place = models.CharField("送达地点", max_length=120)
    receiver = models.CharField("收件人", max_length=60)
    relation = models.CharField("与受送达人关系", max_length=20, default="本人")
    refusal = models.CharField("拒收事由", max_length=200, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    note = models.CharField("备注", max_length=200, blank=True, help_text="邮寄的写快递单号")
    delivered_at = models.DateTimeField("送达时间")
    delivered_by = models.CharField("送达人", max_length=40)
    document_code = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "送达"
        constraints = [
            models.UniqueConstraint(fields=["center", "case"], name="delivery_case"),
            models.CheckConstraint(condition=Q(refusal="") | ~Q(witness=""), name="delivery_refusal_witnessed"),
        ]
