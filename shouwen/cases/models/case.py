"""The case (办件): one per accepted or receivable request, with the version of the item it was received under."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def case_code() -> str:
    return new_code("QS")


class Case(TenantModel):
    """What a citizen is owed, from the receipt on ("3.3").

    Receipt (收件) is not acceptance (受理). Who answers for it is the holder of `matter` (`reception.queries.holder_of`), and
    nowhere else. `due_at`, `statutory_due_at`, `delivery_due_at`, `current_due_at`, `is_provisional` and `next_event_at` are
    projections of the ledger (pauses, extensions, expedites) for lists and the sweep, written by `actions.story` alone; while
    paused they say the date if it had been resumed on the day it was paused. Overdue is always computed on read (L6).
    """

    class Status(models.TextChoices):
        RECEIVED = "received", "已收件"
        CORRECTION = "correction", "待补正"
        ACCEPTED = "accepted", "办理中"
        DECIDED = "decided", "已办结待送达"
        DELIVERED = "delivered", "已送达"
        DECLINED = "declined", "不予受理"
        RETURNED = "returned", "已退件"
        WITHDRAWN = "withdrawn", "已撤回"

    class Decision(models.TextChoices):
        NONE = "", "未决定"
        GRANTED = "granted", "准予"
        REFUSED = "refused", "不予"
        DONE = "done", "办结"

    code = models.CharField("办件编号", max_length=16, default=case_code)
    matter = TenantForeignKey("reception.Matter", models.PROTECT, related_name="+", db_index=False, verbose_name="首问事项")
    version = TenantForeignKey("catalogue.ItemVersion", models.PROTECT, related_name="+", verbose_name="事项版本")
    item = TenantForeignKey("catalogue.Item", models.PROTECT, related_name="+", db_index=False, verbose_name="事项")
    item_name = models.CharField("事项名称", max_length=120)
    official_kind = models.CharField("办件类型", max_length=10)
    handling = models.CharField("办理方式", max_length=16)
    department = TenantForeignKey("org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="承办部门")
    counter_label = models.CharField("窗口", max_length=60, blank=True)
    person = TenantForeignKey("reception.Person", models.PROTECT, related_name="+", db_index=False, verbose_name="申请人")
    person_name = models.CharField("申请人姓名", max_length=60)
    agent = TenantForeignKey("reception.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理人")
    situations = models.JSONField("适用情形", default=list)
    delivery = models.CharField("领取方式", max_length=10, default="counter")
    status = models.CharField("状态", max_length=12, choices=Status, default=Status.RECEIVED)
    revision = models.PositiveIntegerField(
        "序号", default=0, help_text="最后一条办理记录的序号；改动须从它出发，两人同时办只有一人成"
    )
    received_at = models.DateTimeField("收件时间")
    completed_at = models.DateTimeField("材料交齐时间", null=True, blank=True)
    renewal_date = models.DateField(
        "原证有效期至", null=True, blank=True, help_text="延续申请：到这天仍未答复视为准予（行政许可法第50条）"
    )
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    is_deemed = models.BooleanField("视同受理", default=False)
    is_tolerated = models.BooleanField("容缺受理", default=False)
    clock_date = models.DateField("时限起点", null=True, blank=True, help_text="这一天不计入；第一天是下一个工作日（K1、K3）")
    unit = models.CharField("承诺时限单位", max_length=8, default="workday")
    statutory_unit = models.CharField("法定时限单位", max_length=8, default="workday")
    statutory_n = models.PositiveIntegerField("法定时限", null=True, blank=True)
    promised_n = models.PositiveIntegerField("承诺时限")
    due_at = models.DateTimeField("应办结时刻（承诺）", null=True, blank=True)
    statutory_due_at = models.DateTimeField("应办结时刻（法定）", null=True, blank=True)
    current_due_at = models.DateTimeField(
        "当前时限", help_text="此刻走着的那个钟的到期时刻：告知（收件后）、办结（受理后）或送达（决定后）"
    )
    is_provisional = models.BooleanField("暂定", default=False, help_text="日历尚未公布到应办结日（K10）")
    paused_at = models.DateTimeField("暂停起", null=True, blank=True)
    is_expedited = models.BooleanField("急办", default=False)
    next_event_at = models.DateTimeField("下一提醒", null=True, blank=True)
    decision = models.CharField("办理结果", max_length=8, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    result_number = models.CharField("结果文号", max_length=60, blank=True)
    result_expires = models.DateField("结果有效期至", null=True, blank=True)
    delivery_due_at = models.DateTimeField("应送达时刻", null=True, blank=True)
    delivered_at = models.DateTimeField("送达时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    token = models.CharField("提交标识", max_length=36, blank=True)
    search_words = models.TextField("检索用语", blank=True, help_text="queries.search_words 写成，按名字查办件用")

    class Meta:
        verbose_name = "办件"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="case_code"),
            models.UniqueConstraint(fields=["center", "matter"], name="case_matter"),
            models.UniqueConstraint(fields=["center", "token"], condition=~Q(token=""), name="case_token"),
        ]
        indexes = [
            models.Index(fields=["center", "received_at", "code"], name="case_received"),
            models.Index(fields=["center", "current_due_at", "code"], condition=Q(ended_at__isnull=True), name="case_open"),
            models.Index(
                fields=["center", "department", "current_due_at", "code"],
                condition=Q(ended_at__isnull=True),
                name="case_department",
            ),
            models.Index(fields=["center", "status", "received_at", "code"], name="case_status"),
            models.Index(fields=["center", "next_event_at"], name="case_next_event"),
            models.Index(fields=["center", "decided_at"], condition=Q(decided_at__isnull=False), name="case_decided"),
            models.Index(fields=["center", "person"], name="case_person"),
            models.Index(fields=["center", "agent"], condition=Q(agent__isnull=False), name="case_agent"),
            models.Index(fields=["center", "item", "received_at"], name="case_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_name} {self.code}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class ChecklistLine(TenantModel):
    """One material of a case, frozen from the version and the situations when it was received (L19)."""

    class Status(models.TextChoices):
        MISSING = "missing", "未交"
        RECEIVED = "received", "已收"
        DEFECTIVE = "defective", "须更换"
        PROMISED = "promised", "容缺待补"
        WAIVED = "waived", "免交"

    case = TenantForeignKey(Case, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("材料", max_length=120)
    originals = models.PositiveSmallIntegerField("原件", default=0)
    copies = models.PositiveSmallIntegerField("复印件", default=0)
    where = models.CharField("去哪办", max_length=120, blank=True)
    is_required = models.BooleanField("必要", default=True)
    may_follow = models.BooleanField("可容缺", default=False)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.MISSING)
    defect = models.CharField("缺什么、错什么、应怎样", max_length=200, blank=True)
    checked_by = models.CharField("核对人", max_length=30, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    promised_date = models.DateField("容缺补交期限", null=True, blank=True)
    is_added = models.BooleanField("后来提出", default=False, help_text="首次告知之后才要的材料，须主管说明（L20）")

    class Meta:
        verbose_name = "材料"
        constraints = [models.UniqueConstraint(fields=["center", "case", "position"], name="checklist_position")]


class Event(TenantModel):
    """The append-only story of a case: replaying it gives the stored state. Corrections are entries, nothing is overwritten."""

    case = TenantForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    number = models.PositiveIntegerField("序号")
    kind = models.CharField("事件", max_length=24)
    at = models.DateTimeField("时间")
    by = models.CharField("经办", max_length=60)
    words = models.CharField("说明", max_length=300)
    clause = models.CharField("依据", max_length=12, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "办理记录"
        constraints = [models.UniqueConstraint(fields=["center", "case", "number"], name="event_number")]
