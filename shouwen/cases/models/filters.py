"""A filter of the case list somebody keeps under a name."""

from __future__ import annotations

from django.db import models

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def filter_code() -> str:
    return new_code("SL")


class SavedFilter(TenantModel):
    """One person's named filter; `choices` are the fields of `forms.CaseFilter` that are set."""

    code = models.CharField("编号", max_length=16, default=filter_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="所有人")
    name = models.CharField("名称", max_length=20)
    choices = models.JSONField("条件", default=dict)
    ended_at = models.DateTimeField("删去时间", null=True, blank=True)

    class Meta:
        verbose_name = "常用筛选"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="saved_filter_code"),
            models.UniqueConstraint(
                fields=["center", "member", "name"], condition=models.Q(ended_at__isnull=True), name="saved_filter_name"
            ),
        ]
