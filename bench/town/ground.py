"""The hall itself: when it is, who is in it, how rows are written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.org import models as org

DEMO_DATE = "2026-11-23"
TODAY = date.fromisoformat(DEMO_DATE)
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime.combine(TODAY, time(9, 12), ZONE)
SINCE = date(2026, 1, 1)
DAY = timedelta(days=1)
HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
SLOTS = (("am", "in", time(8, 30)), ("am", "out", time(12)), ("pm", "in", time(14)), ("pm", "out", time(17, 30)))
CAST = {
    "张敏": "clerk",
    "周丽": "leader",
    "王主任": "director",
    "孙会": "assessor",
    "陈监督": "supervisor",
    "审计员": "audit_admin",
}
UNITS = ("便民办", "社保所", "民政办", "村建所", "国土所", "市监所", "党政办")
EACH = 50


@dataclass(frozen=True, slots=True)
class Town:
    """`people` in order of staff number; the first ones are the cast, by name in `cast`. 张敏 has the hall today."""

    center: Any
    people: list[Any]
    cast: dict[str, Any]


def past_days() -> Iterator[date]:
    """Days before today, the latest first."""
    return (TODAY - DAY * number for number in range(1, 20_000))


def moment(day: date, at: time = time(10)) -> datetime:
    return datetime.combine(day, at, ZONE)


def waits(number: int) -> bool:
    return number % EACH == 0


def fill(model: Any, rows: Iterable[Any]) -> list[Any]:
    made = list(rows)
    model.objects.bulk_create(made, batch_size=500)
    return made


def people_of(center: Any, name: str, count: int) -> Town:
    units = fill(
        org.Department, [org.Department(center=center, name=unit, short_name=unit, active_from=SINCE) for unit in UNITS]
    )
    names = [*CAST, *(f"人员{number}" for number in range(len(CAST), count))]
    people = [
        org.Member(center=center, name=one, staff_no=str(number), joined_date=SINCE) for number, one in enumerate(names, 1)
    ]
    cast = dict(zip(CAST, people, strict=False))
    for person in cast.values():
        person.user = org.User.objects.create(center=center, username=f"{name}{person.name}", must_change=False, password_at=AT)
    fill(org.Member, people)
    posts = [
        org.Membership(center=center, member=one, department=units[n % 7], active_from=SINCE) for n, one in enumerate(people)
    ]
    fill(org.Membership, posts)
    grants = [(cast[one], role) for one, role in CAST.items()]
    fill(org.RoleGrant, [_grant(center, member, role) for member, role in grants])
    return Town(center, people, cast)


def _grant(center: Any, member: Any, role: str) -> Any:
    return org.RoleGrant(center=center, member=member, role=role, active_from=SINCE, granted_by="班子会", granted_at=AT)


def decisions_of(town: Town, rows: int) -> None:
    center = town.center
    other = org.Decision.Kind.OTHER
    fill(
        org.Decision,
        [
            org.Decision(
                center=center,
                kind=other,
                decided_date=SINCE,
                decided_by="班子会",
                text=f"第 {n} 项决定",
                active_from=SINCE,
                recorded_at=AT,
            )
            for n in range(rows)
        ],
    )
