"""People join, change, move and leave; memberships are dated and never overlap."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from shouwen.audit import actions as audit
from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.errors import Refused, taken
from shouwen.org import queries
from shouwen.org.models import Center, Counter, Department, Member, Membership, Role, RoleGrant, User

DAY = timedelta(days=1)


@transaction.atomic
def add_member(
    *,
    name: str,
    department: Department | None,
    active_from: date,
    post: str = "窗口工作人员",
    counter: Counter | None = None,
    staff_no: str = "",
    phone: str = "",
    is_assessed: bool = True,
    by: Actor,
    at: datetime,
) -> Member:
    """A person joins the centre on a day; without a department (e.g. a visiting director) there is no post yet.

    Refused when name or staff number is already borne by somebody here. Effects: Member, Membership, audit
    "org.add_member". 依据: "1.1" (assessed are those actually on post)
    """
    queries.require(by, "people", department, counter)
    center = queries.lock_center(by.center)
    name, staff_no = name.strip(), staff_no.strip()
    _unique(center, name, staff_no, None, active_from)
    member = Member.objects.create(center=center, name=name, staff_no=staff_no, phone=phone.strip(), joined_date=active_from)
    if department is not None:
        _post(member, department, counter, post, is_assessed, active_from)
    detail = {"department": department.name if department else "", "post": post, "from": active_from.isoformat()}
    audit.record(by=by, at=at, verb="org.add_member", obj=member, label=member.name, detail=detail)
    return member


def _unique(center: Center, name: str, staff_no: str, besides: Member | None, on: date) -> None:
    """Names stand on posted tables and numbers come from the terminal: neither may fit two people."""
    others = Member.objects.of(center)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.filter(name=name).filter(Q(left_date__isnull=True) | Q(left_date__gt=on)).exists():
        raise Refused(f"已有名为“{name}”的人员;确为两人同名时,请在姓名后加注,如“{name}(村建)”")
    if staff_no and others.filter(staff_no=staff_no).exists():
        raise Refused(f"工号“{staff_no}”已属于另一人(离开的人也保留其工号),请核对")


def _post(
    member: Member,
    department: Department,
    counter: Counter | None,
    post: str,
    is_assessed: bool,
    start: date,
    end: date | None = None,
) -> Membership:
    for row, what in ((department, "部门"), (counter, "窗口")):
        if row is not None and (row.active_from > start or (row.active_to is not None and row.active_to <= start)):
            raise Refused(f"{what}“{row}”在 {start:%Y-%m-%d} 尚未设立或已撤销")
    return Membership.objects.create(
        center=member.center,
        member=member,
        department=department,
        counter=counter,
        post=post.strip(),
        is_assessed=is_assessed,
        active_from=start,
        active_to=end,
    )


@transaction.atomic
def change_member(*, member: Member, name: str, staff_no: str, phone: str, by: Actor, at: datetime) -> Member:
    """Correct a person's name, staff number or phone. Audit "org.change_member" with what changed (phones masked)."""
    queries.require(by, "people", member)
    center = queries.lock_center(by.center)
    member = Member.objects.of(center).get(pk=member.pk)
    _unique(center, name.strip(), staff_no.strip(), member, local(at).date())
    before = (member.name, member.staff_no, member.phone_masked)
    member.name, member.staff_no, member.phone = name.strip(), staff_no.strip(), phone.strip()
    member.save(update_fields=["name", "staff_no", "phone"])
    detail = {"before": before, "after": (member.name, member.staff_no, member.phone_masked)}
    audit.record(by=by, at=at, verb="org.change_member", obj=member, label=member.name, detail=detail)
    return member


@transaction.atomic
def move_member(
    *,
    member: Member,
    department: Department,
    active_from: date,
    post: str = "窗口工作人员",
    counter: Counter | None = None,
    is_assessed: bool = True,
    by: Actor,
    at: datetime,
) -> Membership:
    """From a day on the person stands elsewhere; the present post ends the day before.

    Refused when a later post is already arranged, or when somebody was quicker. Moving on the very day a post began
    corrects that post. Effects: Membership, audit "org.move_member".
    """
    queries.require(by, "people", member, department, counter)
    center = queries.lock_center(by.center)
    member = Member.objects.of(center).select_related("center").get(pk=member.pk)
    if not member.is_here(active_from):
        raise Refused("该日不在此人的任职期间")
    posts = Membership.objects.of(center).filter(member=member)
    if posts.filter(active_from__gt=active_from).exists():
        raise Refused("此人在该日之后已另有岗位安排,不能再从更早的日期调整")
    detail = {"department": department.name, "post": post, "from": active_from.isoformat()}
    posts.filter(active_from__lt=active_from).filter(_reaching(active_from)).update(active_to=active_from)
    same = posts.filter(active_from=active_from).first()
    if same is None:
        same = _post(member, department, counter, post, is_assessed, active_from, member.left_date)
    else:
        detail["corrected"] = same.post
        same.department, same.counter, same.post, same.is_assessed = department, counter, post.strip(), is_assessed
        same.save(update_fields=["department", "counter", "post", "is_assessed"])
    audit.record(by=by, at=at, verb="org.move_member", obj=member, label=member.name, detail=detail)
    return same


def _reaching(on: date) -> Q:
    return Q(active_to__isnull=True) | Q(active_to__gt=on)


@transaction.atomic
def end_member(*, member: Member, last_date: date, reason: str = "", by: Actor, at: datetime) -> Member:
    """The person leaves after `last_date` (inclusive): posts and roles end, the account closes.

    Refused for the last security administrator, when a later post is arranged, or when already ended.
    Effects: Member, Membership, RoleGrant, account; audit "org.end_member".
    """
    queries.require(by, "people", member)
    center = queries.lock_center(by.center)
    end = last_date + DAY
    today = local(at).date()
    member = Member.objects.of(center).select_related("center", "user").get(pk=member.pk)
    if end <= member.joined_date:
        raise Refused("离开日期早于到中心日期")
    if (
        Role.SECURITY_ADMIN.value in queries.roles_of(member, today)
        and queries.working_holders(center, Role.SECURITY_ADMIN, today) < 2
    ):
        raise Refused("此人是唯一的安全管理员,请先将该角色授予另一人")
    posts = Membership.objects.of(center).filter(member=member)
    if posts.filter(active_from__gte=end).exists():
        raise Refused("此人在该日之后已另有岗位安排,请先调整")
    if Member.objects.of(center).filter(pk=member.pk, left_date__isnull=True).update(left_date=end) != 1:
        raise taken()
    posts.filter(_reaching(end)).update(active_to=end)
    grants = RoleGrant.objects.of(center).filter(member=member)
    grants.filter(_reaching(end), active_from__lte=end).update(active_to=end)
    if member.user is not None and end <= today:
        User.objects.filter(pk=member.user.pk).update(is_active=False, sessions_from=at)
    detail = {"last_day": last_date.isoformat(), "reason": reason}
    audit.record(by=by, at=at, verb="org.end_member", obj=member, label=member.name, detail=detail)
    member.refresh_from_db()
    return member


def reveal_phone(*, member: Member, reason: str, by: Actor, at: datetime) -> str:
    """The full number, for a stated reason; looking is itself on record: audit "org.reveal_phone"."""
    queries.require(by, "phones", member)
    if not member.phone:
        raise Refused("没有登记手机号")
    audit.record(by=by, at=at, verb="org.reveal_phone", obj=member, label=member.name, detail={"reason": reason})
    return member.phone


def note_export(*, count: int, by: Actor, at: datetime) -> None:
    """Somebody took the list of people away as a sheet: audit "org.export"."""
    queries.require(by, "export")
    audit.record(by=by, at=at, verb="org.export", label="人员表", detail={"rows": count})
