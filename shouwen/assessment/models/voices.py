"""What people say to the numbers: objections, findings of misconduct, later adjustments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.assessment.models.ledger import Entry
from shouwen.assessment.models.months import Month
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def objection_code() -> str:
    return new_code("YY")


def finding_code() -> str:
    return new_code("RD")


def adjustment_code() -> str:
    return new_code("TZ")


class Objection(TenantModel):
    """A person contests a line of the own ledger before the month is final ("1.2"); somebody else answers ("1.9")."""

    class State(models.TextChoices):
        OPEN = "open", "待答复"
        UPHELD = "upheld", "异议成立"
        DISMISSED = "dismissed", "维持原结果"
        WITHDRAWN = "withdrawn", "本人撤回"

    code = models.CharField("编号", max_length=16, default=objection_code)
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="月份")
    entry = TenantForeignKey(Entry, models.PROTECT, related_name="+", db_index=False, verbose_name="哪一笔")
    fact = models.CharField("事实编号", max_length=160)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="提出人")
    text = models.CharField("理由", max_length=1000)
    evidence = models.CharField("证据", max_length=48, blank=True)
    raised_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    reply = models.CharField("答复", max_length=1000, blank=True)
    answerer = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "异议"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="objection_code"),
            models.UniqueConstraint(fields=["center", "entry"], condition=Q(state="open"), name="objection_open_once"),
            models.CheckConstraint(condition=Q(answerer__isnull=True) | ~Q(answerer=F("member")), name="objection_other"),
        ]
        indexes = [
            models.Index(fields=["center", "state", "raised_at"], name="objection_state"),
            models.Index(fields=["center", "member", "raised_at"], name="objection_member"),
        ]


class Finding(TenantModel):
    """The leadership meeting finds that an executor cheated in assessing ("1.9"): an offence of somebody was concealed.

    The concealed offence becomes a fact of the person concerned, booked in the month of the finding; the executor
    loses double, and at year end the reward is cut by the same points.
    """

    code = models.CharField("编号", max_length=16, default=finding_code)
    decision = TenantForeignKey("org.Decision", models.PROTECT, related_name="+", db_index=False, verbose_name="班子会决定")
    executor = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="考核执行人")
    concerned = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="被隐瞒人")
    kind = models.CharField("被隐瞒的事", max_length=60)
    fact_date = models.DateField("发生日期")
    count = models.DecimalField("数量", max_digits=8, decimal_places=2, default=1)
    minutes = models.PositiveSmallIntegerField("分钟", null=True, blank=True)
    account = models.CharField("经过", max_length=1000)
    found_date = models.DateField("认定日期")
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="计入月份")
    recorded_by = models.CharField("记录人", max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "弄虚作假认定"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="finding_code"),
            models.CheckConstraint(condition=~Q(executor=F("concerned")), name="finding_two_people"),
        ]
        indexes = [models.Index(fields=["center", "found_date"], name="finding_date")]


class Adjustment(TenantModel):
    """After a month is final only an entry in a later month puts something right ("1.2"); another person confirms it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待确认"
        CONFIRMED = "confirmed", "已入账"
        REJECTED = "rejected", "未确认"

    code = models.CharField("编号", max_length=16, default=adjustment_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="对象")
    about = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="更正哪个月")
    points = models.DecimalField("分值", max_digits=8, decimal_places=2, help_text="正数加分,负数扣分")
    reason = models.CharField("理由", max_length=500)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    month = TenantForeignKey(
        Month, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="计入月份"
    )
    proposer = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="提出人")
    proposed_at = models.DateTimeField()
    confirmer = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "更正"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="adjustment_code"),
            models.CheckConstraint(condition=~Q(points=0), name="adjustment_points"),
            models.CheckConstraint(
                condition=Q(confirmer__isnull=True) | ~Q(confirmer=F("proposer")), name="adjustment_two_people"
            ),
            models.CheckConstraint(condition=~Q(proposer=F("member")), name="adjustment_not_own"),
        ]
        indexes = [models.Index(fields=["center", "state"], name="adjustment_state")]
