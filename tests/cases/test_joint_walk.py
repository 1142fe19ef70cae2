"""A random walk over joint tasks ("4.3.3"): whatever people do, each task has one holder, and the case waits for every answer."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from shouwen.cases.actions import coordinating, decision, joint
from shouwen.cases.models import Breach, Event, JointTask, Opinion
from shouwen.cases.queries import joint as queries
from shouwen.cases.queries.replay import replay, stored
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from tests import factories
from tests.cases.hall import fresh, when
from tests.cases.joint_scene import scene as make_scene

STEPS = 40


class Walk:
    """Everybody who could do something does it, at random moments of three weeks; a refusal is part of the walk."""

    def __init__(self, hall, seed):
        self.scene, self.random, self.at = make_scene(hall), random.Random(seed), when("11-23 10:00")
        spare = factories.department(hall.center, "自然资源所")
        self.zheng = factories.member(hall.center, "郑亮", department=spare, staff_no="31")
        self.spare, self.hall = spare, hall
        self.people = [self.scene.he, self.scene.qian, self.scene.feng, self.scene.wu, self.zheng, hall.cast.li, hall.cast.zhou]
        self.done, self.refused = 0, 0
        self.scene.open("11-23 10:00")

    def step(self):
        self.at += timedelta(minutes=self.random.choice([1, 20, 90, 300]))
        tasks = self.scene.tasks()
        task = self.random.choice([one for one in tasks if one.is_open] * 3 + tasks)
        near = [one for one in self.people if task.department_id in queries.units_of(factories.actor(one, self.at), self.at)]
        who = self.random.choice([task.member, task.member, *near, self.random.choice(self.people)])
        verb = self.random.choice(
            [
                self.take,
                self.take,
                self.sign,
                self.answer,
                self.answer,
                self.answer,
                self.section,
                self.object,
                self.rule,
                self.section,
                self.decide,
            ]
        )
        try:
            verb(task, factories.actor(who, self.at))
            self.done += 1
        except Refused:
            self.refused += 1
        if self.random.random() < 0.2:
            joint.sweep_joint(by=system(self.hall.center), at=self.at)

    def take(self, task, by):
        joint.take_task(task=task, by=by, at=self.at)

    def sign(self, task, by):
        joint.sign_task(task=task, by=by, at=self.at)

    def answer(self, task, by):
        opinion = self.random.choice(["agree", "refuse", "needs_correction"])
        lacking = [{"name": "图", "defect": "盖章"}]
        joint.answer_task(task=task, opinion=opinion, basis="某条", materials=lacking, by=by, at=self.at)

    def object(self, task, by):
        coordinating.object_to_routing(task=task, reason="应由别的部门办", by=by, at=self.at)

    def rule(self, task, by):
        upheld, actor = self.random.random() < 0.5, factories.actor(self.scene.he, self.at)
        coordinating.rule_on_routing(task=task, upheld=upheld, ruling="照此办理", department=self.spare, by=actor, at=self.at)

    def section(self, task, by):
        told = {"case": fresh(self.scene.case), "by": factories.actor(self.scene.he, self.at), "at": self.at}
        which = self.random.choice(["merge", "resume", "urge", "conclude"])
        if which == "urge":
            joint.urge_task(task=task, text="请抓紧", by=by, at=self.at)
        elif which == "merge":
            coordinating.merge_corrections(reason="部门需要", approver=self.scene.hall.cast.zhou, **told)
        elif which == "resume":
            coordinating.return_materials(**told)
        else:
            coordinating.conclude_joint(conclusion="各部门同意", **told)

    def decide(self, task, by):
        actor = factories.actor(self.scene.he, self.at)
        open_before = queries.unanswered_tasks(self.scene.case)
        decision.decide_case(case=fresh(self.scene.case), decision="granted", by=actor, at=self.at)
        assert open_before == []

    def check(self):
        tasks = self.scene.tasks()
        live = [task for task in tasks if task.status != "rerouted"]
        assert len({task.department_id for task in live}) == len(live) == 3
        for task in tasks:
            assert queries.task_holder(task, self.at).pk == task.member_id
            assert task.due_at == queries.task_reading(task, self.at).due_at or task.status == "waiting"
            assert (task.status == "answered") == (task.result != "") == (task.answered_at is not None)
        late = Breach.objects.of(self.hall.center).filter(kind="joint_task").values_list("source", flat=True)
        assert len(set(late)) == len(late) <= len(tasks)

    def check_story(self):
        """The entries add up to what is stored."""
        told = replay(self.scene.case)
        assert told == stored(self.scene.case, told)


@pytest.mark.parametrize("seed", range(3))
def test_4_3_3_no_walk_loses_a_task_or_lets_a_case_end_without_every_answer(hall, seed):
    walk = Walk(hall, seed)
    for _ in range(STEPS):
        walk.step()
        walk.check()
    walk.check_story()
    events = Event.objects.of(hall.center).filter(case=walk.scene.case)
    answers = Opinion.objects.of(hall.center).exclude(kind="needs_correction").count()
    assert (walk.done > 5, walk.refused > 5, events.filter(kind="joint_open").count()) == (True, True, 1)
    assert answers == JointTask.objects.of(hall.center).filter(status="answered").count()
