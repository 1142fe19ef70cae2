"""First inquiry ("4.2"): a contact opens an inquiry, an inquiry holds matters, a matter has exactly one holder at every moment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.reception.models.people import Person
from shouwen.rules.numbering import new_code


def inquiry_code() -> str:
    return new_code("SW")


def matter_code() -> str:
    return new_code("SY")


def hand_over_code() -> str:
    return new_code("YJ")


class Inquiry(TenantModel):
    """One contact, in person or otherwise, with the person who was asked first ("4.1", "4.2"). Names stay as they were."""

    class Channel(models.TextChoices):
        WALK_IN = "walk_in", "来访"
        PHONE = "phone", "来电"
        LETTER = "letter", "来信"
        ONLINE = "online", "网上"

    code = models.CharField("编号", max_length=16, default=inquiry_code)
    channel = models.CharField("来访方式", max_length=10, choices=Channel)
    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办事人")
    first_asked = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="首问责任人")
    first_asked_name = models.CharField("首问责任人姓名", max_length=30)
    unit_label = models.CharField("窗口或部门", max_length=60, blank=True)
    ticket_code = models.CharField("排队号", max_length=16, blank=True)
    text = models.TextField("咨询或办理内容", blank=True)
    materials = models.CharField("所收材料及数量", max_length=200, blank=True)
    received_at = models.DateTimeField("来访时间")
    recorded_by = models.CharField("登记人", max_length=40)
    recorded_at = models.DateTimeField("登记时间")
    token = models.CharField("提交标识", max_length=36, blank=True)
    network = models.CharField(max_length=24, blank=True, help_text="网上提交来自哪个网段(不可还原的摘要),只用来限制次数")

    class Meta:
        verbose_name = "首问登记"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="inquiry_code"),
            models.UniqueConstraint(fields=["center", "token"], condition=~Q(token=""), name="inquiry_token"),
        ]
        indexes = [
            models.Index(fields=["center", "received_at"], name="inquiry_received"),
            models.Index(fields=["center", "first_asked", "received_at"], name="inquiry_first_asked"),
        ]

    def __str__(self) -> str:
        return self.code


class Matter(TenantModel):
    """One thing owed to a citizen. `holder` answers for it now; the first-asked follows it to the end ("4.2").

    "Not ours" is not an outcome ("4.3.1"). `queries.holder_of` is the only reader of who is responsible.
    """

    class Status(models.TextChoices):
        OPEN = "open", "办理中"
        CLOSED = "closed", "已办结"

    class Outcome(models.TextChoices):
        NONE = "", "未定"
        ANSWERED = "answered", "当场答复"
        NOTIFIED = "notified", "一次性告知"
        ACCEPTED = "accepted", "受理办件"
        HANDED_OVER = "handed_over", "引导移交"
        PHONE = "phone", "电话协调"
        SECTION = "section", "转业务科"
        COMPLAINT = "complaint", "投诉登记"

    code = models.CharField("编号", max_length=16, default=matter_code)
    inquiry = TenantForeignKey(Inquiry, models.PROTECT, related_name="matters", verbose_name="首问登记")
    item = TenantForeignKey("catalogue.Item", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事项")
    subject = models.CharField("事由", max_length=120)
    holder = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    first_asked = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="首问责任人")
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.OPEN)
    outcome = models.CharField("处理去向", max_length=12, choices=Outcome, blank=True, default="")
    answer = models.TextField("答复", blank=True)
    told = models.JSONField("一次性告知", default=dict, blank=True, help_text="条件、依据、收费、时限、下一步")
    opened_at = models.DateTimeField("开始时间")
    decided_at = models.DateTimeField("定去向时间", null=True, blank=True)
    slipped_at = models.DateTimeField("提醒跟踪时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.CharField("办结人", max_length=40, blank=True)

    class Meta:
        verbose_name = "首问事项"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="matter_code"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True) | Q(status="closed", closed_at__isnull=False),
                name="matter_closed_when",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "status", "holder"], name="matter_holder"),
            models.Index(fields=["center", "status", "first_asked"], name="matter_first_asked"),
            models.Index(fields=["center", "opened_at"], name="matter_opened"),
        ]

    def __str__(self) -> str:
        return self.subject


class Holding(TenantModel):
    """One link of the chain: who held the matter, from when to when, under which clause. Never a gap, never two at once ("4.2").

    Names and labels are kept as they were (L26). `ended_at` of one link is `started_at` of the next; the last stays open until
    the matter is closed.
    """

    matter = TenantForeignKey(Matter, models.PROTECT, related_name="holdings", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    member_name = models.CharField("姓名", max_length=30)
    unit_label = models.CharField("窗口或部门", max_length=60, blank=True)
    role = models.CharField("身份", max_length=20, help_text="首问、承办、业务科协调……")
    clause = models.CharField("依据", max_length=12)
    note = models.CharField("说明", max_length=200, blank=True)
    started_at = models.DateTimeField("起")
    ended_at = models.DateTimeField("止", null=True, blank=True)

    class Meta:
        verbose_name = "责任链"
        constraints = [
            models.UniqueConstraint(fields=["center", "matter", "position"], name="holding_position"),
            models.UniqueConstraint(fields=["center", "matter"], condition=Q(ended_at__isnull=True), name="holding_one_open"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="holding_order"),
        ]
        indexes = [models.Index(fields=["center", "member", "started_at"], name="holding_member")]


class HandOver(TenantModel):
    """An offer of a matter to another person or unit; the sender holds it until the other side accepts ("4.3.2.1", K7)."""

    class Kind(models.TextChoices):
        ESCORTED = "escorted", "当面引导移交"
        SECTION = "section", "转业务科"
        INTERNAL = "internal", "内部移交"

    class Status(models.TextChoices):
        PENDING = "pending", "待接手"
        ACCEPTED = "accepted", "已接手"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已撤回"

    code = models.CharField("编号", max_length=16, default=hand_over_code)
    matter = TenantForeignKey(Matter, models.PROTECT, related_name="hand_overs", db_index=False)
    kind = models.CharField("方式", max_length=10, choices=Kind)
    sender = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="移交人")
    sender_name = models.CharField(max_length=30)
    asked_by = models.CharField("经办人", max_length=40, help_text="移交人本人、代班人,或指定移交的负责人")
    sender_label = models.CharField(max_length=60, blank=True)
    counter = TenantForeignKey("org.Counter", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    department = TenantForeignKey("org.Department", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    receiver = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    receiver_label = models.CharField("移交给", max_length=60)
    note = models.CharField("交代的话", max_length=200, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PENDING)
    asked_at = models.DateTimeField("移交时间")
    remind_at = models.DateTimeField("提醒负责人时间")
    reminded_at = models.DateTimeField("过时未接时间", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    answer = models.CharField("退回理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "首问移交"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="hand_over_code"),
            models.UniqueConstraint(fields=["center", "matter"], condition=Q(status="pending"), name="hand_over_one_pending"),
        ]
        indexes = [
            models.Index(fields=["center", "status", "remind_at"], name="hand_over_remind"),
            models.Index(fields=["center", "reminded_at"], name="hand_over_missed"),
        ]

    def __str__(self) -> str:
        return self.code
