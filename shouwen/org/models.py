"""Who there is: centers, departments, counters, people, the roles they hold, what the leadership meeting decided."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from shouwen.core.tenancy import TenantForeignKey, TenantModel, uuid7
from shouwen.rules.masking import mask_phone
from shouwen.rules.numbering import new_code


def center_code() -> str:
    return new_code("ZX")


def department_code() -> str:
    return new_code("BM")


def counter_code() -> str:
    return new_code("CK")


def member_code() -> str:
    return new_code("RY")


def decision_code() -> str:
    return new_code("JD")


class Role(models.TextChoices):
    """What a person may do beyond the everyday; dated in `RoleGrant`. The three administrators exclude each other."""

    LEADER = "leader", "中心负责人"
    DIRECTOR = "director", "分管领导（主任）"
    ASSESSOR = "assessor", "考核员（党政办）"
    SUPERVISOR = "supervisor", "监督员"
    CLERK = "clerk", "窗口人员"
    SECTION = "section", "业务科"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value, Role.AUDIT_ADMIN.value})
EXCLUSIVE_ROLES = ADMIN_ROLES | {Role.ASSESSOR.value}

# What needs which role in this app: the privilege matrix as data; what is not named here nobody may do.
# "see" is every member's; the system (set-up, night jobs) passes. Administrators keep to their own third.
RIGHTS: dict[str, frozenset[str]] = {
    "people": frozenset({Role.SYSTEM_ADMIN.value, Role.LEADER.value}),
    "structure": frozenset({Role.SYSTEM_ADMIN.value, Role.LEADER.value}),
    "settings": frozenset({Role.SYSTEM_ADMIN.value, Role.LEADER.value}),
    "station": frozenset({Role.SYSTEM_ADMIN.value}),
    "accounts": frozenset({Role.SECURITY_ADMIN.value}),
    "roles": frozenset({Role.SECURITY_ADMIN.value}),
    "decisions": frozenset({Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value}),
    "misconduct": frozenset({Role.LEADER.value, Role.DIRECTOR.value}),
    "phones": frozenset({Role.SYSTEM_ADMIN.value, Role.LEADER.value, Role.DIRECTOR.value}),
    "export": frozenset({Role.SYSTEM_ADMIN.value, Role.LEADER.value, Role.DIRECTOR.value, Role.ASSESSOR.value}),
}


class Dated(models.Model):
    """What holds from a day on, to an exclusive and possibly open end."""

    active_from = models.DateField("起")
    active_to = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_date(self) -> date | None:
        """The last day on which the row holds, as people write it."""
        return self.active_to - timedelta(days=1) if self.active_to else None


def in_force(on: date, start: str = "active_from", end: str = "active_to") -> Q:
    """Rows whose dated validity (exclusive, possibly open end) covers the day."""
    return Q(**{f"{start}__lte": on}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}))


class Center(models.Model):
    """A hall, in a tree: village station → township → county …"""

    class Kind(models.TextChoices):
        VILLAGE = "village", "村级便民服务站"
        TOWNSHIP = "township", "乡镇（街道）便民服务中心"
        COUNTY = "county", "县级政务服务中心"
        CITY = "city", "市级政务服务中心"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("公开编号", max_length=16, unique=True, default=center_code)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20, help_text="用于文号与抬头,如“青山镇”")
    kind = models.CharField("类型", max_length=10, choices=Kind, default=Kind.TOWNSHIP)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上级中心")
    office_name = models.CharField("考核执行机构", max_length=40, default="党政办公室")
    address = models.CharField("地址", max_length=120, blank=True)
    pinyin = models.CharField("地名拼音", max_length=40, blank=True, help_text="如 qingshan;只用来拒绝过于好猜的密码")
    report_phone = models.CharField("举报电话", max_length=30, help_text="须向社会公布,见于大厅屏、公示页和每份文书")
    objection_contact = models.CharField("异议受理人", max_length=30, blank=True)
    objection_phone = models.CharField("异议受理电话", max_length=30, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "中心"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """The account: shared by all centres' tables, rarely written (T8). One person, one account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", db_index=False, verbose_name="中心")
    username = models.CharField("账号", max_length=40, unique=True)
    is_active = models.BooleanField("启用", default=True)
    must_change = models.BooleanField("须修改密码", default=True)
    password_at = models.DateTimeField("密码设定时间", null=True)
    secret_until = models.DateTimeField("一次性口令有效期", null=True)
    sessions_from = models.DateTimeField("在此之前的登录已失效", null=True)
    last_login = None  # type: ignore[assignment]  # T8: writes go to tenant or local tables

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.username


class PasswordHistory(models.Model):
    """Hashes of former passwords, so that the last five are refused (shared table, like the account)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = "用过的密码"
        indexes = [models.Index(fields=["user", "set_at"], name="password_history_user")]


class Department(Dated, TenantModel):
    """A unit with windows in the hall; `is_vertical` marks a vertically managed unit (条管, "1.7")."""

    code = models.CharField(max_length=16, default=department_code)
    name = models.CharField("名称", max_length=40)
    short_name = models.CharField("简称", max_length=12)
    is_vertical = models.BooleanField("条管单位", default=False)
    superior_name = models.CharField("上级主管部门", max_length=60, blank=True, help_text="条管单位填写,用于建议调离函")

    class Meta:
        verbose_name = "部门"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="department_code")]
        indexes = [models.Index(fields=["center", "active_from"], name="department_active")]

    def __str__(self) -> str:
        return self.name


class Counter(Dated, TenantModel):
    """A numbered window."""

    code = models.CharField(max_length=16, default=counter_code)
    number = models.PositiveSmallIntegerField("窗口号")
    name = models.CharField("名称", max_length=40)
    department = TenantForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")

    class Meta:
        verbose_name = "窗口"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="counter_code")]
        indexes = [models.Index(fields=["center", "number"], name="counter_number")]

    def __str__(self) -> str:
        return f"{self.number}号窗口 {self.name}"


class Member(TenantModel):
    """A person of a centre. The account may be missing (somebody without a computer) and may end before the person."""

    code = models.CharField(max_length=16, default=member_code)
    name = models.CharField("姓名", max_length=30)
    staff_no = models.CharField("工号（打卡编号）", max_length=24, blank=True)
    phone = models.CharField("手机", max_length=20, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="账号")
    joined_date = models.DateField("到中心日期")
    left_date = models.DateField("离开日期", null=True, blank=True, help_text="不再属于本中心的第一天")
    last_login_at = models.DateTimeField(null=True, blank=True)
    feed_secret = models.CharField(max_length=43, blank=True, help_text="日历订阅地址的口令")

    class Meta:
        verbose_name = "人员"
        constraints = [
            models.UniqueConstraint(fields=["center", "code"], name="member_code"),
            models.UniqueConstraint(fields=["center", "user"], name="member_user"),
            models.UniqueConstraint(fields=["center", "staff_no"], condition=~Q(staff_no=""), name="member_staff_no"),
        ]
        indexes = [models.Index(fields=["center", "name"], name="member_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)

    def is_here(self, on: date) -> bool:
        return self.joined_date <= on and (self.left_date is None or on < self.left_date)


class Membership(Dated, TenantModel):
    """Where a person is on post, dated; the assessment counts only people actually on post ("1.1")."""

    member = TenantForeignKey(Member, models.PROTECT, related_name="memberships", db_index=False, verbose_name="人员")
    department = TenantForeignKey(Department, models.PROTECT, related_name="memberships", verbose_name="部门")
    counter = TenantForeignKey(Counter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="窗口")
    post = models.CharField("岗位", max_length=40, default="窗口工作人员")
    is_assessed = models.BooleanField("参加量化考核", default=True)

    class Meta:
        verbose_name = "在岗"
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gt=F("active_from")), name="membership_order"
            ),
        ]
        indexes = [
            models.Index(fields=["center", "member", "active_from"], name="membership_member"),
            models.Index(fields=["center", "active_from"], name="membership_active"),
        ]


class RoleGrant(Dated, TenantModel):
    """A role held, dated; granted and ended by a person ("1.9": who assesses is on record)."""

    member = TenantForeignKey(Member, models.PROTECT, related_name="role_grants", db_index=False, verbose_name="人员")
    role = models.CharField("角色", max_length=20, choices=Role)
    granted_by = models.CharField("授予人", max_length=40)
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["center", "member"],
                condition=Q(active_to__isnull=True, role__in=["system_admin", "security_admin", "audit_admin", "assessor"]),
                name="role_grant_exclusive",
            ),
            models.UniqueConstraint(
                fields=["center", "member", "role"], condition=Q(active_to__isnull=True), name="role_grant_once"
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")), name="role_grant_order"
            ),
        ]
        indexes = [models.Index(fields=["center", "member", "role"], name="role_grant_member")]


class Decision(Dated, TenantModel):
    """A decision of the leadership meeting (班子会), dated: who decided, when, from when it holds ("1.1", "1.9")."""

    class Kind(models.TextChoices):
        POINT_VALUE = "point_value", "每分分值（元）"
        OBJECTION_DAYS = "objection_days", "异议期限（工作日）"
        READINGS = "readings", "确认制度读法"
        MISCONDUCT = "misconduct", "考核弄虚作假认定"
        YEAR = "year", "年度考核处理"
        OTHER = "other", "其他"

    code = models.CharField(max_length=16, default=decision_code)
    kind = models.CharField("事项", max_length=20, choices=Kind)
    decided_date = models.DateField("会议日期")
    decided_by = models.CharField("会议与参加人", max_length=200)
    text = models.TextField("决定内容")
    value = models.DecimalField("数值", max_digits=10, decimal_places=2, null=True, blank=True)
    recorded_by = models.CharField("记录人", max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "班子会决定"
        constraints = [models.UniqueConstraint(fields=["center", "code"], name="decision_code")]
        indexes = [models.Index(fields=["center", "kind", "active_from"], name="decision_kind")]


class Substitution(TenantModel):
    """Somebody stands in for somebody (代班), from when to when; written when the cover accepts ("1.4.1")."""

    member = TenantForeignKey(Member, models.PROTECT, related_name="+", verbose_name="离岗人员")
    cover = TenantForeignKey(Member, models.PROTECT, related_name="+", verbose_name="代班人员")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    source = models.CharField("来源", max_length=60, help_text="如 attendance.leave:QJ-…")
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)

    class Meta:
        verbose_name = "代班"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="substitution_order"),
            models.CheckConstraint(condition=~Q(member=F("cover")), name="substitution_other"),
        ]
        indexes = [models.Index(fields=["center", "starts_at"], name="substitution_start")]

    def covers(self, at: datetime) -> bool:
        end = min(self.ends_at, self.ended_at) if self.ended_at else self.ends_at
        return self.starts_at <= at < end


class LoginAttempt(models.Model):
    """Failures in a row of one account from one network (local table, no tenant): what the lock-out counts.

    Account and network are keyed digests: what was typed into the wrong field is not kept, nor is an address.
    An empty account counts the network over all accounts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.CharField(max_length=24, blank=True)
    network = models.CharField(max_length=24)
    recent = models.JSONField(default=list, help_text="最近失败的时刻(1970年起的秒数),旧的在前")
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "登录失败"
        constraints = [models.UniqueConstraint(fields=["account", "network"], name="login_attempt_who")]
        indexes = [models.Index(fields=["last_at"], name="login_attempt_last")]


class SetupCode(models.Model):
    """The one-time address that opens a centre (local table): only its digest is kept, it serves once and expires."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    parent = models.ForeignKey(Center, models.PROTECT, null=True, related_name="+", verbose_name="上级中心")
    kind = models.CharField(max_length=10, choices=Center.Kind, default=Center.Kind.TOWNSHIP)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "开通码"
