"""Days and hours. Statutory days are shared by the whole installation; closures and hours belong to a centre."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantModel, uuid7
from shouwen.rules.numbering import new_code


def closure_code() -> str:
    return new_code("TB")


def hours_code() -> str:
    return new_code("SJ")


class Notice(models.Model):
    """A notice of the State Council about a year's days of rest; what a statutory day rests on (clock.md L4)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField("文件名称", max_length=200)
    url = models.CharField("网址", max_length=300, blank=True)
    known_until = models.DateField("已知到")
    imported_by = models.CharField("录入人", max_length=40)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = "放假通知"
        indexes = [models.Index(fields=["known_until"], name="notice_known_until")]


class StatutoryDay(models.Model):
    """A day a notice names: a day of rest, or a make-up working day (调休上班). A later notice ends the row and writes a new one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    date = models.DateField("日期")
    is_working = models.BooleanField("调休上班")
    reason = models.CharField("事由", max_length=20)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "法定日"
        constraints = [models.UniqueConstraint(fields=["date"], condition=Q(ended_at__isnull=True), name="statutory_day_date")]


class Closure(TenantModel):
    """The hall is closed (snow, power cut): the promised clock skips these days, the statutory one does not (K9, R24)."""

    code = models.CharField(max_length=16, default=closure_code)
    start_date = models.DateField("从")
    end_date = models.DateField("到（含）")
    reason = models.CharField("原因", max_length=60)
    declared_by = models.CharField("宣布人", max_length=40)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "临时停办"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="closure_code"),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="closure_order"),
        ]
        indexes = [models.Index(fields=["center", "start_date"], name="closure_start")]


class OpeningHours(TenantModel):
    """A season's hours. `sessions` and `make_up` are lists of ["08:30", "12:00"]; live rows never overlap."""

    code = models.CharField(max_length=16, default=hours_code)
    name = models.CharField("时令", max_length=20)
    active_from = models.DateField("起")
    active_to = models.DateField("止（不含）", null=True, blank=True)
    sessions = models.JSONField("每日时段")
    make_up = models.JSONField("调休日时段", null=True, blank=True)
    set_by = models.CharField("设定人", max_length=40)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "办公时间"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="opening_hours_code"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")), name="opening_hours_order"
            ),
        ]
        indexes = [models.Index(fields=["center", "active_from"], name="opening_hours_from")]


class CalendarState(TenantModel):
    """How often the centre's own days and hours changed: one small row tells every process whether its table is still good."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "日历版本"
        constraints = [models.UniqueConstraint(fields=["center"], name="calendar_state_center")]
