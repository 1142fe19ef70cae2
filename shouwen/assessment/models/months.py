"""A month's way: provisional → frozen → posted → final ("1.2"), each posting, and what goes before the cadre meeting ("1.5", "1.8")."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def month_code() -> str:
    return new_code("KH")


def posting_code() -> str:
    return new_code("GS")


def agenda_code() -> str:
    return new_code("YC")


class Month(TenantModel):
    """The assessment of one month. Moves forward only, each step by a person ("1.9": who did it is on record).

    `month` is its first day. `rulebook` is fixed when the month is frozen: a past month is always computed by the
    version then in force ("1.10"). `roster` is who was assessed, as the engine was told at freezing. `edition` counts
    the sets of results: a posted set never changes, an upheld objection makes a new one.
    """

    class State(models.TextChoices):
        PROVISIONAL = "provisional", "暂定"
        FROZEN = "frozen", "已冻结"
        POSTED = "posted", "已公示"
        FINAL = "final", "已定案"

    code = models.CharField("编号", max_length=16, default=month_code)
    month = models.DateField("月份")
    state = models.CharField("状态", max_length=12, choices=State, default=State.PROVISIONAL)
    rulebook = TenantForeignKey(
        "rulebook.Rulebook", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="制度版本"
    )
    edition = models.PositiveSmallIntegerField("结果版次", default=1)
    workdays = models.PositiveSmallIntegerField("工作日", default=0)
    roster = models.JSONField("参评名单", default=list)
    stops = models.JSONField("不能公示的原因", default=list)
    collected_at = models.DateTimeField("最近归集", null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.CharField("冻结人", max_length=40, blank=True)
    freezer = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.CharField("公示人", max_length=40, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    final_by = models.CharField("定案人", max_length=40, blank=True)

    class Meta:
        verbose_name = "考核月份"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="month_code"),
            models.UniqueConstraint(fields=["center", "month"], name="month_once"),
            models.CheckConstraint(condition=Q(state="provisional") | Q(rulebook__isnull=False), name="month_rulebook"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month.year}年{self.month.month}月"

    @property
    def key(self) -> str:
        """The month as the rules name it: 2026-10."""
        return f"{self.month:%Y-%m}"

    @property
    def is_settled(self) -> bool:
        """Frozen or later: what happens now pays in a later month."""
        return self.state != self.State.PROVISIONAL

    @property
    def is_posted(self) -> bool:
        return self.state in (self.State.POSTED, self.State.FINAL)


class Posting(TenantModel):
    """One edition put on the wall ("1.2"). A corrected edition is a new posting; the old one stays on record."""

    code = models.CharField("编号", max_length=16, default=posting_code)
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="月份")
    edition = models.PositiveSmallIntegerField("版次")
    posted_at = models.DateTimeField("公示时间")
    posted_by = models.CharField("公示人", max_length=40)
    until_date = models.DateField("异议截止日", null=True, blank=True, help_text="班子会没有定异议期限时为空（R18）")
    reason = models.CharField("更正原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "公示"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="posting_code"),
            models.UniqueConstraint(fields=["center", "month", "edition"], name="posting_edition"),
        ]


class AgendaItem(TenantModel):
    """Open criticism due before all town cadres: a person ("1.5") or a department ("1.8") below zero.

    Appears on posting, in the month R22 names; withdrawn when an objection lifts the score.
    """

    class State(models.TextChoices):
        OPEN = "open", "待通报"
        ANNOUNCED = "announced", "已通报"
        WITHDRAWN = "withdrawn", "已撤销"

    code = models.CharField("编号", max_length=16, default=agenda_code)
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="考核月份")
    meeting_month = models.DateField("应在哪月通报")
    outcome = models.CharField("后果", max_length=60)
    clause = models.CharField("条款", max_length=12)
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    department = TenantForeignKey("org.Department", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    subject = models.CharField("对象编号", max_length=16)
    subject_name = models.CharField("对象", max_length=60)
    total = models.DecimalField("得分", max_digits=24, decimal_places=10)
    text = models.CharField("内容", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    listed_at = models.DateTimeField("列入时间")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField("办理人", max_length=40, blank=True)
    closed_note = models.CharField("会议或撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "大会通报事项"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="agenda_code"),
            models.UniqueConstraint(
                fields=["center", "month", "outcome", "subject"],
                condition=Q(state__in=["open", "announced"]),
                name="agenda_once",
            ),
        ]
        indexes = [models.Index(fields=["center", "state", "meeting_month"], name="agenda_state")]
