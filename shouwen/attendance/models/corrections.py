"""What became of each time somebody had to punch, and what was asked and decided about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def correction_code() -> str:
    return new_code("BQ")


class Session(models.TextChoices):
    """The sessions of a day by their order, so that new opening hours do not change what a slot is called."""

    AM = "am", "上午"
    PM = "pm", "下午"
    EVENING = "ev", "晚间"


class Side(models.TextChoices):
    IN = "in", "签到"
    OUT = "out", "签退"


class SlotResult(TenantModel):
    """One time a person had to punch: a day, a session, in or out. Recomputed at will; the punches decide, not this row.

    `state` is a value of `rules.punches.STATES`, `minutes` how late or early, `reading` the R that decided, `covers` whose
    slot a substitute fills. `fact` is the offence the assessment is told of, "" when none: an absent session has one fact,
    on its first slot (R11, R13).
    """

    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="人员")
    date = models.DateField("日期")
    session = models.CharField("时段", max_length=2, choices=Session)
    side = models.CharField("签到签退", max_length=3, choices=Side)
    due_at = models.DateTimeField("应到或应离")
    state = models.CharField("结果", max_length=20)
    minutes = models.PositiveSmallIntegerField("分钟", default=0)
    reading = models.CharField("读法", max_length=8, blank=True)
    text = models.CharField("说明", max_length=300, blank=True)
    fact = models.CharField("计为", max_length=12, blank=True)
    fact_text = models.CharField("计入理由", max_length=300, blank=True)
    covers = models.CharField("代谁的班", max_length=60, blank=True)
    punched_at = models.DateTimeField("取用的打卡", null=True, blank=True)
    correct_until = models.DateTimeField("补卡期限", null=True, blank=True)

    class Meta:
        verbose_name = "考勤结果"
        constraints = [models.UniqueConstraint(fields=["center", "member", "date", "session", "side"], name="slot_result_once")]
        indexes = [
            models.Index(fields=["center", "date"], name="slot_result_date"),
            models.Index(fields=["center", "state", "date"], name="slot_result_state"),
        ]

    @property
    def slot(self) -> str:
        """上午签到."""
        return f"{Session(self.session).label}{Side(self.side).label}"


class Correction(TenantModel):
    """A missed punch made good: asked with evidence by the person, or named for a decision after the deadline (R20).

    `outcome` is what the slot becomes once `state` is approved.
    """

    class State(models.TextChoices):
        PENDING = "pending", "待审批"
        APPROVED = "approved", "已通过"
        REJECTED = "rejected", "未通过"
        WITHDRAWN = "withdrawn", "已撤回"

    class Outcome(models.TextChoices):
        """What the slot is taken to be: the time claimed counts as a punch, or a word of `rules.punches`."""

        CLAIMED = "claimed", "按所报时间"

        NORMAL = "normal", "正常"
        LATE = "late", "迟到"
        LEFT_EARLY = "left_early", "早退"
        ABSENT = "absent", "旷工"

    code = models.CharField("编号", max_length=16, default=correction_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="人员")
    date = models.DateField("日期")
    session = models.CharField("时段", max_length=2, choices=Session)
    side = models.CharField("签到签退", max_length=3, choices=Side)
    claimed_at = models.DateTimeField("实际时间", null=True, blank=True)
    reason = models.CharField("情况说明", max_length=200)
    evidence = models.CharField("证据文件", max_length=48, blank=True)
    is_late = models.BooleanField("超过补卡期限", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    outcome = models.CharField("认定", max_length=10, choices=Outcome, default=Outcome.CLAIMED)
    asked_by = models.CharField("提出人", max_length=40)
    asked_at = models.DateTimeField()
    decided_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="审批人"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField("审批意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "补卡"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="correction_code"),
            models.UniqueConstraint(
                fields=["center", "member", "date", "session", "side"],
                condition=Q(state__in=["pending", "approved"]),
                name="correction_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("member")), name="correction_not_own"
            ),
        ]
        indexes = [
            models.Index(fields=["center", "state", "asked_at"], name="correction_state"),
            models.Index(fields=["center", "member", "date"], name="correction_member"),
        ]

    @property
    def slot(self) -> str:
        """上午上班."""
        return f"{Session(self.session).label}{Side(self.side).label}"
