"""The item (事项) and its dated versions: a draft, then in force from a day, then ended; what runs keeps its own ("3.3", L39)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel
from shouwen.rules.numbering import new_code


def item_code() -> str:
    return new_code("SX")


def version_code() -> str:
    return new_code("BB")


class Item(TenantModel):
    """One thing the centre does. What is told about it is in its versions; `name` repeats the newest one's for labels."""

    code = models.CharField("编号", max_length=16, default=item_code)
    national_code = models.CharField("基本编码", max_length=50, blank=True)
    implementation_code = models.CharField("实施编码", max_length=50, blank=True)
    name = models.CharField("事项名称", max_length=120)
    created_by = models.CharField("建立人", max_length=40)
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "事项"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="item_code")]
        indexes = [models.Index(fields=["center", "name"], name="item_name")]

    def __str__(self) -> str:
        return self.name


class ItemVersion(TenantModel):
    """What holds for an item from `active_from` to `active_to` (exclusive, open when None). Never changed once in force.

    A draft keeps everything in `draft_document` (the shape of docs/reference/catalogue.md) and has no rows of parts yet; they
    are written once, when it is put in force. With the unit `same_day` (K5) the number is 0 and not read.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_FORCE = "in_force", "施行"
        ENDED = "ended", "已停止"
        WITHDRAWN = "withdrawn", "已撤回"

    class Field(models.TextChoices):
        SOCIAL = "social", "社会保障"
        MEDICAL = "medical", "医疗保障"
        CIVIL = "civil", "民政服务"
        HEALTH = "health", "卫生健康"
        DISABLED = "disabled", "残疾人服务"
        FARMING = "farming", "农业农村"
        LAND = "land", "自然资源与建设"
        MARKET = "market", "市场监管"
        VETERANS = "veterans", "退役军人"
        GENERAL = "general", "户籍与综合"

    class OfficialKind(models.TextChoices):
        """GB/T 39046 A.6 knows 1 即办件, 2 承诺件, 9 其他 and nothing else."""

        IMMEDIATE = "immediate", "即办件"
        PROMISED = "promised", "承诺件"
        OTHER = "other", "其他"

    class Handling(models.TextChoices):
        ORDINARY = "ordinary", "一般"
        JOINT = "joint", "联办"
        REPORTED_UP = "reported_up", "上报"
        SUPPLEMENTARY = "supplementary", "补办（容缺）"

    class Unit(models.TextChoices):
        WORKDAY = "workday", "个工作日"
        HOUR = "hour", "个工作小时"
        MINUTE = "minute", "分钟"
        DAY = "day", "日（自然日）"
        SAME_DAY = "same_day", "当日办结"

    class Approver(models.TextChoices):
        """Who approves an extension: 行政许可法 42."""

        NONE = "", "不得延期"
        HEAD = "head", "本行政机关负责人"
        GOVERNMENT = "government", "本级人民政府负责人"

    class Delivery(models.TextChoices):
        COUNTER = "counter", "窗口领取"
        POST = "post", "邮寄送达"
        DOOR = "door", "送件上门"

    class ServiceObject(models.TextChoices):
        """GB/T 39046 A.4, 1 to 6."""

        PERSON = "person", "自然人"
        ENTERPRISE = "enterprise", "企业法人"
        INSTITUTION = "institution", "事业法人"
        SOCIAL = "social", "社会组织法人"
        AGENCY = "agency", "行政机关"
        OTHER = "other", "其他组织"

    code = models.CharField("版本编号", max_length=16, default=version_code)
    item = TenantForeignKey(Item, models.PROTECT, related_name="versions", db_index=False, verbose_name="事项")
    number = models.PositiveSmallIntegerField("第几版")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    active_from = models.DateField("起", null=True, blank=True)
    active_to = models.DateField("止", null=True, blank=True)
    draft_document = models.JSONField("草稿内容", null=True, blank=True)

    name = models.CharField("事项名称", max_length=120)
    aliases = models.JSONField("俗称", default=list, blank=True)
    field = models.CharField("领域", max_length=10, choices=Field)
    official_kind = models.CharField("办件类型", max_length=10, choices=OfficialKind)
    handling = models.CharField("办理方式", max_length=16, choices=Handling, default=Handling.ORDINARY)
    department = TenantForeignKey(
        "org.Department", models.PROTECT, related_name="+", db_index=False, verbose_name="承办（牵头）部门"
    )
    statutory_limit = models.PositiveSmallIntegerField("法定时限", null=True, blank=True)
    statutory_unit = models.CharField(max_length=8, choices=Unit, default=Unit.WORKDAY)
    promised_limit = models.PositiveSmallIntegerField("承诺时限", default=0)
    promised_unit = models.CharField(max_length=8, choices=Unit, default=Unit.WORKDAY)
    extension_limit = models.PositiveSmallIntegerField("可延长（工作日）", default=0)
    extension_approver = models.CharField("延期批准人", max_length=12, choices=Approver, blank=True, default="")
    correction_days = models.PositiveSmallIntegerField("补正期限（工作日）", null=True, blank=True)
    pause_grounds = models.JSONField("不计时限的事由", default=list, blank=True)
    is_silence_approved = models.BooleanField("逾期未答复视为准予", default=False, help_text="延续申请（行政许可法第50条）")
    reported_to = models.CharField("上报机关", max_length=60, blank=True)
    legal_basis = models.TextField("设定依据")
    conditions = models.TextField("受理条件", blank=True)
    result_name = models.CharField("办理结果", max_length=120, blank=True)
    result_validity = models.CharField("结果有效期", max_length=60, blank=True)
    deliveries = models.JSONField("领取方式", default=list, blank=True)
    visits = models.PositiveSmallIntegerField("到现场次数", default=1)
    service_objects = models.JSONField("服务对象", default=list, blank=True)
    consult_phone = models.CharField("咨询电话", max_length=30, blank=True)
    complaint_phone = models.CharField("监督电话", max_length=30, blank=True)
    is_sample = models.BooleanField("样例", default=False)

    search_text = models.TextField("检索用语", blank=True)
    drafted_by = models.CharField("起草人", max_length=40)
    drafted_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("修改时间")
    enacted_by = models.CharField("批准人", max_length=40, blank=True)
    enacted_at = models.DateTimeField("批准时间", null=True, blank=True)

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="item_version_code"),
            models.UniqueConstraint(fields=["center", "item", "number"], name="item_version_number"),
            models.UniqueConstraint(fields=["center", "item"], condition=Q(state="draft"), name="item_version_one_draft"),
            models.UniqueConstraint(
                fields=["center", "item"], condition=Q(state="in_force", active_to__isnull=True), name="item_version_one_open"
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")), name="item_version_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(active_from__isnull=False), name="item_version_dated"
            ),
        ]
        indexes = [
            models.Index(fields=["center", "item", "active_from"], name="item_version_active"),
            models.Index(fields=["center", "field", "name"], name="item_version_field"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.number}版）"

    @property
    def last_date(self) -> date | None:
        """The last day on which the version holds, as people write it."""
        return self.active_to - timedelta(days=1) if self.active_to else None

    @property
    def is_joint(self) -> bool:
        return self.handling == self.Handling.JOINT


class VersionCounter(TenantModel):
    """A window at which the item is taken."""

    version = TenantForeignKey(ItemVersion, models.PROTECT, related_name="windows", db_index=False)
    counter = TenantForeignKey("org.Counter", models.PROTECT, related_name="+", db_index=False, verbose_name="窗口")

    class Meta:
        verbose_name = "办理窗口"
        constraints = [models.UniqueConstraint(fields=["center", "version", "counter"], name="version_counter")]
        indexes = [models.Index(fields=["center", "counter"], name="version_counter_counter")]
