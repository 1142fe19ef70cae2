"""Joint matters (联办件): one clock for the citizen at the business section, one task with its own limit per department ("4.3.3")."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def joint_task_code() -> str:
    return new_code("HB")


class JointHandling(TenantModel):
    """That a case is handled jointly: who leads, who opened it, what was concluded. One level only: tasks have no tasks (L30)."""

    class Silence(models.TextChoices):
        """What the centre's own rule says about silence; shown, never acted upon."""

        NONE = "", "未设定"
        AGREED = "agreed", "逾期未答复的视为同意"
        ESCALATED = "escalated", "逾期未答复的报分管领导"

    case = TenantForeignKey(Case, models.PROTECT, related_name="joint_handlings", db_index=False)
    lead = TenantForeignKey("org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="牵头部门")
    lead_name = models.CharField(max_length=40)
    silence = models.CharField("超时默认处理", max_length=10, choices=Silence, blank=True, default="")
    opened_by = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="协调人")
    opened_name = models.CharField(max_length=30)
    opened_at = models.DateTimeField("发起时间")
    document_code = models.CharField("流转单", max_length=16, blank=True)
    conclusion = models.CharField("汇总结论", max_length=300, blank=True)
    concluded_by = models.CharField("汇总人", max_length=30, blank=True)
    concluded_at = models.DateTimeField("汇总时间", null=True, blank=True)

    class Meta:
        verbose_name = "联办"
        constraints = [models.UniqueConstraint(fields=["center", "case"], name="joint_handling_case")]
        indexes = [models.Index(fields=["center", "concluded_at", "opened_at"], name="joint_handling_open")]


class JointTask(TenantModel):
    """What one department has to answer, by when, and who there answers for it (K8).

    `member` is the head of the department until somebody takes it. `due_at` is a projection of told_at, `n` working days and
    the days the task waited for material, written by `actions.joint` alone. Names stay as they were (L26).
    """

    class Status(models.TextChoices):
        SENT = "sent", "待签收"
        SIGNED = "signed", "办理中"
        WAITING = "waiting", "待补材料"
        ANSWERED = "answered", "已答复"
        REROUTED = "rerouted", "已另定部门"

    class Result(models.TextChoices):
        NONE = "", "未答复"
        AGREE = "agree", "同意"
        REFUSE = "refuse", "不同意"

    OPEN = ("sent", "signed", "waiting")

    code = models.CharField("编号", max_length=16, default=joint_task_code)
    case = TenantForeignKey(Case, models.PROTECT, related_name="joint_tasks", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    department = TenantForeignKey("org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="会办部门")
    department_name = models.CharField(max_length=40)
    is_lead = models.BooleanField("牵头", default=False)
    is_mandatory = models.BooleanField("必须答复", default=True)
    subject = models.CharField("承办事项", max_length=120)
    attachments = models.CharField("附件", max_length=120, blank=True)
    n = models.PositiveSmallIntegerField("答复时限（工作日）")
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    member_name = models.CharField(max_length=30)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.SENT)
    result = models.CharField("意见", max_length=8, choices=Result, blank=True, default="")
    told_at = models.DateTimeField("送达时间")
    due_at = models.DateTimeField("应答复时刻")
    object_by = models.DateTimeField("异议期限")
    signed_by = models.CharField("签收人", max_length=30, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    taken_at = models.DateTimeField("认领时间", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    objection = models.CharField("分派异议", max_length=200, blank=True)
    objected_by = models.CharField("提出人", max_length=30, blank=True)
    objected_at = models.DateTimeField("提出时间", null=True, blank=True)
    ruling = models.CharField("异议处理", max_length=200, blank=True)
    ruled_by = models.CharField("处理人", max_length=30, blank=True)
    ruled_at = models.DateTimeField("处理时间", null=True, blank=True)
    replaces = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "会办任务"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="joint_task_code"),
            models.UniqueConstraint(fields=["center", "case", "position"], name="joint_task_position"),
            models.UniqueConstraint(
                fields=["center", "case", "department"], condition=~Q(status="rerouted"), name="joint_task_department"
            ),
            models.CheckConstraint(
                condition=Q(status="answered", answered_at__isnull=False, result__in=["agree", "refuse"])
                | (~Q(status="answered") & Q(answered_at__isnull=True, result="")),
                name="joint_task_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "status", "due_at"], name="joint_task_due"),
            models.Index(fields=["center", "department", "status", "due_at"], name="joint_task_unit"),
            models.Index(fields=["center", "member", "status"], name="joint_task_member"),
        ]

    def __str__(self) -> str:
        return f"{self.department_name}：{self.subject}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_disputed(self) -> bool:
        """An objection to the routing waits for the section."""
        return self.objected_at is not None and self.ruled_at is None and self.is_open


class Opinion(TenantModel):
    """What a department said about its task: agree, refuse with the basis, or what material is lacking. Never overwritten."""

    class Kind(models.TextChoices):
        AGREE = "agree", "同意"
        REFUSE = "refuse", "不同意"
        NEEDS_CORRECTION = "needs_correction", "需补正材料"

    task = TenantForeignKey(JointTask, models.PROTECT, related_name="opinions", db_index=False)
    number = models.PositiveSmallIntegerField("第几次")
    kind = models.CharField("意见", max_length=16, choices=Kind)
    text = models.CharField("意见内容", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    materials = models.JSONField("需补材料", default=list, help_text='[{"name": 材料, "defect": 缺什么、应怎样}]')
    given_by = models.CharField("意见人", max_length=30)
    given_at = models.DateTimeField("时间")
    told_at = models.DateTimeField("业务科统一告知时间", null=True, blank=True)
    settled_at = models.DateTimeField("材料到齐时间", null=True, blank=True)

    class Meta:
        verbose_name = "会办意见"
        constraints = [
            models.UniqueConstraint(fields=["center", "task", "number"], name="opinion_number"),
            models.CheckConstraint(condition=~Q(kind="refuse") | ~Q(basis=""), name="opinion_refusal_based"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(told_at__isnull=False, settled_at__gte=F("told_at")),
                name="opinion_told_before_settled",
            ),
        ]
        indexes = [models.Index(fields=["center", "kind", "told_at"], name="opinion_untold")]


class TaskUrging(TenantModel):
    """The section presses a department (催办): logged and told ("4.3.3")."""

    task = TenantForeignKey(JointTask, models.PROTECT, related_name="urgings", db_index=False)
    to_name = models.CharField("催办谁", max_length=30)
    text = models.CharField("催办内容", max_length=200)
    urged_by = models.CharField("催办人", max_length=30)
    urged_at = models.DateTimeField("催办时间")

    class Meta:
        verbose_name = "催办"
        indexes = [models.Index(fields=["center", "task", "urged_at"], name="task_urging_task")]
