"""Who keeps the hall: the roster, opening and closing, cleaning, hand-over, and what was not done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.hall_duty import POINTS
from shouwen.rules.numbering import new_code


def pattern_code() -> str:
    return new_code("PB")


def shift_code() -> str:
    return new_code("ZB")


def swap_code() -> str:
    return new_code("HB")


def record_code() -> str:
    return new_code("JC")


def handover_code() -> str:
    return new_code("JJ")


def breach_code() -> str:
    return new_code("QK")


class Kind(models.TextChoices):
    HALL = "hall", "值日"
    HOLIDAY = "holiday", "节假日值班"
    LEADER = "leader", "带班领导"


class Pattern(TenantModel):
    """A rota: who takes turns at what, from when. HALL runs over working days, HOLIDAY and LEADER over rest days."""

    code = models.CharField("编号", max_length=16, default=pattern_code)
    kind = models.CharField("班种", max_length=10, choices=Kind)
    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "轮值表"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="pattern_code"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")), name="pattern_order"
            ),
        ]
        indexes = [models.Index(fields=["center", "kind", "active_from"], name="pattern_active")]


class PatternMember(TenantModel):
    """One person's place in the turn."""

    pattern = TenantForeignKey(Pattern, models.PROTECT, related_name="members", db_index=False)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "轮值人员"
        constraints = [models.UniqueConstraint(fields=["center", "pattern", "position"], name="pattern_member_position")]


class Shift(TenantModel):
    """One person's day of duty. What was done is kept here as moments beside the records, so a day is one read."""

    code = models.CharField("编号", max_length=16, default=shift_code)
    date = models.DateField("日期")
    kind = models.CharField("班种", max_length=10, choices=Kind)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="值班人")
    opened_at = models.DateTimeField("开门", null=True, blank=True)
    closed_at = models.DateTimeField("关门", null=True, blank=True)
    rounds = models.JSONField("保洁检查时刻", default=list, blank=True)
    given_at = models.DateTimeField("移交", null=True, blank=True)
    confirmed_at = models.DateTimeField("接班确认", null=True, blank=True)
    ended_at = models.DateTimeField("取消", null=True, blank=True)

    class Meta:
        verbose_name = "班次"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="shift_code"),
            models.UniqueConstraint(
                fields=["center", "date", "kind"], condition=Q(ended_at__isnull=True), name="shift_date_kind"
            ),
        ]
        indexes = [models.Index(fields=["center", "member", "date"], name="shift_member")]


class ShiftChange(TenantModel):
    """Why a shift is another person's now: a swap, a substitute, a leave, a new plan."""

    shift = TenantForeignKey(Shift, models.PROTECT, related_name="changes", verbose_name="班次")
    before = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="原值班人")
    after = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="现值班人")
    reason = models.CharField("原因", max_length=60)
    changed_by = models.CharField("经手", max_length=40)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "换班记录"


class Swap(TenantModel):
    """Asking somebody to take a shift, alone (顶班) or against one of theirs (换班); it holds only when they accept."""

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ACCEPTED = "accepted", "已同意"
        DECLINED = "declined", "已谢绝"
        WITHDRAWN = "withdrawn", "已撤回"

    code = models.CharField("编号", max_length=16, default=swap_code)
    shift = TenantForeignKey(Shift, models.PROTECT, related_name="swaps", verbose_name="我的班")
    other = TenantForeignKey(
        Shift, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="对方的班"
    )
    asker = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="提出人")
    asked = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="对方")
    note = models.CharField("说明", max_length=100, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "换班"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="swap_code"),
            models.UniqueConstraint(fields=["center", "shift"], condition=Q(state="asked"), name="swap_one_open"),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="swap_other_person"),
        ]
        indexes = [models.Index(fields=["center", "asked", "state"], name="swap_asked")]


class CheckRecord(TenantModel):
    """What opening, closing and cleaning checks share: when, by whom, on whose shift, a photo."""

    code = models.CharField("编号", max_length=16, default=record_code)
    shift = TenantForeignKey(Shift, models.PROTECT, related_name="%(class)ss", db_index=False, verbose_name="班次")
    checker = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="检查人")
    checked_at = models.DateTimeField("时间")
    note = models.CharField("情况", max_length=200, blank=True)
    photo = models.CharField("照片", max_length=60, blank=True)

    class Meta:
        abstract = True


class OpeningCheck(CheckRecord):
    """Doors opened ("1.3.4")."""

    class Meta:
        verbose_name = "开门检查"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="opening_check_code"),
            models.UniqueConstraint(fields=["center", "shift"], name="opening_check_once"),
        ]


class ClosingCheck(CheckRecord):
    """Doors closed, windows, power ("1.3.4")."""

    windows_shut = models.BooleanField("窗户已关")
    power_off = models.BooleanField("电源已断")

    class Meta:
        verbose_name = "关门检查"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="closing_check_code"),
            models.UniqueConstraint(fields=["center", "shift"], name="closing_check_once"),
        ]


class CleaningRecord(CheckRecord):
    """One look at the hall with the four points ("1.3.6"); by the duty person as a round, by others as an inspection."""

    spotless = models.BooleanField("洁净")
    tidy = models.BooleanField("整齐")
    spit_free = models.BooleanField("无痰迹")
    clutter_free = models.BooleanField("无杂物堆放")

    class Meta:
        verbose_name = "保洁检查"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="cleaning_record_code")]
        indexes = [
            models.Index(fields=["center", "checked_at"], name="cleaning_record_when"),
            models.Index(fields=["center", "shift"], name="cleaning_record_shift"),
        ]

    @property
    def points(self) -> dict[str, bool]:
        return {"spotless": self.spotless, "tidy": self.tidy, "spit_free": self.spit_free, "clutter_free": self.clutter_free}

    @property
    def words(self) -> list[tuple[bool, str]]:
        """Each point with how it is said: what holds by its name, what does not by its fault."""
        names = {"spotless": "洁净", "tidy": "整齐", "spit_free": "无痰迹", "clutter_free": "无杂物"}
        return [(holds, names[name] if holds else POINTS[name]) for name, holds in self.points.items()]


class ShiftHandover(TenantModel):
    """What the duty person leaves to the successor, who confirms or returns it ("1.3.5")."""

    class State(models.TextChoices):
        GIVEN = "given", "待接班人确认"
        CONFIRMED = "confirmed", "已确认"
        RETURNED = "returned", "已退回"

    code = models.CharField("编号", max_length=16, default=handover_code)
    shift = TenantForeignKey(Shift, models.PROTECT, related_name="handovers", verbose_name="班次")
    giver = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="交班人")
    receiver = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="接班人")
    open_matters = models.JSONField("未结事项", default=list, blank=True)
    other_matters = models.CharField("其他未结事项", max_length=300, blank=True)
    seals = models.CharField("印章", max_length=100)
    keys = models.CharField("钥匙", max_length=100)
    equipment = models.CharField("设备", max_length=200)
    abnormal = models.CharField("异常", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.GIVEN)
    given_at = models.DateTimeField("移交时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "值日交接"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="shift_handover_code"),
            models.UniqueConstraint(fields=["center", "shift"], condition=~Q(state="returned"), name="shift_handover_one"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="shift_handover_other"),
        ]
        indexes = [models.Index(fields=["center", "receiver", "state"], name="shift_handover_receiver")]


class Breach(TenantModel):
    """Something the duty person owed and did not do in time, or left dirty: the source of a fact. Answered, decided, never deleted."""

    class State(models.TextChoices):
        NOTED = "noted", "已记录"
        DISPUTED = "disputed", "本人有说明,待核实"
        UPHELD = "upheld", "属实"
        WAIVED = "waived", "不予扣分"
        WITHDRAWN = "withdrawn", "已撤销"

    code = models.CharField("编号", max_length=16, default=breach_code)
    key = models.CharField(max_length=60)
    clause = models.CharField("条款", max_length=8)
    shift = TenantForeignKey(Shift, models.PROTECT, related_name="breaches", db_index=False, verbose_name="班次")
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="责任人")
    date = models.DateField("日期")
    happened_at = models.DateTimeField("时间")
    text = models.CharField("情况", max_length=200)
    noted_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="记录人"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.NOTED)
    reply = models.CharField("本人说明", max_length=300, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField("核实意见", max_length=200, blank=True)
    decided_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="核实人"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "值守问题"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="breach_code"),
            models.UniqueConstraint(fields=["center", "key"], name="breach_key"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("member")), name="breach_not_own"),
        ]
        indexes = [
            models.Index(fields=["center", "date"], name="breach_date"),
            models.Index(fields=["center", "state"], name="breach_state"),
        ]
