"""The year's verdict ("1.6", "1.7"): numbers from the rule, decisions from people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def year_code() -> str:
    return new_code("ND")


class Year(TenantModel):
    """A closed year: made once all its months that have people to assess are posted; its results never change."""

    code = models.CharField("编号", max_length=16, default=year_code)
    year = models.PositiveSmallIntegerField("年度")
    rulebook = TenantForeignKey("rulebook.Rulebook", models.PROTECT, related_name="+", db_index=False, verbose_name="制度版本")
    closed_at = models.DateTimeField("算定时间")
    closed_by = models.CharField("算定人", max_length=40)

    class Meta:
        verbose_name = "考核年度"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="year_code"),
            models.UniqueConstraint(fields=["center", "year"], name="year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度"


class YearResult(TenantModel):
    """One person's year. `months` maps "2026-10" to that month's points as text, null where not assessed.

    `line` is what the total is held against (R7), `mean` the points per assessed month ("last" is ranked by it), `cut`
    the points by which the executor's reward is cut ("1.9").
    """

    year = TenantForeignKey(Year, models.PROTECT, related_name="+", db_index=False, verbose_name="年度")
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="人员")
    name = models.CharField("姓名", max_length=30)
    unit = models.CharField("部门", max_length=40, blank=True)
    is_vertical = models.BooleanField("条管单位", default=False)
    months = models.JSONField("各月得分", default=dict)
    assessed = models.PositiveSmallIntegerField("参评月数")
    total = models.DecimalField("年度总分", max_digits=24, decimal_places=10, null=True, blank=True)
    exact = models.CharField("年度总分(精确)", max_length=80, blank=True)
    mean = models.DecimalField("月均", max_digits=24, decimal_places=10, null=True, blank=True)
    line = models.DecimalField("合格线", max_digits=10, decimal_places=4, null=True, blank=True)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    is_below = models.BooleanField("低于合格线", default=False)
    is_last = models.BooleanField("末位(含并列)", default=False)
    cut = models.DecimalField("奖金核减分", max_digits=12, decimal_places=4, default=0)
    outcomes = models.JSONField("后果", default=list)
    flags = models.JSONField("备注", default=list)

    class Meta:
        verbose_name = "年度结果"
        constraints = [models.UniqueConstraint(fields=["center", "year", "member"], name="year_result_once")]


class YearDecision(TenantModel):
    """What people decided about one who is below the line and last ("1.7": 视具体情况): the choice, and why."""

    class Choice(models.TextChoices):
        STANDBY = "standby", "列入待岗名单"
        TRANSFER = "transfer", "建议上级主管部门调离"
        NONE = "none", "不作处理"

    result = TenantForeignKey(YearResult, models.PROTECT, related_name="+", db_index=False, verbose_name="年度结果")
    choice = models.CharField("决定", max_length=10, choices=Choice)
    reason = models.CharField("理由", max_length=500)
    decision = TenantForeignKey("org.Decision", models.PROTECT, related_name="+", db_index=False, verbose_name="班子会决定")
    decided_by = models.CharField("记录人", max_length=40)
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField("被新决定取代", null=True, blank=True)

    class Meta:
        verbose_name = "年度决定"
        constraints = [
            models.UniqueConstraint(fields=["center", "result"], condition=Q(ended_at__isnull=True), name="year_decision_live")
        ]
