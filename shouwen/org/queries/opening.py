"""The first people of a centre, as typed or read from a sheet, and what is wrong with them."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, field

from shouwen.org.models import ADMIN_ROLES, EXCLUSIVE_ROLES, Center, Role, User
from shouwen.org.queries.accounts import clean_username

MOST = 300
NEEDED = {
    Center.Kind.VILLAGE: (Role.SECURITY_ADMIN, Role.LEADER),
    "": (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.ASSESSOR),
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One line of the list. `line` is the line people see; `username` "" means no account; `roles` are Role values."""

    line: int
    name: str
    department: str
    staff_no: str = ""
    phone: str = ""
    is_vertical: bool = False
    superior_name: str = ""
    counter: int | None = None
    counter_name: str = ""
    post: str = "窗口工作人员"
    is_assessed: bool = True
    username: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)


def opening_problems(people: Sequence[Newcomer], kind: str) -> list[str]:
    """Everything that keeps these people from opening a centre of the kind, each with its line; empty when all is well."""
    if not people:
        return ["请至少填写一名人员"]
    if len(people) > MOST:
        return [f"一次最多 {MOST} 人,其余的人开通后再添加"]
    found = [f"第{person.line}行:{problem}" for person in people for problem in _of_one(person)]
    found += _doubles(people, "姓名", [person.name for person in people])
    found += _doubles(people, "工号", [person.staff_no for person in people])
    found += _doubles(people, "账号", [clean_username(person.username) for person in people])
    found += _counters(people)
    found += _taken(people)
    for role in NEEDED.get(Center.Kind(kind), NEEDED[""]):
        if not any(role in person.roles for person in people):
            found.append(f"还没有人担任{role.label}")
    return found


def _of_one(person: Newcomer) -> list[str]:
    found = []
    for value, label, longest in (
        (person.name, "姓名", 30),
        (person.department, "部门", 40),
        (person.staff_no, "工号", 24),
        (person.phone, "手机", 20),
        (person.post, "岗位", 40),
        (person.superior_name, "上级主管部门", 60),
        (person.counter_name, "窗口名称", 40),
    ):
        if len(value) > longest:
            found.append(f"{label}超过 {longest} 个字")
    if not person.name:
        found.append("没有姓名")
    if not person.department:
        found.append("没有部门")
    if person.is_vertical and not person.superior_name:
        found.append("条管单位须填写上级主管部门")
    if person.username and (not 2 <= len(clean_username(person.username)) <= 40 or " " in person.username):
        found.append(f"账号“{person.username}”须为 2 至 40 个字符,中间不能有空格")
    if person.roles & ADMIN_ROLES and not person.username:
        found.append("管理员须有账号")
    clash = sorted(person.roles & EXCLUSIVE_ROLES)
    if len(clash) > 1:
        found.append("、".join(Role(role).label for role in clash) + "不能由同一人担任")
    return found


def _doubles(people: Sequence[Newcomer], what: str, values: list[str]) -> list[str]:
    found = []
    for value, count in Tally(value for value in values if value).items():
        if count > 1:
            lines = "、".join(str(person.line) for person, own in zip(people, values, strict=True) if own == value)
            found.append(f"第{lines}行:{what}“{value}”重复")
    return found


def _counters(people: Sequence[Newcomer]) -> list[str]:
    """A window belongs to one department."""
    first: dict[int, Newcomer] = {}
    found = []
    for person in people:
        if person.counter is None:
            continue
        if not 1 <= person.counter <= 999:
            found.append(f"第{person.line}行:窗口号须在 1 至 999 之间")
            continue
        other = first.setdefault(person.counter, person)
        if other.department != person.department:
            found.append(f"第{other.line}、{person.line}行:{person.counter}号窗口写了两个部门")
    return found


def _taken(people: Sequence[Newcomer]) -> list[str]:
    names = {clean_username(person.username): person for person in people if person.username}
    used = User.objects.filter(username__in=names).values_list("username", flat=True)
    return [f"第{names[name].line}行:账号“{name}”已被使用,请另取一个(例如在后面加工号)" for name in sorted(used)]
