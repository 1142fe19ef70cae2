"""Money taken at the counter: only what the schedule says, each line with the row it comes from ("3.5"). All money is in fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.cases.models.case import Case
from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.fees import yuan
from shouwen.rules.numbering import new_code


def receipt_code() -> str:
    return new_code("SJ")


def charge_code() -> str:
    return new_code("JF")


def refund_code() -> str:
    return new_code("TF")


def day_end_code() -> str:
    return new_code("RJ")


def fee_lead_code() -> str:
    return new_code("XS")


class DayEnd(TenantModel):
    """日结: what a cashier counted against what the system knows; a difference is explained. Closed is closed."""

    code = models.CharField("编号", max_length=16, default=day_end_code)
    cashier = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="收费人")
    cashier_name = models.CharField(max_length=30)
    date = models.DateField("日结日期")
    totals = models.JSONField("各收款方式（分）", default=dict)
    receipts_n = models.PositiveIntegerField("收据份数", default=0)
    refunds_n = models.PositiveIntegerField("退费笔数", default=0)
    expected = models.IntegerField("应有现金（分）")
    counted = models.IntegerField("实点现金（分）")
    explanation = models.CharField("差异说明", max_length=200, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    document_code = models.CharField(max_length=16, blank=True)
    closed_at = models.DateTimeField("日结时间")

    class Meta:
        verbose_name = "日结单"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="day_end_code"),
            models.UniqueConstraint(fields=["center", "cashier", "date"], name="day_end_once"),
            models.CheckConstraint(condition=Q(counted=F("expected")) | ~Q(explanation=""), name="day_end_explained"),
        ]
        indexes = [models.Index(fields=["center", "date"], name="day_end_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.cashier_name} 日结"

    @property
    def difference(self) -> int:
        """Counted less expected: above zero is too much in the till."""
        return self.counted - self.expected

    @property
    def difference_words(self) -> str:
        """多 2 元, 少 0.50 元 or 相符."""
        if not self.difference:
            return "相符"
        return f"{'多' if self.difference > 0 else '少'} {yuan(abs(self.difference))}"


class Way(models.TextChoices):
    CASH = "cash", "现金"
    CARD = "card", "刷卡"
    MOBILE = "mobile", "扫码支付"
    TRANSFER = "transfer", "转账"
    NONE = "none", "免收"


class Receipt(TenantModel):
    """What one payer paid at once for one case. `total` is the sum of its lines and nothing else."""

    code = models.CharField("编号", max_length=16, default=receipt_code)
    case = TenantForeignKey(Case, models.PROTECT, related_name="receipts", db_index=False)
    number = models.CharField("收据号", max_length=60)
    document_code = models.CharField(max_length=16)
    payer_name = models.CharField("交款人", max_length=60)
    way = models.CharField("收款方式", max_length=10, choices=Way)
    invoice_number = models.CharField("财政票据号", max_length=40, blank=True)
    total = models.PositiveIntegerField("合计（分）")
    cashier = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="收费人")
    cashier_name = models.CharField(max_length=30)
    charged_at = models.DateTimeField("收费时间")
    day_end = TenantForeignKey(DayEnd, models.PROTECT, null=True, blank=True, related_name="receipts", db_index=False)
    token = models.CharField("提交标识", max_length=36, blank=True)

    class Meta:
        verbose_name = "收据"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="receipt_code"),
            models.UniqueConstraint(fields=["center", "number"], name="receipt_number"),
            models.UniqueConstraint(fields=["center", "token"], condition=~Q(token=""), name="receipt_token"),
            models.UniqueConstraint(
                fields=["center", "invoice_number"], condition=~Q(invoice_number=""), name="receipt_invoice_number"
            ),
            models.CheckConstraint(
                condition=Q(way="none", total=0) | (~Q(way="none") & Q(total__gt=0)), name="receipt_free_when_zero"
            ),
        ]
        indexes = [
            models.Index(fields=["center", "case", "charged_at"], name="receipt_case"),
            models.Index(fields=["center", "cashier", "charged_at"], condition=Q(day_end__isnull=True), name="receipt_open"),
            models.Index(fields=["center", "day_end"], name="receipt_day_end"),
            models.Index(fields=["center", "charged_at"], name="receipt_at"),
        ]

    def __str__(self) -> str:
        return self.number


class Charge(TenantModel):
    """One line: a row of the schedule in force that day × a quantity, less one reduction the row names. Nobody types an amount.

    The row's own words and figures are kept beside it, so that the line can be checked after the row has ended. `before` is
    what of the row's cap earlier lines of the case had used up.
    """

    code = models.CharField("编号", max_length=16, default=charge_code)
    receipt = TenantForeignKey(Receipt, models.PROTECT, related_name="charges", db_index=False)
    case = TenantForeignKey(Case, models.PROTECT, related_name="charges", db_index=False)
    position = models.PositiveSmallIntegerField("次序")
    fee = TenantForeignKey("catalogue.Fee", models.PROTECT, related_name="+", db_index=False, verbose_name="收费项目")
    name = models.CharField("收费项目", max_length=60)
    basis = models.CharField("收费依据", max_length=200)
    unit = models.CharField("计费单位", max_length=12)
    quantity = models.PositiveIntegerField("数量")
    reductions = models.JSONField("减免情形", default=list)
    before = models.PositiveIntegerField("此前已计入最高额（分）", default=0)
    full = models.PositiveIntegerField("标准应收（分）")
    amount = models.PositiveIntegerField("实收（分）")
    line = models.CharField("计算", max_length=300)
    reason = models.CharField("再次收取的原因", max_length=100, blank=True)
    charged_at = models.DateTimeField("收费时间")

    class Meta:
        verbose_name = "收费"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="charge_code"),
            models.UniqueConstraint(fields=["center", "receipt", "position"], name="charge_position"),
            models.UniqueConstraint(fields=["center", "receipt", "fee"], name="charge_fee_once"),
            models.CheckConstraint(condition=Q(amount__lte=F("full")), name="charge_never_above_full"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="charge_quantity"),
        ]
        indexes = [
            models.Index(fields=["center", "case", "fee"], name="charge_case_fee"),
            models.Index(fields=["center", "charged_at"], name="charge_at"),
        ]

    def __str__(self) -> str:
        return self.line


class Refund(TenantModel):
    """Money given back, whole lines only, asked for by one and approved by another, with a number of its own."""

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        APPROVED = "approved", "已退费"
        DECLINED = "declined", "不同意"

    code = models.CharField("编号", max_length=16, default=refund_code)
    receipt = TenantForeignKey(Receipt, models.PROTECT, related_name="refunds", db_index=False)
    reason = models.CharField("退费原因", max_length=200)
    total = models.PositiveIntegerField("退费（分）")
    way = models.CharField("退款方式", max_length=10, choices=Way)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    cashier = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="经办人")
    cashier_name = models.CharField(max_length=30)
    asked_at = models.DateTimeField("申请时间")
    approver = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="审批人"
    )
    approver_name = models.CharField(max_length=30, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    note = models.CharField("审批意见", max_length=200, blank=True)
    number = models.CharField("退费单号", max_length=60, blank=True)
    document_code = models.CharField(max_length=16, blank=True)
    day_end = TenantForeignKey(DayEnd, models.PROTECT, null=True, blank=True, related_name="refunds", db_index=False)

    class Meta:
        verbose_name = "退费"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="refund_code"),
            models.UniqueConstraint(fields=["center", "number"], condition=~Q(number=""), name="refund_number"),
            models.UniqueConstraint(fields=["center", "receipt"], condition=Q(state="asked"), name="refund_one_asked"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("cashier")), name="refund_approver_not_cashier"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", approver__isnull=True) | (~Q(state="asked") & Q(approver__isnull=False)),
                name="refund_decided_by",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "state", "asked_at"], name="refund_state"),
            models.Index(fields=["center", "cashier", "decided_at"], condition=Q(day_end__isnull=True), name="refund_open"),
        ]

    def __str__(self) -> str:
        return self.number or self.code


class RefundLine(TenantModel):
    """Which line is given back; a line once at most, unless the refund was declined."""

    refund = TenantForeignKey(Refund, models.PROTECT, related_name="lines", db_index=False)
    charge = TenantForeignKey(Charge, models.PROTECT, related_name="refund_lines", db_index=False)
    amount = models.PositiveIntegerField("退费（分）")
    is_void = models.BooleanField("不同意", default=False)

    class Meta:
        verbose_name = "退费明细"
        constraints = [
            models.UniqueConstraint(fields=["center", "charge"], condition=Q(is_void=False), name="refund_line_once"),
        ]
        indexes = [models.Index(fields=["center", "refund"], name="refund_line_refund")]


class FeeLead(TenantModel):
    """What a citizen says was asked of them beyond the schedule, or a charge the software blocked ("3.5", 三乱线索).

    Who said it is sealed; neither the accused nor anybody of their unit can read it (`access.fee_lead_for`).
    """

    class State(models.TextChoices):
        NEW = "new", "待核查"
        CONFIRMED = "confirmed", "属实"
        UNFOUNDED = "unfounded", "不属实"

    code = models.CharField("编号", max_length=16, default=fee_lead_code)
    case = TenantForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    is_blocked = models.BooleanField("系统拦截", default=False)
    informant_sealed = models.TextField("反映人（密文）", blank=True)
    informant_masked = models.CharField("反映人", max_length=60, blank=True)
    about = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="被反映人"
    )
    department = TenantForeignKey(
        "org.Department", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="被反映部门"
    )
    about_words = models.CharField("被反映的人或单位", max_length=60, blank=True)
    text = models.TextField("反映内容")
    happened_date = models.DateField("发生日期", null=True, blank=True)
    registered_by = models.CharField("登记人", max_length=40)
    registered_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.NEW)
    finding = models.CharField("核查结论", max_length=300, blank=True)
    found_by = models.CharField("核查人", max_length=30, blank=True)
    found_at = models.DateTimeField("核查时间", null=True, blank=True)

    class Meta:
        verbose_name = "收费线索"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="fee_lead_code"),
            models.CheckConstraint(
                condition=Q(state="new", found_at__isnull=True) | (~Q(state="new") & Q(found_at__isnull=False)),
                name="fee_lead_found",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "state", "registered_at"], name="fee_lead_state"),
            models.Index(fields=["center", "found_at"], name="fee_lead_found_at"),
        ]

    def __str__(self) -> str:
        return self.code
