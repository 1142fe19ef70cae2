"""Rows for tests, without surprises: each function writes what its arguments say and returns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from shouwen.core import clock
from shouwen.core.actors import Actor
from shouwen.org import access, queries
from shouwen.org.models import Center, Counter, Department, Member, Membership, RoleGrant, User

SINCE = date(2026, 1, 1)
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
PASSWORD_AT = datetime(2026, 11, 1, tzinfo=UTC)
PASSWORD = "shouwen-QS-2026"


def center(name: str = "青山镇便民服务中心", short_name: str = "青山镇", **more: Any) -> Center:
    return Center.objects.create(
        **{"name": name, "short_name": short_name, "report_phone": "0731-8800001", "created_at": MADE_AT} | more
    )


def department(center: Center, name: str, **more: Any) -> Department:
    return Department.objects.create(**{"center": center, "name": name, "short_name": name[:12], "active_from": SINCE} | more)


def counter(department: Department, number: int, **more: Any) -> Counter:
    row = {
        "center": department.center,
        "department": department,
        "number": number,
        "name": department.name,
        "active_from": SINCE,
    }
    return Counter.objects.create(**row | more)


def member(
    center: Center,
    name: str,
    *,
    department: Department | None = None,
    counter: Counter | None = None,
    roles: tuple[str, ...] = (),
    staff_no: str = "",
    username: str = "",
    since: date = SINCE,
) -> Member:
    """A person on post since `since`, with an account (password `PASSWORD`) named `username` or the person's code."""
    person = Member(center=center, name=name, staff_no=staff_no, joined_date=since)
    user = User(center=center, username=username or person.code, must_change=False, password_at=PASSWORD_AT)
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    person.user = user
    person.save(force_insert=True)
    if department is not None:
        Membership.objects.create(center=center, member=person, department=department, counter=counter, active_from=since)
    for role in roles:
        grant(person, role, since=since)
    return person


def grant(member: Member, role: str, *, since: date = SINCE) -> RoleGrant:
    return RoleGrant.objects.create(
        center=member.center, member=member, role=role, active_from=since, granted_by="班子会", granted_at=MADE_AT
    )


def actor(member: Member, at: datetime = AT) -> Actor:
    """Who the person acts as, with the roles in force at the moment."""
    return queries.actor_of(member, at)


def client(member: Member, at: datetime | None = None) -> Client:
    """A browser in which the person has just logged in (as the pages' clock, or `at`, has it)."""
    request = HttpRequest()
    request.session = SessionStore()
    access.begin_session(request, member, member.user, at or clock.now())
    request.session.save()
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return browser


@dataclass(frozen=True, slots=True)
class Cast:
    """house.md §8: the people every test knows."""

    center: Center
    other_center: Center
    affairs: Department
    civil: Department
    zhou: Member
    zhang: Member
    li: Member
    wang: Member
    chen: Member
    sun: Member
    zhao: Member


def cast() -> Cast:
    """青山镇: 周丽 leads and serves counter 1, 张敏 2, 李明 3, 王主任 directs, 陈监督 supervises, 孙会 assesses; 赵强 is elsewhere."""
    here = center(pinyin="qingshan")
    there = center("白河镇便民服务中心", "白河镇", pinyin="baihe")
    office = department(here, "党政办公室", short_name="党政办")
    affairs = department(here, "便民服务办公室", short_name="便民办")
    civil = department(here, "民政所")
    elsewhere = department(there, "便民服务办公室", short_name="便民办")
    return Cast(
        center=here,
        other_center=there,
        affairs=affairs,
        civil=civil,
        zhou=member(
            here, "周丽", department=affairs, counter=counter(affairs, 1), roles=("leader",), staff_no="1", username="zhouli"
        ),
        zhang=member(
            here, "张敏", department=affairs, counter=counter(affairs, 2), roles=("clerk",), staff_no="2", username="zhangmin"
        ),
        li=member(here, "李明", department=civil, counter=counter(civil, 3), roles=("clerk",), staff_no="3", username="liming"),
        wang=member(here, "王主任", department=office, roles=("director",), staff_no="4", username="wang"),
        chen=member(here, "陈监督", department=office, roles=("supervisor",), staff_no="5", username="chen"),
        sun=member(here, "孙会", department=office, roles=("assessor",), staff_no="6", username="sunhui"),
        zhao=member(
            there,
            "赵强",
            department=elsewhere,
            counter=counter(elsewhere, 1),
            roles=("leader",),
            staff_no="1",
            username="zhaoqiang",
        ),
    )
