"""青山镇: the centre, its seven departments, six counters, eighteen people, and a neighbour with one member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.actors import Actor, system
from shouwen.org import actions, queries
from shouwen.workcalendar import actions as calendar
from shouwen.workcalendar.queries import HoursDraft

ZONE = ZoneInfo("Asia/Shanghai")
OPENED = date(2026, 8, 3)
SINCE = date(2026, 8, 24)
WINTER = ((time(8, 30), time(12)), (time(14), time(17, 30)))

DEPARTMENTS = (
    ("便民服务办公室", "便民办", ""),
    ("社会保障所", "社保所", ""),
    ("民政办公室", "民政办", ""),
    ("村镇建设所", "村建所", ""),
    ("自然资源所", "国土所", "青山县自然资源局"),
    ("市场监督管理所", "市监所", "青山县市场监督管理局"),
    ("党政办公室", "党政办", ""),
)
COUNTERS = (
    (1, "综合（首问、导办）", "便民办"),
    (2, "社保医保", "社保所"),
    (3, "民政", "民政办"),
    (4, "村建国土", "村建所"),
    (5, "市场监管", "市监所"),
    (6, "业务科", "便民办"),
)
# Name, department, counter, post, roles; the order gives the staff number 01…18 used on the terminal.
PEOPLE = (
    ("周丽", "便民办", 1, "中心负责人", ("leader",)),
    ("张敏", "社保所", 2, "窗口工作人员", ("clerk",)),
    ("李明", "民政办", 3, "窗口工作人员", ("clerk",)),
    ("何静", "便民办", 6, "业务科科员", ("section",)),
    ("吴芳", "便民办", 1, "导办员", ("clerk", "system_admin")),
    ("陈晨", "社保所", 2, "窗口工作人员", ("clerk",)),
    ("徐慧", "民政办", 3, "窗口工作人员", ("clerk",)),
    ("赵刚", "村建所", 4, "窗口工作人员", ("clerk",)),
    ("马超", "村建所", 4, "窗口工作人员", ("clerk",)),
    ("王强", "国土所", 4, "窗口工作人员", ("clerk",)),
    ("林涛", "国土所", 4, "窗口工作人员", ("clerk",)),
    ("刘洋", "市监所", 5, "窗口工作人员", ("clerk",)),
    ("郑红", "市监所", 5, "窗口工作人员", ("clerk",)),
    ("黄磊", "市监所", 5, "窗口工作人员", ("clerk",)),
    ("孙会", "党政办", None, "党政办科员", ("assessor",)),
    ("钱进", "党政办", None, "党政办科员", ("security_admin",)),
    ("王主任", "党政办", None, "分管领导", ("director",)),
    ("陈监督", "党政办", None, "监督员", ("supervisor", "audit_admin")),
)
NOT_ASSESSED = {"王主任", "陈监督"}
LOGINS = {
    "周丽": "zhouli",
    "张敏": "zhangmin",
    "李明": "liming",
    "孙会": "sunhui",
    "王主任": "wangzhuren",
    "陈监督": "chenjiandu",
    "吴芳": "wufang",
    "钱进": "qianjin",
    "何静": "hejing",
    "徐慧": "xuhui",
    "陈晨": "chenchen",
    "马超": "machao",
    "赵刚": "zhaogang",
}


@dataclass
class Cast:
    """The people by name, and who acts as whom at a moment."""

    center: Any
    members: dict[str, Any]

    def actor(self, name: str, at: datetime) -> Actor:
        return queries.actor_of(self.members[name], at)

    def __getitem__(self, name: str) -> Any:
        return self.members[name]


def moment(day: date, text: str) -> datetime:
    """`08:17` on a day, local."""
    hour, minute = map(int, text.split(":"))
    return datetime.combine(day, time(hour, minute), ZONE)


def township(password: str) -> Cast:
    """Everything that stands before the first working day of September."""
    at = moment(OPENED, "9:00")
    opener = Actor(kind="system", label="首次开通")
    center = actions.open_center(
        code=actions.invite_center(by=opener, at=at),
        name="青山镇便民服务中心",
        short_name="青山镇",
        pinyin="qingshan",
        address="青山镇人民路 12 号",
        report_phone="0731-8800 1234",
        objection_contact="孙会",
        objection_phone="0731-8800 1220",
        by=opener,
        at=at,
    )
    by = system(center, "首次开通")
    calendar.set_hours(draft=HoursDraft("全年", date(2026, 1, 1), None, WINTER), by=by, at=at)
    departments = _departments(by, at)
    counters = {
        number: actions.add_counter(number=number, name=name, department=departments[short], active_from=SINCE, by=by, at=at)
        for number, name, short in COUNTERS
    }
    cast = Cast(center, {})
    _people(cast, departments, counters, by, at)
    for name, username in LOGINS.items():
        _account(cast[name], username, password, by)
    return cast


def _people(cast: Cast, departments: dict[str, Any], counters: dict[int, Any], by: Actor, at: datetime) -> None:
    for index, (name, short, number, post, roles) in enumerate(PEOPLE, 1):
        member = actions.add_member(
            name=name,
            department=departments[short],
            counter=counters[number] if number else None,
            post=post,
            staff_no=f"{index:02d}",
            phone=f"1380000{index:04d}",
            is_assessed=name not in NOT_ASSESSED,
            active_from=SINCE,
            by=by,
            at=at,
        )
        for role in roles:
            actions.grant_role(member=member, role=role, by=by, at=at)
        cast.members[name] = member


def _departments(by: Actor, at: datetime) -> dict[str, Any]:
    return {
        short: actions.add_department(
            name=name, short_name=short, is_vertical=bool(superior), superior_name=superior, active_from=SINCE, by=by, at=at
        )
        for name, short, superior in DEPARTMENTS
    }


def _account(member: Any, username: str, password: str, by: Actor) -> None:
    """The way every account takes: a one-time secret, then an own password; young enough not to run out in a demo."""
    at = moment(date(2026, 10, 30), "17:00")
    slip = actions.issue_secret(member=member, username=username, by=by, at=at)
    own = Actor(kind="member", center=by.center, member=member, label=member.name)
    actions.change_password(new=password, old=slip.secret, by=own, at=at)


def neighbour(password: str) -> Cast:
    """白河镇 with one member, 赵强: whoever looks for a leak between centres starts here."""
    at = moment(OPENED, "9:00")
    opener = Actor(kind="system", label="首次开通")
    center = actions.open_center(
        code=actions.invite_center(by=opener, at=at),
        name="白河镇便民服务中心",
        short_name="白河镇",
        pinyin="baihe",
        report_phone="0731-8800 5678",
        by=opener,
        at=at,
    )
    by = system(center, "首次开通")
    calendar.set_hours(draft=HoursDraft("全年", date(2026, 1, 1), None, WINTER), by=by, at=at)
    office = actions.add_department(name="便民服务办公室", short_name="便民办", active_from=SINCE, by=by, at=at)
    member = actions.add_member(
        name="赵强", department=office, post="中心负责人", staff_no="01", active_from=SINCE, by=by, at=at
    )
    actions.grant_role(member=member, role="leader", by=by, at=at)
    _account(member, "zhaoqiang", password, by)
    return Cast(center, {"赵强": member})
