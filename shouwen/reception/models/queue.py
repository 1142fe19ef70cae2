"""Waiting and calling: queues, the numbers taken, what became of each, which counters were open, what was learned.

A visit that moves on to another queue is a chain of tickets, one a leg, under one number; times at each counter stay honest.
`Period` and `CounterState` are append-only: every statistic comes from them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.org.models import Dated
from shouwen.reception.models.inquiries import Inquiry
from shouwen.reception.models.people import Person
from shouwen.rules.numbering import new_code
from shouwen.rules.queueing import PRIORITIES

PRIORITY_CHOICES = [(name, label) for name, (label, _) in PRIORITIES.items()]


def queue_code() -> str:
    return new_code("DL")


def ticket_code() -> str:
    return new_code("QH")


class Queue(Dated, TenantModel):
    """A line people stand in, with the letter of its numbers. A quick queue's counters help anybody when it is empty."""

    code = models.CharField("编号", max_length=16, default=queue_code)
    name = models.CharField("名称", max_length=40)
    note = models.CharField("办什么", max_length=80, blank=True, help_text="取号机上写在名称下面,如“社保、医保、就业”")
    prefix = models.CharField("号头", max_length=2, help_text="一个大写字母,如 A")
    is_quick = models.BooleanField("快办", default=False, help_text="快办窗口自己的队列无人时,帮办其他队列")
    daily_limit = models.PositiveSmallIntegerField("每日限号", null=True, blank=True, help_text="不填为不限;工作人员可以加号")
    ordinary_minutes = models.PositiveSmallIntegerField("平常每人分钟", default=10, help_text="没有历史数据时用来估计等候时间")

    class Meta:
        verbose_name = "队列"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="queue_code"),
            models.UniqueConstraint(fields=["center", "prefix"], condition=Q(active_to__isnull=True), name="queue_prefix"),
        ]
        indexes = [models.Index(fields=["center", "active_from"], name="queue_active")]

    def __str__(self) -> str:
        return self.name


class QueueCounter(Dated, TenantModel):
    """A counter serves a queue: its own first, the others when nobody waits there."""

    queue = TenantForeignKey(Queue, models.PROTECT, related_name="served_by", db_index=False, verbose_name="队列")
    counter = TenantForeignKey("org.Counter", models.PROTECT, related_name="+", db_index=False, verbose_name="窗口")
    is_own = models.BooleanField("本窗口的队列", default=True)

    class Meta:
        verbose_name = "窗口与队列"
        constraints = [
            models.UniqueConstraint(
                fields=["center", "queue", "counter"], condition=Q(active_to__isnull=True), name="queue_counter_once"
            )
        ]
        indexes = [models.Index(fields=["center", "counter"], name="queue_counter_counter")]


class TicketSeries(TenantModel):
    """The last number of a queue on a day; moved by one atomic statement, so no number is given twice or left out (T11)."""

    queue = TenantForeignKey(Queue, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = "取号流水"
        constraints = [models.UniqueConstraint(fields=["center", "queue", "date"], name="ticket_series_day")]


class Ticket(TenantModel):
    """One leg of a visit. `rank_at` is the moment it counts as waiting from: arrival, an appointment's own time, the first leg's
    arrival after a transfer, or behind others after coming back. `estimated_seconds` is what the person was told."""

    class Source(models.TextChoices):
        KIOSK = "kiosk", "取号机"
        STAFF = "staff", "工作人员"
        PHONE = "phone", "手机"
        APPOINTMENT = "appointment", "预约"
        WALK_IN = "walk_in", "直接到窗口"

    class Status(models.TextChoices):
        WAITING = "waiting", "等候"
        CALLED = "called", "已叫号"
        SERVING = "serving", "办理中"
        PARKED = "parked", "挂起"
        PASSED = "passed", "过号"
        FINISHED = "finished", "已办完"
        LEFT = "left", "已离开"

    code = models.CharField("编号", max_length=16, default=ticket_code)
    queue = TenantForeignKey(Queue, models.PROTECT, related_name="+", db_index=False, verbose_name="队列")
    date = models.DateField("日期")
    number = models.PositiveIntegerField("序号")
    label = models.CharField("号码", max_length=8)
    leg = models.PositiveSmallIntegerField("第几程", default=1)
    first = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    source = models.CharField("取号方式", max_length=12, choices=Source)
    item = TenantForeignKey("catalogue.Item", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    person = TenantForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    inquiry = TenantForeignKey(Inquiry, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    priority = models.CharField("优先", max_length=12, choices=PRIORITY_CHOICES, blank=True, default="")
    priority_reason = models.CharField("优先理由", max_length=80, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.WAITING)
    counter = TenantForeignKey("org.Counter", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    calls = models.PositiveSmallIntegerField("叫号次数", default=0)
    rank_at = models.DateTimeField("排队时刻")
    issued_at = models.DateTimeField("取号时间")
    called_at = models.DateTimeField("叫号时间", null=True, blank=True)
    begun_at = models.DateTimeField("开始办理", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    estimated_seconds = models.PositiveIntegerField("告知等候(秒)", null=True, blank=True)
    is_inaccurate = models.BooleanField("时间不准", default=False, help_text="忘记点办完等,不计入统计")
    token = models.CharField("提交标识", max_length=36, blank=True)

    class Meta:
        verbose_name = "排队号"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="ticket_code"),
            models.UniqueConstraint(fields=["center", "queue", "date", "number"], condition=Q(leg=1), name="ticket_number"),
            models.UniqueConstraint(fields=["center", "first", "leg"], condition=Q(leg__gt=1), name="ticket_leg"),
            models.UniqueConstraint(fields=["center", "token"], condition=~Q(token=""), name="ticket_token"),
            models.UniqueConstraint(
                fields=["center", "counter"], condition=Q(status__in=["called", "serving"]), name="ticket_one_at_counter"
            ),
            models.CheckConstraint(condition=Q(priority="") | ~Q(priority_reason=""), name="ticket_priority_stated"),
            models.CheckConstraint(
                condition=Q(leg=1, first__isnull=True) | Q(leg__gt=1, first__isnull=False), name="ticket_first_leg"
            ),
        ]
        indexes = [
            models.Index(fields=["center", "date", "status", "queue"], name="ticket_live"),
            models.Index(fields=["center", "date", "called_at"], name="ticket_called"),
        ]

    def __str__(self) -> str:
        return self.label


class Period(TenantModel):
    """A ticket entered a state: when, at which counter, by whom. Never changed; the state lasts until the next row's `at`."""

    ticket = TenantForeignKey(Ticket, models.PROTECT, related_name="periods", db_index=False)
    state = models.CharField("状态", max_length=10, choices=Ticket.Status)
    counter = TenantForeignKey("org.Counter", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    note = models.CharField("说明", max_length=80, blank=True)
    at = models.DateTimeField("时刻")

    class Meta:
        verbose_name = "排队经过"
        indexes = [
            models.Index(fields=["center", "ticket", "at"], name="period_ticket"),
            models.Index(fields=["center", "at"], name="period_at"),
        ]


class CounterState(TenantModel):
    """A counter is open, paused (with the reason) or closed, from when to when; the last interval is without an end."""

    class State(models.TextChoices):
        OPEN = "open", "开放"
        PAUSED = "paused", "暂停"
        CLOSED = "closed", "关闭"

    counter = TenantForeignKey("org.Counter", models.PROTECT, related_name="+", db_index=False, verbose_name="窗口")
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField("状态", max_length=8, choices=State)
    reason = models.CharField("原因", max_length=60, blank=True)
    started_at = models.DateTimeField("起")
    ended_at = models.DateTimeField("止", null=True, blank=True)

    class Meta:
        verbose_name = "窗口状态"
        constraints = [
            models.UniqueConstraint(
                fields=["center", "counter"], condition=Q(ended_at__isnull=True), name="counter_state_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="counter_state_order"
            ),
        ]
        indexes = [models.Index(fields=["center", "started_at"], name="counter_state_started")]


class ServiceTime(TenantModel):
    """Seconds from being called to being finished, learned nightly; `item_key` and `counter_key` "" for any."""

    queue = TenantForeignKey(Queue, models.PROTECT, related_name="+", db_index=False)
    item_key = models.CharField(max_length=36, blank=True)
    counter_key = models.CharField(max_length=36, blank=True)
    count = models.PositiveIntegerField()
    mean = models.FloatField()
    variance = models.FloatField()
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name = "办理时长"
        constraints = [
            models.UniqueConstraint(fields=["center", "queue", "item_key", "counter_key"], name="service_time_level")
        ]


class WaitError(TenantModel):
    """How wrong a day's estimates were, as told to people: mean absolute error and bias in seconds (above zero: told too long)."""

    queue = TenantForeignKey(Queue, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    count = models.PositiveIntegerField()
    mean_error = models.FloatField()
    bias = models.FloatField()

    class Meta:
        verbose_name = "等候估计误差"
        constraints = [models.UniqueConstraint(fields=["center", "queue", "date"], name="wait_error_day")]
