"""A joint case at the business section: 何科 holds it, 民政所 leads, 村建所 and 市场监管所 take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shouwen.cases.actions import joint as joint_actions
from shouwen.cases.models import Case, JointTask
from shouwen.cases.queries import joint as joint_queries
from shouwen.catalogue.models import Partner
from shouwen.reception import actions as reception
from tests import factories
from tests.cases.hall import Hall, fresh, when

OPENED = "11-23 10:00"


@dataclass(slots=True)
class Scene:
    """`scene.he` of the section, `scene.qian` and `scene.wu` alone in their departments, `scene.feng` a colleague of 钱工."""

    hall: Hall
    he: Any
    qian: Any
    feng: Any
    wu: Any
    building: Any
    market: Any
    version: Any
    case: Case

    def open(self, at: str = OPENED, drafts: Any = None, **more: Any) -> list[JointTask]:
        drafts = drafts or joint_queries.task_drafts(self.case, when(at))
        joint_actions.open_joint(
            case=self.case, lead=self.hall.cast.civil, tasks=drafts, by=self.by(self.he), at=when(at), **more
        )
        return self.tasks()

    def tasks(self) -> list[JointTask]:
        return joint_queries.tasks_of(fresh(self.case))

    def task(self, department: Any) -> JointTask:
        return next(one for one in self.tasks() if one.department_id == department.pk and one.status != "rerouted")

    def by(self, member: Any) -> Any:
        return factories.actor(member)

    def sign(self, department: Any, member: Any, at: str) -> JointTask:
        return joint_actions.take_task(task=self.task(department), by=self.by(member), at=when(at))

    def answer(self, department: Any, member: Any, at: str, opinion: str = "agree", **more: Any) -> Any:
        task = self.task(department)
        return joint_actions.answer_task(task=task, opinion=opinion, by=self.by(member), at=when(at), **more)


def department(center: Any, name: str) -> Any:
    return factories.department(center, name)


def scene(hall: Hall) -> Scene:
    center = hall.center
    section, building, market = (department(center, name) for name in ("业务科", "村建所", "市场监管所"))
    he = factories.member(center, "何科", department=section, roles=("section",), staff_no="21", username="heke")
    qian = factories.member(center, "钱工", department=building, staff_no="22", username="qian")
    feng = factories.member(
        center, "冯工", department=building, staff_no="23", username="feng", since=factories.SINCE.replace(month=2)
    )
    wu = factories.member(center, "吴强", department=market, roles=("clerk",), staff_no="24", username="wuqiang")
    version = hall.version("农村建房联办", handling="joint", statutory_limit=45, promised_limit=20)
    for position, (unit, task, limit) in enumerate([(building, "规划核实", 5), (market, "用途核实", 8)], 1):
        Partner.objects.create(center=center, version=version, position=position, department=unit, task=task, limit=limit)
    case = hall.accepted("11-23 08:31", version=version)
    to_section(hall, case, he)
    return Scene(hall, he, qian, feng, wu, building, market, version, fresh(case))


def to_section(hall: Hall, case: Case, he: Any) -> None:
    """李明 leads the person to the section, which takes the matter ("4.3.3")."""
    offer = reception.hand_over(matter=case.matter, kind="section", by=hall.actor(), at=when("11-23 08:35"))
    reception.take_over(hand_over=offer, by=factories.actor(he), at=when("11-23 08:40"))
