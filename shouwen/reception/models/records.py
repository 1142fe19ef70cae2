"""What was said about a matter while it was held: calls, urgings, and complaints, which have a narrower door."""

from __future__ import annotations

from django.db import models

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.reception.models.inquiries import Matter
from shouwen.rules.numbering import new_code


def complaint_code() -> str:
    return new_code("TS")


class PhoneCall(TenantModel):
    """A call that settles a matter or moves it on: who was called, when, and what was agreed ("4.3.2.2")."""

    matter = TenantForeignKey(Matter, models.PROTECT, related_name="phone_calls", db_index=False)
    called = models.CharField("致电", max_length=60, help_text="哪个单位或窗口的哪一位")
    called_at = models.DateTimeField("通话时间")
    agreed = models.CharField("商定结果", max_length=300)
    is_settled = models.BooleanField("当场解决", default=False)
    by_name = models.CharField("通话人", max_length=40)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "电话协调"
        indexes = [models.Index(fields=["center", "matter", "called_at"], name="phone_call_matter")]


class Urging(TenantModel):
    """The first-asked follows the matter and urges whoever holds it ("4.2")."""

    matter = TenantForeignKey(Matter, models.PROTECT, related_name="urgings", db_index=False)
    to_name = models.CharField("督促谁", max_length=30)
    text = models.CharField("督促内容", max_length=200)
    by_name = models.CharField("督促人", max_length=40)
    urged_at = models.DateTimeField("督促时间")

    class Meta:
        verbose_name = "跟踪督促"
        indexes = [models.Index(fields=["center", "matter", "urged_at"], name="urging_matter")]


class RegisteredComplaint(TenantModel):
    """A complaint brought to the counter: an outcome of its matter, kept apart so that the accused never reads it ("4.2")."""

    code = models.CharField("编号", max_length=16, default=complaint_code)
    matter = TenantForeignKey(Matter, models.PROTECT, related_name="complaints", db_index=False)
    against = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被投诉人")
    against_words = models.CharField("被投诉的人或单位", max_length=60, blank=True)
    text = models.TextField("投诉内容")
    registered_by = models.CharField("登记人", max_length=40)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "投诉登记"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="registered_complaint_code"),
            models.UniqueConstraint(fields=["center", "matter"], name="registered_complaint_matter"),
        ]
        indexes = [models.Index(fields=["center", "registered_at"], name="registered_complaint_at")]

    def __str__(self) -> str:
        return self.code
