"""What one person asks for and another must approve: a second notice, a back-dated pause, an extension, an expedite."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def approval_code() -> str:
    return new_code("SP")


class Approval(TenantModel):
    """Asked for by the one who handles the case, decided by a superior; only then does it happen (L9, L12, L14, L20).

    `data` is what the action is to be called with, in JSON.
    """

    class Kind(models.TextChoices):
        SECOND_NOTICE = "second_notice", "再次告知"
        PAUSE = "pause", "补记暂停"
        EXTENSION = "extension", "延期"
        EXPEDITE = "expedite", "急办"

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "不同意"
        WITHDRAWN = "withdrawn", "已撤回"

    code = models.CharField("编号", max_length=16, default=approval_code)
    case = TenantForeignKey(Case, models.PROTECT, related_name="approvals", db_index=False)
    kind = models.CharField("事项", max_length=14, choices=Kind)
    data = models.JSONField(default=dict)
    words = models.CharField("请示内容", max_length=200)
    reason = models.CharField("理由", max_length=200)
    asked_by = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="请示人")
    asked_at = models.DateTimeField("请示时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    decided_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "请示"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="case_approval_code"),
            models.UniqueConstraint(
                fields=["center", "case", "kind"], condition=Q(state="asked"), name="case_approval_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(state="withdrawn") | ~Q(decided_by=F("asked_by")),
                name="case_approval_other",
            ),
        ]
        indexes = [models.Index(fields=["center", "state", "asked_at"], name="case_approval_open")]

    def __str__(self) -> str:
        return self.words
