"""Leave asked beforehand, who approves it, who covers ("1.4.1")."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.org.models import Role
from shouwen.rules.leaves import HALF_NAMES
from shouwen.rules.numbering import new_code


def leave_code() -> str:
    return new_code("QJ")


class Leave(TenantModel):
    """From a half day to a half day, both inside. The reason is for the approvers alone: lists of others never show it.

    `returned_date`/`returned_half` is the last half day really taken (销假); empty means as asked.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", "公假"
        PERSONAL = "personal", "事假"
        SICK = "sick", "病假"
        OUTING = "outing", "临时外出"
        ANNUAL = "annual", "休假"

    class Half(models.TextChoices):
        AM = "am", "上午"
        PM = "pm", "下午"

    class State(models.TextChoices):
        PENDING = "pending", "审批中"
        APPROVED = "approved", "已批准"
        REJECTED = "rejected", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        CANCELLED = "cancelled", "已取消"

    class Cover(models.TextChoices):
        NONE = "none", "无须代班"
        ASKED = "asked", "待代班人确认"
        ACCEPTED = "accepted", "代班人已确认"
        DECLINED = "declined", "代班人未接受"

    class Form(models.TextChoices):
        ORAL = "oral", "口头"
        WRITTEN = "written", "书面"

    code = models.CharField("编号", max_length=16, default=leave_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="请假人")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    start_date = models.DateField("起")
    start_half = models.CharField("起半天", max_length=2, choices=Half, default=Half.AM)
    end_date = models.DateField("止")
    end_half = models.CharField("止半天", max_length=2, choices=Half, default=Half.PM)
    starts_at = models.DateTimeField("首个工作时刻")
    ends_at = models.DateTimeField("末个工作时刻")
    half_days = models.PositiveSmallIntegerField("工作半天数")
    form = models.CharField("请假方式", max_length=8, choices=Form)
    reason = models.CharField("事由", max_length=300)
    evidence = models.CharField("附件", max_length=48, blank=True)
    cover = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="代班人"
    )
    cover_state = models.CharField("代班", max_length=10, choices=Cover, default=Cover.NONE)
    covered_at = models.DateTimeField("代班答复时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    ladder = models.CharField("审批依据", max_length=160, blank=True)
    is_backdated = models.BooleanField("补假", default=False)
    backdated_reason = models.CharField("补假理由", max_length=200, blank=True)
    filed_by = models.CharField("登记人", max_length=40)
    filed_at = models.DateTimeField()
    returned_date = models.DateField("销假:实际止", null=True, blank=True)
    returned_half = models.CharField(max_length=2, choices=Half, blank=True)
    returned_at = models.DateTimeField("销假时间", null=True, blank=True)

    class Meta:
        verbose_name = "请假"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="leave_code"),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="leave_order"),
            models.CheckConstraint(condition=Q(cover__isnull=True) | ~Q(cover=F("member")), name="leave_cover_other"),
        ]
        indexes = [
            models.Index(fields=["center", "member", "start_date"], name="leave_member"),
            models.Index(fields=["center", "state", "start_date"], name="leave_state"),
            models.Index(fields=["center", "cover", "cover_state"], name="leave_cover"),
            models.Index(fields=["center", "filed_at"], name="leave_filed"),
        ]

    @property
    def last_date(self) -> date:
        return self.returned_date or self.end_date

    @property
    def last_half(self) -> str:
        return self.returned_half or self.end_half

    @property
    def words(self) -> str:
        """11月23日上午至11月24日下午: what was really taken."""
        first, last = self.start_date, self.last_date
        begin = f"{first.month}月{first.day}日{HALF_NAMES[self.start_half]}"
        if (first, self.start_half) >= (last, self.last_half):
            return begin
        day = "" if first == last else f"{last.month}月{last.day}日"
        return f"{begin}至{day}{HALF_NAMES[self.last_half]}"

    @property
    def days(self) -> str:
        """Working days asked for: 0.5, 2."""
        return f"{self.half_days / 2:g}"

    @property
    def source(self) -> str:
        """How other apps name this leave."""
        return f"attendance.leave:{self.code}"


class LeaveApproval(TenantModel):
    """One step of the ladder, in order; a later step waits for the earlier ones."""

    class State(models.TextChoices):
        WAITING = "waiting", "待批"
        APPROVED = "approved", "同意"
        REJECTED = "rejected", "不同意"

    leave = TenantForeignKey(Leave, models.PROTECT, related_name="approvals", db_index=False, verbose_name="请假")
    order = models.PositiveSmallIntegerField("次序")
    role = models.CharField("审批角色", max_length=20)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    member = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="审批人"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "请假审批"
        constraints = [models.UniqueConstraint(fields=["center", "leave", "order"], name="leave_approval_order")]
        indexes = [models.Index(fields=["center", "state", "role"], name="leave_approval_state")]

    @property
    def role_name(self) -> str:
        return Role(self.role).label if self.role in Role.values else self.role
