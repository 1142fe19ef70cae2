"""Where punches come from, and the punches themselves, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def device_code() -> str:
    return new_code("SB")


def batch_code() -> str:
    return new_code("DR")


def pin_code() -> str:
    return new_code("BH")


def register_code() -> str:
    return new_code("QD")


class Device(TenantModel):
    """A source of punches. `kind` says how its lines are read; `utc_offset` (minutes) is the zone its clock shows.

    `synced_until` is the watermark: everything punched before it has arrived. Where a device `is_source`, the lack of
    a punch counts only once its watermark has passed; the web button and the paper register arrive as they happen.
    """

    class Kind(models.TextChoices):
        TERMINAL = "terminal", "考勤机"
        SHEET = "sheet", "Excel 模板"
        DINGTALK = "dingtalk", "钉钉"
        WECOM = "wecom", "企业微信"
        WEB = "web", "网页打卡"
        REGISTER = "register", "纸质签到簿"

    code = models.CharField("编号", max_length=16, default=device_code)
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类型", max_length=10, choices=Kind)
    serial = models.CharField("序列号", max_length=64, blank=True)
    utc_offset = models.SmallIntegerField("时区(分钟)", default=480)
    is_source = models.BooleanField("等数据到齐再判缺卡", default=True)
    synced_until = models.DateTimeField("数据截至", null=True, blank=True)
    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "打卡设备"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="device_code"),
            models.UniqueConstraint(fields=["center", "name"], name="device_name"),
            models.CheckConstraint(condition=Q(utc_offset__gte=-720) & Q(utc_offset__lte=840), name="device_offset"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_files(self) -> bool:
        """Whether files of it are brought in: in use, and not run by the software itself."""
        return self.active_to is None and self.kind not in (self.Kind.WEB, self.Kind.REGISTER)


class PinMapping(TenantModel):
    """Whose a device PIN is, dated (`active_to` exclusive). Without one the PIN is looked up among the staff numbers."""

    device = TenantForeignKey(
        Device, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="设备"
    )
    pin = models.CharField("打卡编号", max_length=32)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="人员")
    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)
    mapped_by = models.CharField("登记人", max_length=40)
    mapped_at = models.DateTimeField()

    class Meta:
        verbose_name = "编号对应"
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")), name="pin_mapping_order"
            ),
        ]
        indexes = [models.Index(fields=["center", "pin", "active_from"], name="pin_mapping_pin")]


class ImportBatch(TenantModel):
    """One file brought in: staged (uploaded, columns being mapped) → done or cancelled. The counts tell what became of each line."""

    class State(models.TextChoices):
        STAGED = "staged", "待确认"
        DONE = "done", "已导入"
        CANCELLED = "cancelled", "已放弃"

    code = models.CharField("编号", max_length=16, default=batch_code)
    device = TenantForeignKey(Device, models.PROTECT, related_name="+", db_index=False, verbose_name="设备")
    state = models.CharField("状态", max_length=10, choices=State, default=State.STAGED)
    kind = models.CharField("格式", max_length=16)
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("文件指纹", max_length=64)
    size = models.PositiveIntegerField("字节数")
    staged_as = models.CharField(max_length=120, blank=True, help_text="暂存文件名,确认或放弃后清空")
    columns = models.JSONField("列对应", default=dict, blank=True)
    good = models.PositiveIntegerField("有效", default=0)
    duplicate = models.PositiveIntegerField("重复", default=0)
    bad = models.PositiveIntegerField("有误", default=0)
    unmatched = models.PositiveIntegerField("未对应编号", default=0)
    first_at = models.DateTimeField("最早", null=True, blank=True)
    last_at = models.DateTimeField("最晚", null=True, blank=True)
    imported_by = models.CharField("导入人", max_length=40)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = "导入批次"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="import_batch_code")]
        indexes = [models.Index(fields=["center", "imported_at"], name="import_batch_when")]

    @property
    def added(self) -> int:
        """Lines that were new."""
        return self.good - self.duplicate


class Punch(TenantModel):
    """One raw punch, exactly as its source told it. Nobody edits one; whose it is follows from the PIN on its day."""

    device = TenantForeignKey(Device, models.PROTECT, related_name="+", db_index=False, verbose_name="设备")
    batch = TenantForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="批次")
    pin = models.CharField("打卡编号", max_length=32)
    punched_at = models.DateTimeField("打卡时间")
    status = models.SmallIntegerField("状态码", default=255)
    verify = models.SmallIntegerField("验证方式", default=0)
    is_corrected = models.BooleanField("来源系统已补卡", default=False)
    raw = models.CharField("原始记录", max_length=300, blank=True)
    received_at = models.DateTimeField("到达时间")

    class Meta:
        verbose_name = "打卡"
        constraints = [
            models.UniqueConstraint(fields=["center", "device", "pin", "punched_at", "verify", "status"], name="punch_once"),
        ]
        indexes = [models.Index(fields=["center", "punched_at"], name="punch_when")]


class QuarantineLine(TenantModel):
    """A line that could not be read, kept with its number, the reason and what to do (identity numbers masked)."""

    batch = TenantForeignKey(ImportBatch, models.PROTECT, related_name="+", db_index=False, verbose_name="批次")
    line = models.PositiveIntegerField("行号")
    raw = models.CharField("内容", max_length=300, blank=True)
    reason = models.CharField("原因", max_length=120)
    advice = models.CharField("怎么办", max_length=160, blank=True)

    class Meta:
        verbose_name = "有误行"
        indexes = [models.Index(fields=["center", "batch", "line"], name="quarantine_line")]


class UnmatchedPin(TenantModel):
    """A PIN nobody owns yet; its punches wait and are counted once somebody says whose it is, or that it is nobody's."""

    IGNORED = "不计入考勤"

    code = models.CharField("编号", max_length=16, default=pin_code)
    device = TenantForeignKey(Device, models.PROTECT, related_name="+", db_index=False, verbose_name="设备")
    pin = models.CharField("打卡编号", max_length=32)
    punches = models.PositiveIntegerField("打卡次数", default=0)
    first_at = models.DateTimeField("最早")
    last_at = models.DateTimeField("最晚")
    resolved_at = models.DateTimeField("处理时间", null=True, blank=True)
    outcome = models.CharField("处理结果", max_length=80, blank=True)

    class Meta:
        verbose_name = "未对应编号"
        constraints = [models.UniqueConstraint(fields=["center", "device", "pin"], name="unmatched_pin")]
        indexes = [models.Index(fields=["center", "resolved_at", "last_at"], name="unmatched_pin_open")]


class RegisterEntry(TenantModel):
    """A line of the paper register, typed by one person and confirmed by a second; only then it is a punch ("1.9")."""

    class State(models.TextChoices):
        TYPED = "typed", "待复核"
        CONFIRMED = "confirmed", "已复核"
        REJECTED = "rejected", "退回"

    code = models.CharField("编号", max_length=16, default=register_code)
    member = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="人员")
    signed_at = models.DateTimeField("签到时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.TYPED)
    typed_by = TenantForeignKey("org.Member", models.PROTECT, related_name="+", db_index=False, verbose_name="录入人")
    typed_at = models.DateTimeField()
    confirmed_by = TenantForeignKey(
        "org.Member", models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="复核人"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        verbose_name = "签到簿登记"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="register_entry_code"),
            models.UniqueConstraint(
                fields=["center", "member", "signed_at"], condition=~Q(state="rejected"), name="register_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("typed_by")), name="register_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("member")), name="register_not_own"
            ),
        ]
        indexes = [models.Index(fields=["center", "state", "signed_at"], name="register_entry_state")]
