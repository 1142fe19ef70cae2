"""Service after the certificate (证后服务): asking how it went, and telling in time that a certificate runs out ("2.2")."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def follow_up_code() -> str:
    return new_code("HF")


class FollowUp(TenantModel):
    """One call or visit owed after delivery, by one person, from a day and by a moment; done with what came of it."""

    class Kind(models.TextChoices):
        AFTERCARE = "aftercare", "证后回访"
        EXPIRY = "expiry", "证照到期提醒"

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        VISIT = "visit", "上门"
        COUNTER = "counter", "当面"
        MESSAGE = "message", "短信或网上"

    class Result(models.TextChoices):
        NONE = "", "未办"
        CONTENT = "content", "使用正常、满意"
        HELPED = "helped", "有问题，已帮助解决"
        OPEN = "open", "有问题，需再跟进"
        UNREACHED = "unreached", "未联系上"
        TOLD = "told", "已提醒"

    code = models.CharField("编号", max_length=16, default=follow_up_code)
    case = TenantForeignKey(Case, models.PROTECT, related_name="follow_ups", db_index=False)
    kind = models.CharField("种类", max_length=10, choices=Kind)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    member_name = models.CharField(max_length=30)
    plan = models.CharField("回访内容", max_length=200, blank=True)
    planned_by = models.CharField("安排人", max_length=40)
    planned_at = models.DateTimeField("安排时间")
    from_date = models.DateField("从哪天起办")
    due_at = models.DateTimeField("应办时刻")
    way = models.CharField("方式", max_length=10, choices=Way, blank=True)
    result = models.CharField("结果", max_length=10, choices=Result, blank=True, default="")
    text = models.CharField("情况", max_length=300, blank=True)
    done_by = models.CharField("办理人", max_length=40, blank=True)
    done_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "证后服务"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="follow_up_code"),
            models.UniqueConstraint(
                fields=["center", "case", "kind"], condition=Q(done_at__isnull=True), name="follow_up_one_open"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, result="") | (Q(done_at__isnull=False) & ~Q(result="")),
                name="follow_up_done_with_result",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "member", "from_date"], condition=Q(done_at__isnull=True), name="follow_up_owed"),
            models.Index(fields=["center", "due_at"], condition=Q(done_at__isnull=True), name="follow_up_due"),
            models.Index(fields=["center", "case"], name="follow_up_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"
