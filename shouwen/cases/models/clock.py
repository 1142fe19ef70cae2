"""What stopped, lengthened or shortened a clock, what was told once and for all, and what was broken."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def breach_code() -> str:
    return new_code("WX")


def ground_code() -> str:
    return new_code("TB")


class CorrectionNotice(TenantModel):
    """一次性告知: every open line at once, then the list is locked; a second one needs a reason and a superior ("4.3.2", L20)."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="correction_notices", db_index=False)
    number = models.PositiveSmallIntegerField("第几次")
    lines = models.JSONField("告知的材料", default=list)
    told_at = models.DateTimeField("告知时间")
    told_by = models.CharField("告知人", max_length=30)
    due_date = models.DateField("补正期限", null=True, blank=True)
    reason = models.CharField("再次告知的原因", max_length=200, blank=True)
    approver = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    document_code = models.CharField(max_length=16, blank=True)
    fulfilled_at = models.DateTimeField("补齐时间", null=True, blank=True)

    class Meta:
        verbose_name = "一次性告知"
        constraints = [models.UniqueConstraint(fields=["center", "case", "number"], name="correction_notice_number")]


class Pause(TenantModel):
    """Time that by law is not counted: a ground from the closed list, told to the applicant in writing (K6, L8, L9)."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="pauses", db_index=False)
    ground = models.CharField("事由", max_length=24)
    ground_label = models.CharField(max_length=40)
    basis = models.CharField("依据", max_length=120)
    needed_days = models.PositiveSmallIntegerField("所需工作日")
    started_at = models.DateTimeField("起")
    ended_at = models.DateTimeField("止", null=True, blank=True)
    entered_at = models.DateTimeField("登记时间")
    approver = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    document_code = models.CharField(max_length=16, blank=True)
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "暂停"
        constraints = [
            models.UniqueConstraint(fields=["center", "case"], condition=Q(ended_at__isnull=True), name="pause_one_open"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="pause_order"),
        ]


class PauseGround(TenantModel):
    """A ground this centre adds to the closed list, with its legal basis, from a day on (K6). It ends, it is never deleted."""

    code = models.CharField("编号", max_length=16, default=ground_code)
    label = models.CharField("事由", max_length=40)
    basis = models.CharField("法律依据", max_length=120)
    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)
    entered_by = models.CharField("登记人", max_length=40)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "不计时限的事由"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="pause_ground_code"),
            models.CheckConstraint(condition=~Q(basis=""), name="pause_ground_basis"),
        ]


class Extension(TenantModel):
    """Once, before expiry, approved, told to the applicant (L12). `n` in the unit of the case."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="extensions", db_index=False)
    n = models.PositiveSmallIntegerField("延长")
    reason = models.CharField("理由", max_length=200)
    approver = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="批准人")
    at = models.DateTimeField("时间")
    document_code = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "延期"
        constraints = [models.UniqueConstraint(fields=["center", "case"], name="extension_once")]


class Expedite(TenantModel):
    """特事特办、急事急办 ("3.4"): a shorter promised budget with who asked, who approved and why; the original stays visible (K11)."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="expedites", db_index=False)
    n = models.PositiveSmallIntegerField("承诺时限缩短为")
    reason = models.CharField("理由", max_length=200)
    requested_by = models.CharField("提出人", max_length=60)
    approver = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="批准人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "急办"
        indexes = [models.Index(fields=["center", "case", "at"], name="expedite_case")]


class CaseCalendar(TenantModel):
    """The mark of the calendar the dates of this centre's cases were made with; when it differs, they are moved (L4)."""

    digest = models.CharField(max_length=32)

    class Meta:
        verbose_name = "时限所依的日历"
        constraints = [models.UniqueConstraint(fields=["center"], name="case_calendar_center")]


class Warned(TenantModel):
    """One rung of the warning ladder, fired once for a clock (L15)."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField("钟", max_length=20)
    rung = models.CharField("级", max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "提醒"
        constraints = [models.UniqueConstraint(fields=["center", "case", "clock", "rung"], name="warned_once")]


class Breach(TenantModel):
    """Something owed was not done in time or in order. It survives completion and later calendar edits (L5, "3.3", "4.3.2")."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "逾期未告知，视同受理"
        SECOND_NOTICE = "second_notice", "再次告知"
        PROMISED = "promised", "超承诺时限"
        STATUTORY = "statutory", "超法定时限"
        DELIVERY = "delivery", "逾期未送达"
        JOINT_TASK = "joint_task", "会办逾期"
        FEE = "fee", "收费问题"

    class Cause(models.TextChoices):
        NONE = "", "未申述"
        CLAIMED = "claimed", "已申述"
        ACCEPTED = "accepted", "有正当理由"
        REJECTED = "rejected", "理由不成立"
        WITHDRAWN = "withdrawn", "经查不成立"

    code = models.CharField("编号", max_length=16, default=breach_code)
    case = TenantForeignKey(Case, models.PROTECT, related_name="breaches", db_index=False)
    kind = models.CharField("种类", max_length=14, choices=Kind)
    source = models.CharField("来源", max_length=60, help_text="同一来源只记一次")
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    member_name = models.CharField(max_length=30)
    clause = models.CharField("依据", max_length=12)
    words = models.CharField("事实", max_length=200)
    at = models.DateTimeField("发生时间")
    cause = models.CharField("申述", max_length=10, choices=Cause, blank=True, default="")
    claim = models.CharField("申述理由", max_length=300, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ruling = models.CharField("认定说明", max_length=300, blank=True)
    ruled_by = models.CharField("认定人", max_length=30, blank=True)
    ruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "违反事实"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="case_breach_code"),
            models.UniqueConstraint(fields=["center", "case", "source"], name="case_breach_source"),
        ]
        indexes = [
            models.Index(fields=["center", "at"], name="case_breach_at"),
            models.Index(fields=["center", "member", "at"], name="case_breach_member"),
        ]

    def __str__(self) -> str:
        return self.words
