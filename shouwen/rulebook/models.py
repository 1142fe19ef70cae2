"""The centre's 制度 as dated data: one row a version, its whole content as one TOML text ("1.10")."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code

UNTRIED = "有以往月份而未试算:"


def rulebook_code() -> str:
    return new_code("ZD")


class Rulebook(TenantModel):
    """A version of the rulebook. `text` is the TOML file itself: its order matters, so it is kept as text, not as JSON.

    In force from `active_from` to before `active_to`; versions of a centre never overlap. A draft has no days. `decision`
    is the leadership meeting's confirmation of its readings; without one papers say 未经班子会确认.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草案"
        IN_FORCE = "in_force", "施行"
        ENDED = "ended", "已废止"
        WITHDRAWN = "withdrawn", "草案已撤回"

    code = models.CharField("编号", max_length=16, default=rulebook_code)
    number = models.PositiveIntegerField("版本")
    title = models.CharField("名称", max_length=80)
    text = models.TextField("内容")
    digest = models.CharField("内容摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    active_from = models.DateField("施行日", null=True, blank=True)
    active_to = models.DateField("废止日（不含）", null=True, blank=True)
    based_on = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="依据版本"
    )
    note = models.CharField("修改说明", max_length=300, blank=True)
    drafted_by = models.CharField("起草人", max_length=40)
    drafter = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    drafted_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("最后修改")
    tried_digest = models.CharField("试算过的内容", max_length=64, blank=True)
    tried_note = models.CharField("试算", max_length=300, blank=True, help_text="看过哪几个月的试算,或不试算的理由")
    tried_by = models.CharField("试算人", max_length=40, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    enacted_by = models.CharField("批准施行", max_length=40, blank=True)
    enacted_at = models.DateTimeField(null=True, blank=True)
    decision = TenantForeignKey(
        "org.Decision", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="班子会确认"
    )

    class Meta:
        verbose_name = "制度版本"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="rulebook_code"),
            models.UniqueConstraint(fields=["center", "number"], name="rulebook_number"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")), name="rulebook_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"], active_from__isnull=True)
                | Q(state__in=["in_force", "ended"], active_from__isnull=False),
                name="rulebook_dated",
            ),
            models.CheckConstraint(condition=~Q(state="ended") | Q(active_to__isnull=False), name="rulebook_ended"),
        ]
        indexes = [models.Index(fields=["center", "active_from"], name="rulebook_active")]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_confirmed(self) -> bool:
        """Whether the leadership meeting has confirmed the readings."""
        return self.decision_id is not None

    @property
    def is_tried(self) -> bool:
        """Whether the present content was tried on past months, or left untried for a stated reason."""
        return bool(self.tried_digest) and self.tried_digest == self.digest

    @property
    def is_untried(self) -> bool:
        """Whether the present content was left untried although there were past months."""
        return self.is_tried and self.tried_note.startswith(UNTRIED)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, where it ends."""
        return self.active_to - timedelta(days=1) if self.active_to else None

    def standing(self, on: date) -> str:
        """How it stands on a day: a version is ended by its successor's day, not by its successor's approval."""
        if self.active_from is None:
            return str(self.state)
        if self.active_to == self.active_from:
            return "never"
        if on < self.active_from:
            return "coming"
        return "in_force" if self.active_to is None else "ending" if on < self.active_to else "ended"

    def holds(self, on: date) -> bool:
        return self.active_from is not None and self.active_from <= on and (self.active_to is None or on < self.active_to)
