"""Centres, departments, counters: the frame people work in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from shouwen.audit import actions as audit
from shouwen.core.actors import Actor, system
from shouwen.core.errors import Refused, taken
from shouwen.org import queries
from shouwen.org.models import Center, Counter, Department, Membership, SetupCode

DAY = timedelta(days=1)
SETUP_LIFE = timedelta(hours=24)


@transaction.atomic
def invite_center(*, kind: str = Center.Kind.TOWNSHIP, by: Actor, at: datetime) -> str:
    """Make a one-time opening code, valid 24 hours; only its digest is stored, the code is returned once.

    The `init` command invites a centre of any kind; a system administrator invites village stations below the own
    centre. Effects: SetupCode, audit "org.invite_center" when a centre invites.
    """
    if by.center is not None:
        queries.require(by, "station")
        if by.center.kind == Center.Kind.VILLAGE or kind != Center.Kind.VILLAGE:
            raise Refused("只能在乡镇及以上中心之下增设村级站")
    code = secrets.token_urlsafe(24)
    SetupCode.objects.create(
        digest=hashlib.sha256(code.encode()).hexdigest(),
        parent=by.center,
        kind=kind,
        made_by=by.label,
        made_at=at,
        expires_at=at + SETUP_LIFE,
    )
    if by.center is not None:
        audit.record(by=by, at=at, verb="org.invite_center", label=Center.Kind(kind).label)
    return code


@transaction.atomic
def open_center(
    *,
    code: str,
    name: str,
    short_name: str,
    report_phone: str,
    kind: str = "",
    office_name: str = "党政办公室",
    address: str = "",
    pinyin: str = "",
    objection_contact: str = "",
    objection_phone: str = "",
    by: Actor,
    at: datetime,
) -> Center:
    """Use up an opening code and create its centre; `kind` "" takes the code's. 依据: "3.6" (report telephone required)

    Refused when the code is used, expired or unknown, or a centre of that name exists. Audit "org.open_center".
    """
    found = _use_code(code, at)
    if not report_phone.strip():
        raise Refused("请填写举报电话:制度要求向社会公布", "3.6")
    if Center.objects.filter(name=name.strip()).exists():
        raise Refused(f"已有名为“{name.strip()}”的中心")
    center = Center.objects.create(
        name=name.strip(),
        short_name=short_name.strip(),
        kind=found.kind if found.parent_id else (kind or found.kind),
        parent=found.parent,
        office_name=office_name.strip(),
        address=address.strip(),
        pinyin=pinyin.strip().casefold(),
        report_phone=report_phone.strip(),
        objection_contact=objection_contact.strip(),
        objection_phone=objection_phone.strip(),
        created_at=at,
    )
    audit.record(by=system(center, "开通页"), at=at, verb="org.open_center", obj=center, label=center.name)
    return center


def _use_code(code: str, at: datetime) -> SetupCode:
    found = queries.setup_code(code, at)
    if found is None or SetupCode.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=at) != 1:
        raise Refused("开通地址已使用或已过期,请重新取得")
    return found


@transaction.atomic
def change_center(
    *,
    name: str,
    short_name: str,
    report_phone: str,
    office_name: str,
    address: str = "",
    pinyin: str = "",
    objection_contact: str = "",
    objection_phone: str = "",
    by: Actor,
    at: datetime,
) -> Center:
    """Change the own centre's settings. The report telephone may change but not vanish. 依据: "3.6". Audit "org.change_center"."""
    queries.require(by, "settings")
    if not report_phone.strip():
        raise Refused("举报电话不能为空:制度要求向社会公布", "3.6")
    center = queries.lock_center(by.center)
    if Center.objects.filter(name=name.strip()).exclude(pk=center.pk).exists():
        raise Refused(f"已有名为“{name.strip()}”的中心")
    values = {
        "name": name, "short_name": short_name, "office_name": office_name, "address": address, "pinyin": pinyin.casefold(),
        "report_phone": report_phone, "objection_contact": objection_contact, "objection_phone": objection_phone,
    }  # fmt: skip
    changed = {}
    for field, value in values.items():
        if getattr(center, field) != value.strip():
            changed[field] = [getattr(center, field), value.strip()]
            setattr(center, field, value.strip())
    center.save()
    audit.record(by=by, at=at, verb="org.change_center", obj=center, label=center.name, detail=changed)
    return center


@transaction.atomic
def add_department(
    *,
    name: str,
    short_name: str,
    active_from: date,
    is_vertical: bool = False,
    superior_name: str = "",
    by: Actor,
    at: datetime,
) -> Department:
    """A unit moves into the hall. A vertically managed one names its superior, whom a transfer letter addresses ("1.7")."""
    queries.require(by, "structure")
    center = queries.lock_center(by.center)
    _check_department(center, name, is_vertical, superior_name, None)
    row = Department.objects.create(
        center=center, name=name.strip(), short_name=short_name.strip() or name.strip()[:12],
        is_vertical=is_vertical, superior_name=superior_name.strip(), active_from=active_from,
    )  # fmt: skip
    audit.record(by=by, at=at, verb="org.add_department", obj=row, label=row.name)
    return row


def _check_department(center: Center, name: str, is_vertical: bool, superior_name: str, besides: Department | None) -> None:
    if is_vertical and not superior_name.strip():
        raise Refused("条管单位须填写上级主管部门(建议调离函的收文单位)", "1.7")
    same = Department.objects.of(center).filter(name=name.strip(), active_to__isnull=True)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refused(f"已有名为“{name.strip()}”的部门")


@transaction.atomic
def change_department(
    *, department: Department, name: str, short_name: str, is_vertical: bool, superior_name: str, by: Actor, at: datetime
) -> Department:
    """Correct a department's particulars; papers already issued keep what they say. Audit "org.change_department"."""
    queries.require(by, "structure", department)
    center = queries.lock_center(by.center)
    _check_department(center, name, is_vertical, superior_name, department)
    department.name, department.short_name = name.strip(), short_name.strip() or name.strip()[:12]
    department.is_vertical, department.superior_name = is_vertical, superior_name.strip()
    department.save(update_fields=["name", "short_name", "is_vertical", "superior_name"])
    audit.record(by=by, at=at, verb="org.change_department", obj=department, label=department.name)
    return department


@transaction.atomic
def end_department(*, department: Department, last_date: date, by: Actor, at: datetime) -> None:
    """The unit leaves the hall after `last_date`; refused while people or windows belong to it beyond that day."""
    queries.require(by, "structure", department)
    center = queries.lock_center(by.center)
    end = last_date + DAY
    beyond = Q(active_to__isnull=True) | Q(active_to__gt=end)
    if Membership.objects.of(center).filter(beyond, department=department).exists():
        raise Refused("该部门在该日之后仍有人员,请先调整人员岗位")
    if Counter.objects.of(center).filter(beyond, department=department).exists():
        raise Refused("该部门在该日之后仍有窗口,请先撤销或改归窗口")
    _end(Department.objects.of(center).filter(pk=department.pk), department.active_from, end)
    audit.record(by=by, at=at, verb="org.end_department", obj=department, label=department.name)


def _end(row: QuerySet[Department] | QuerySet[Counter], start: date, end: date) -> None:
    if end <= start:
        raise Refused("截止日早于设立日")
    if row.filter(active_to__isnull=True).update(active_to=end) != 1:
        raise taken()


@transaction.atomic
def add_counter(*, number: int, name: str, department: Department, active_from: date, by: Actor, at: datetime) -> Counter:
    """A numbered window opens; refused when the number is in use. Audit "org.add_counter"."""
    queries.require(by, "structure", department)
    center = queries.lock_center(by.center)
    _free_number(center, number, None)
    row = Counter.objects.create(
        center=center, number=number, name=name.strip(), department=department, active_from=active_from
    )
    audit.record(by=by, at=at, verb="org.add_counter", obj=row, label=str(row))
    return row


def _free_number(center: Center, number: int, besides: Counter | None) -> None:
    same = Counter.objects.of(center).filter(number=number, active_to__isnull=True)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refused(f"{number}号窗口已在使用")


@transaction.atomic
def change_counter(*, counter: Counter, number: int, name: str, department: Department, by: Actor, at: datetime) -> Counter:
    """Correct a window's number, name or department. Audit "org.change_counter"."""
    queries.require(by, "structure", counter, department)
    _free_number(queries.lock_center(by.center), number, counter)
    counter.number, counter.name, counter.department = number, name.strip(), department
    counter.save(update_fields=["number", "name", "department"])
    audit.record(by=by, at=at, verb="org.change_counter", obj=counter, label=str(counter))
    return counter


@transaction.atomic
def end_counter(*, counter: Counter, last_date: date, by: Actor, at: datetime) -> None:
    """The window closes for good after `last_date`; refused while somebody's post is there beyond that day."""
    queries.require(by, "structure", counter)
    center = queries.lock_center(by.center)
    end = last_date + DAY
    beyond = Q(active_to__isnull=True) | Q(active_to__gt=end)
    if Membership.objects.of(center).filter(beyond, counter=counter).exists():
        raise Refused("该窗口在该日之后仍有人员,请先调整人员岗位")
    _end(Counter.objects.of(center).filter(pk=counter.pk), counter.active_from, end)
    audit.record(by=by, at=at, verb="org.end_counter", obj=counter, label=str(counter))
