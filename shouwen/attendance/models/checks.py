"""Post checks (查岗): what a second pair of eyes saw, and what the person says to it ("1.3.3", "1.4.2")."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def check_code() -> str:
    return new_code("CG")


class Seen(models.TextChoices):
    """What was seen. Only some of it has a price; off post has none until a rule says so, conduct ("3.1") is listed."""

    ON_POST = "on_post", "在岗在状态"
    GAMES = "games", "玩游戏"
    NOT_FOUND = "not_found", "找不到人"
    OFF_POST = "off_post", "脱岗"
    CONDUCT = "conduct", "仪容态度"


class PostCheck(TenantModel):
    """One look at one person at one place. "Not found" waits for a second look before it is anything."""

    class State(models.TextChoices):
        NOTED = "noted", "已记录"
        REPEAT_DUE = "repeat_due", "待复查"
        FOUND = "found", "复查在岗"
        PENDING = "pending", "待核实"
        VERIFIED = "verified", "属实"
        REJECTED = "rejected", "不属实"

    code = models.CharField("编号", max_length=16, default=check_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="被查人")
    checker = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="检查人")
    seen = models.CharField("所见", max_length=10, choices=Seen)
    seen_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=60)
    note = models.CharField("情况", max_length=200, blank=True)
    witness = models.CharField("见证人", max_length=40, blank=True)
    evidence = models.CharField("照片", max_length=48, blank=True)
    state = models.CharField("状态", max_length=12, choices=State)
    repeat_due_at = models.DateTimeField("复查不早于", null=True, blank=True)
    reply = models.CharField("本人说明", max_length=300, blank=True)
    replied_at = models.DateTimeField("说明时间", null=True, blank=True)
    reply_due_at = models.DateTimeField("说明期限", null=True, blank=True)
    decided_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="核实人"
    )
    decided_at = models.DateTimeField("核实时间", null=True, blank=True)
    decision = models.CharField("核实意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "查岗"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="post_check_code"),
            models.CheckConstraint(condition=~Q(checker=F("member")), name="post_check_not_self"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | (~Q(decided_by=F("member")) & ~Q(decided_by=F("checker"))),
                name="post_check_third_person",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "seen_at"], name="post_check_when"),
            models.Index(fields=["center", "member", "seen_at"], name="post_check_member"),
            models.Index(fields=["center", "state"], name="post_check_state"),
        ]


class Repeat(TenantModel):
    """The second look: only both misses make "cannot be found" ("1.4.2")."""

    check_row = TenantForeignKey(PostCheck, models.PROTECT, related_name="repeats", db_index=False, verbose_name="查岗")
    checker = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="复查人")
    checked_at = models.DateTimeField("时间")
    is_found = models.BooleanField("人在岗")
    note = models.CharField("情况", max_length=200, blank=True)
    evidence = models.CharField("照片", max_length=48, blank=True)

    class Meta:
        verbose_name = "复查"
        constraints = [models.UniqueConstraint(fields=["center", "check_row"], name="repeat_once")]
