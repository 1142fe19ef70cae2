"""Snapshots of facts, the ledger that only grows, and the numbers of a month."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from shouwen.assessment.models.months import Month
from shouwen.core.tenancy import TenantForeignKey, TenantModel, TenantQuerySet
from shouwen.rules.numbering import new_code


def entry_code() -> str:
    return new_code("FL")


class AppendOnly(TypeError):
    """Somebody tried to change or delete the ledger: a bug, never an expected "no"."""


def refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise AppendOnly("The ledger is append-only")


class LedgerQuerySet(TenantQuerySet):
    """Reads and appends. What was wrong is reversed by an entry."""

    update = delete = bulk_update = _update = _raw_delete = refuse  # type: ignore[assignment]

    def live(self) -> LedgerQuerySet:
        """Lines that stand: no reversals, and none that was reversed."""
        return self.filter(reversal_of__isnull=True).exclude_reversed()

    def exclude_reversed(self) -> LedgerQuerySet:
        taken_back = Entry.objects.filter(center_id=models.OuterRef("center_id"), reversal_of_id=models.OuterRef("pk"))
        return self.filter(~models.Exists(taken_back))


class CollectedFact(TenantModel):
    """A fact as an area reported it. Changed or gone facts end and, when changed, are written anew: history stays.

    `payload` holds every field of `rules.scoring.Fact` (numbers as text). `month` is the month that pays. `source` is
    "collected" for what the areas report, else "finding" or "adjustment". `objection_code` names the objection that
    took it back; it then counts as withdrawn however often the area reports it.
    """

    fact = models.CharField("事实编号", max_length=160)
    kind = models.CharField("种类", max_length=60)
    subject = models.CharField("对象编号", max_length=16)
    date = models.DateField("日期")
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="计入月份")
    status = models.CharField("状态", max_length=10)
    payload = models.JSONField("内容")
    source = models.CharField("来源", max_length=12, default="collected")
    objection_code = models.CharField("因异议撤销", max_length=16, blank=True)
    collected_at = models.DateTimeField("归集时间")
    ended_at = models.DateTimeField("不再成立", null=True, blank=True)

    class Meta:
        verbose_name = "考核事实"
        constraints = [
            models.UniqueConstraint(fields=["center", "fact"], condition=Q(ended_at__isnull=True), name="collected_fact_live")
        ]
        indexes = [
            models.Index(fields=["center", "month"], name="collected_fact_month"),
            models.Index(fields=["center", "date"], name="collected_fact_date"),
        ]


class Entry(TenantModel):
    """One line of the ledger: what was deducted or added, why, and at which step of which counter ("1.3", "1.4").

    Never changed, never deleted: `reversal_of` takes another line back with the opposite amount. `amount` is signed and
    empty when the line stops (unpriced); `explanation` is the whole reason in plain Chinese.
    """

    code = models.CharField("编号", max_length=16, default=entry_code)
    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="月份")
    sheet = models.CharField("考核表", max_length=60)
    subject = models.CharField("对象编号", max_length=16)
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    department = TenantForeignKey("org.Department", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    kind = models.CharField("种类", max_length=10)
    fact = models.CharField("事实编号", max_length=160, blank=True)
    date = models.DateField("发生日", null=True, blank=True)
    item = models.CharField("项目", max_length=60, blank=True)
    title = models.CharField("名称", max_length=120)
    clause = models.CharField("条款", max_length=40, blank=True)
    price = models.DecimalField("单价", max_digits=16, decimal_places=6, null=True, blank=True)
    units = models.DecimalField("数量", max_digits=16, decimal_places=6, null=True, blank=True)
    nth = models.DecimalField("第几次", max_digits=12, decimal_places=2, null=True, blank=True)
    times = models.DecimalField("倍数", max_digits=8, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField("分值", max_digits=24, decimal_places=10, null=True, blank=True)
    readings = models.JSONField("读法", default=dict)
    explanation = models.CharField("说明", max_length=400)
    mark = models.CharField("比对", max_length=32, help_text="同样的依据算出同样的一笔时相同")
    reversal_of = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="冲销"
    )
    reason = models.CharField("冲销原因", max_length=120, blank=True)
    written_at = models.DateTimeField("记账时间")
    written_by = models.CharField("记账人", max_length=40)

    objects = LedgerQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "考核台账"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="entry_code"),
            models.UniqueConstraint(fields=["center", "reversal_of"], name="entry_reversed_once"),
        ]
        indexes = [models.Index(fields=["center", "month", "subject"], name="entry_month")]

    delete = refuse  # type: ignore[assignment]


class MonthResult(TenantModel):
    """One subject's number in one edition of a month; once posted it never changes.

    `exact` is the unrounded total as a fraction ("2/3"), empty when not assessed or stopped; `total` the same rounded
    for lists. base + the live lines of the ledger + `parts` (floors, means, weights) = total. `outcomes` and `money` are what follows, each with clause and whether the rule or a person decides.
    """

    month = TenantForeignKey(Month, models.PROTECT, related_name="+", db_index=False, verbose_name="月份")
    edition = models.PositiveSmallIntegerField("版次")
    sheet = models.CharField("考核表", max_length=60)
    subject_kind = models.CharField("对象类别", max_length=12)
    subject = models.CharField("对象编号", max_length=16)
    member = TenantForeignKey("org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    department = TenantForeignKey("org.Department", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.CharField("名称", max_length=60)
    unit = models.CharField("部门", max_length=40, blank=True)
    unit_code = models.CharField("部门编号", max_length=16, blank=True)
    post = models.CharField("岗位", max_length=40, blank=True)
    days = models.PositiveSmallIntegerField("参评工作日", null=True, blank=True)
    base = models.DecimalField("基础分", max_digits=24, decimal_places=10, null=True, blank=True)
    deducted = models.DecimalField("扣分", max_digits=24, decimal_places=10, default=0)
    added = models.DecimalField("加分", max_digits=24, decimal_places=10, default=0)
    total = models.DecimalField("得分", max_digits=24, decimal_places=10, null=True, blank=True)
    exact = models.CharField("得分(精确)", max_length=80, blank=True)
    is_assessed = models.BooleanField("参评", default=True)
    parts = models.JSONField("不由事实产生的各笔", default=list)
    outcomes = models.JSONField("后果", default=list)
    money = models.JSONField("折算", default=list)
    stops = models.JSONField("待定", default=list)
    flags = models.JSONField("备注", default=list)
    counted_at = models.DateTimeField("算出时间")
    confirmed_by = models.CharField("他人确认", max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "月度结果"
        constraints = [
            models.UniqueConstraint(fields=["center", "month", "edition", "sheet", "subject"], name="month_result_once")
        ]
        indexes = [models.Index(fields=["center", "subject", "month"], name="month_result_subject")]

    @property
    def is_negative(self) -> bool:
        return self.total is not None and self.total < 0
