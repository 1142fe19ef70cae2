"""Numbered papers: what was issued, under which number, what it looked like, who took a copy."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def document_code() -> str:
    return new_code("WS")


class Kind(models.TextChoices):
    """The numbered papers; each is also the name of its template."""

    NOTICE = "notice", "量化考核公示"
    CRITICISM = "criticism", "通报批评"
    AGENDA = "agenda", "干部大会议程清单"
    STANDBY = "standby", "待岗名单"
    TRANSFER_LETTER = "transfer_letter", "建议调离函"
    YEAR_TABLE = "year_table", "年度考核表"
    LEAVE_FORM = "leave_form", "请假条"
    HANDOVER_FORM = "handover_form", "值日交接单"
    ROSTER = "roster", "值守表"
    TABLE = "table", "统计表"
    RECEIPT = "receipt", "收件凭证"
    ACCEPTANCE = "acceptance", "受理通知书"
    ONE_TIME_NOTICE = "one_time_notice", "一次性告知书"
    DECLINED = "declined", "不予受理通知书"
    RETURNED = "returned", "退回件通知书"
    CORRECTION_RECEIPT = "correction_receipt", "补正材料接收凭证"
    SPECIAL_PROCEDURE = "special_procedure", "特别程序告知书"
    EXTENSION = "extension", "延期通知书"
    JOINT_FLOW = "joint_flow", "联办件流转单"
    COMPLETION = "completion", "办结通知书"
    DELIVERY_PROOF = "delivery_proof", "送达回证"
    FIRST_INQUIRY = "first_inquiry", "首问责任登记表"
    FEE_RECEIPT = "fee_receipt", "收费收据"
    DAY_END = "day_end", "收费日结对账单"


class Series(TenantModel):
    """The last number taken of one kind in one year; the row is the queue for the next (T11)."""

    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "文号"
        constraints = [models.UniqueConstraint(fields=["center", "kind", "year"], name="series_year")]


class Document(TenantModel):
    """One issued paper. A void one keeps its number; `pdf` is what was issued, byte for byte.

    `data` is the template's data with the frame, `stand_ins` the typefaces that had to be replaced when it was made.
    `source` names what it was made from ("assessment.posting:GS-…"); a source has one valid paper of a kind.
    """

    code = models.CharField(max_length=16, default=document_code)
    kind = models.CharField("种类", max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField("文号", max_length=60)
    subject = models.CharField("事由", max_length=100)
    source = models.CharField(max_length=80, blank=True)
    data = models.JSONField()
    template_version = models.CharField(max_length=16)
    stand_ins = models.JSONField(default=list)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issued_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="出具人"
    )
    issuer_label = models.CharField("出具人", max_length=40)
    issued_at = models.DateTimeField("出具时间")
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.CharField("作废人", max_length=40, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="document_code"),
            models.UniqueConstraint(fields=["center", "kind", "year", "serial"], name="document_serial"),
            models.UniqueConstraint(
                fields=["center", "kind", "source"], condition=Q(voided_at__isnull=True) & ~Q(source=""), name="document_source"
            ),
        ]
        indexes = [models.Index(fields=["center", "-issued_at"], name="document_issued")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None


class Printing(TenantModel):
    """A copy that left the system: who took which form of the paper, when."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        A3 = "a3", "PDF(A3 大张)"
        WORD = "word", "Word"

    document = TenantForeignKey(Document, models.PROTECT, related_name="printings", db_index=False)
    form = models.CharField(max_length=4, choices=Form)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "打印记录"
        indexes = [models.Index(fields=["center", "document", "-at"], name="printing_document")]
