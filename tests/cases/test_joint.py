"""Joint matters ("4.3.3"): one clock for the citizen, a task with its own limit per department, the section coordinating."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shouwen.cases.actions import approved, coordinating, joint
from shouwen.cases.models import Breach, Event, JointTask
from shouwen.cases.queries import joint as queries
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.documents.models import Document
from shouwen.notifications.models import Message
from shouwen.org.models import Substitution
from tests import factories
from tests.cases.hall import fresh, when
from tests.cases.joint_scene import scene as make_scene


@pytest.fixture
def scene(hall):
    return make_scene(hall)


def test_4_3_3_the_section_sends_a_task_with_its_own_limit_to_each_department(scene):
    found = [(task.department_name, task.is_lead, task.n, task.member_name, task.status) for task in scene.open()]
    assert found == [
        ("民政所", True, 20, "李明", "sent"),
        ("村建所", False, 5, "钱工", "sent"),
        ("市场监管所", False, 8, "吴强", "sent"),
    ]
    assert [task.due_at for task in scene.tasks()] == [when("12-21 17:30"), when("11-30 17:30"), when("12-03 17:30")]


def test_only_the_section_member_who_holds_the_matter_opens_it(scene, hall):
    drafts = queries.task_drafts(scene.case, when("11-23 10:00"))
    for member, words in [(hall.cast.zhou, "业务科发起"), (hall.cast.li, "业务科发起")]:
        with pytest.raises(Refused, match=words):
            joint.open_joint(case=scene.case, lead=hall.cast.civil, tasks=drafts, by=scene.by(member), at=when("11-23 10:00"))


def test_before_the_section_took_it_over_it_cannot_be_opened(scene, hall):
    other = hall.accepted("11-23 11:00", version=scene.version)
    drafts = queries.task_drafts(fresh(other), when("11-23 11:10"))
    with pytest.raises(Refused, match="现在由李明负责"):
        joint.open_joint(case=fresh(other), lead=hall.cast.civil, tasks=drafts, by=scene.by(scene.he), at=when("11-23 11:10"))


def test_one_level_only_a_second_joint_handling_is_refused(scene):
    scene.open()
    with pytest.raises(Refused, match="只有一级") as refused:
        scene.open("11-23 11:00")
    assert refused.value.clause == "4.3.3"


def test_a_task_is_never_longer_than_what_is_left_of_the_whole(scene):
    drafts = queries.task_drafts(scene.case, when("11-23 10:00"))
    long = [*drafts[:2], queries.TaskDraft(scene.market, "用途核实", 21)]
    with pytest.raises(Refused, match="应为 1 至 20 个工作日"):
        scene.open(drafts=long)
    late = queries.task_drafts(scene.case, when("12-17 10:00"))
    assert [draft.n for draft in late] == [2, 2, 2]


def test_a_joint_permit_of_more_than_45_working_days_is_refused(scene):
    type(scene.case).objects.of(scene.case.center_id).filter(pk=scene.case.pk).update(statutory_n=46)
    scene.case.refresh_from_db()
    with pytest.raises(Refused, match="不得超过 45 个工作日"):
        scene.open()


def test_each_department_signs_takes_and_answers_and_every_step_is_in_the_story(scene, hall):
    scene.open()
    joint.sign_task(task=scene.task(scene.building), by=scene.by(scene.qian), at=when("11-23 10:30"))
    scene.sign(scene.building, scene.feng, "11-24 09:00")
    scene.answer(scene.building, scene.feng, "11-25 09:00", text="符合规划")
    task = scene.task(scene.building)
    assert (task.signed_by, task.member_name, task.result, task.status) == ("钱工", "冯工", "agree", "answered")
    kinds = Event.objects.of(hall.center).filter(case=scene.case, kind__startswith="joint").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == ["joint_open", "joint_sign", "joint_take", "joint_answer"]


def test_answering_before_signing_or_by_a_colleague_or_twice_is_refused(scene):
    scene.open()
    with pytest.raises(Refused, match="请先签收"):
        scene.answer(scene.building, scene.qian, "11-23 11:00")
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    with pytest.raises(Refused, match="现在由钱工负责"):
        scene.answer(scene.building, scene.feng, "11-23 11:10")
    scene.answer(scene.building, scene.qian, "11-23 11:20")
    with pytest.raises(Refused, match="已有结果"):
        scene.answer(scene.building, scene.qian, "11-23 11:30", "refuse", basis="某条")


def test_somebody_of_another_department_can_neither_sign_nor_take(scene):
    scene.open()
    for action in (joint.sign_task, joint.take_task):
        with pytest.raises(Refused, match="是村建所的"):
            action(task=scene.task(scene.building), by=scene.by(scene.wu), at=when("11-23 11:00"))


def test_a_refusal_needs_its_basis(scene):
    scene.open()
    scene.sign(scene.market, scene.wu, "11-23 11:00")
    with pytest.raises(Refused, match="须写明依据"):
        scene.answer(scene.market, scene.wu, "11-23 11:10", "refuse", text="不行")
    scene.answer(scene.market, scene.wu, "11-23 11:20", "refuse", text="用途不符", basis="土地管理法第六十二条")
    assert scene.task(scene.market).result == "refuse"


def test_l29_the_case_is_decided_only_when_every_mandatory_task_has_a_result(scene, hall):
    scene.open()
    scene.sign(hall.cast.civil, hall.cast.li, "11-23 11:00")
    scene.answer(hall.cast.civil, hall.cast.li, "11-24 11:00")
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 12:00")
    with pytest.raises(Refused, match="市场监管所还没有") as refused:
        hall.do("decide_case", fresh(scene.case), "11-25 09:00", by=scene.he, decision="granted")
    assert refused.value.clause == "4.3.3"
    scene.sign(scene.market, scene.wu, "11-25 10:00")
    scene.answer(scene.market, scene.wu, "11-25 11:00")
    coordinating.conclude_joint(case=fresh(scene.case), conclusion="各部门同意", by=scene.by(scene.he), at=when("11-25 11:30"))
    decided = hall.do("decide_case", fresh(scene.case), "11-25 12:00", by=scene.he, decision="granted")
    assert decided.status == "decided"


def test_l29_tasks_hidden_from_whoever_looks_count_as_open(scene):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 12:00")
    seen = queries.visible_tasks(scene.by(scene.qian), when("11-24 13:00"))
    assert [task.status for task in seen] == ["answered"]
    assert [task.department_name for task in queries.unanswered_tasks(scene.case)] == ["民政所", "市场监管所"]


def test_k8_a_late_task_is_the_breach_of_its_departments_holder_not_of_the_section(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.feng, "11-24 09:00")
    assert joint.sweep_joint(by=system(hall.center), at=when("11-30 17:30")) == 0
    assert joint.sweep_joint(by=system(hall.center), at=when("12-01 09:00")) == 1
    assert joint.sweep_joint(by=system(hall.center), at=when("12-02 09:00")) == 0
    breach = Breach.objects.of(hall.center).get(case=scene.case, kind="joint_task")
    assert (breach.member_name, breach.clause, breach.at) == ("冯工", "4.3.3", when("11-30 17:30"))


def test_an_answer_given_late_is_on_record_even_if_no_sweep_ran(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-24 09:00")
    scene.answer(scene.building, scene.qian, "12-01 09:00")
    assert Breach.objects.of(hall.center).filter(case=scene.case, kind="joint_task", member=scene.qian).count() == 1


def test_the_cover_answers_and_bears_the_breach_while_the_holder_is_away(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-24 09:00")
    Substitution.objects.create(
        center=hall.center,
        member=scene.qian,
        cover=scene.feng,
        starts_at=when("11-30 08:30"),
        ends_at=when("12-02 18:00"),
        source="t",
    )
    joint.sweep_joint(by=system(hall.center), at=when("12-01 09:00"))
    assert Breach.objects.of(hall.center).get(kind="joint_task").member_name == "冯工"
    scene.answer(scene.building, scene.feng, "12-01 10:00")
    assert scene.task(scene.building).status == "answered"


def test_an_objection_is_decided_by_the_section_which_reroutes_the_task(scene):
    scene.open()
    task = scene.task(scene.market)
    coordinating.object_to_routing(task=task, reason="应由自然资源所核实", by=scene.by(scene.wu), at=when("11-25 17:00"))
    other = type(scene.market).objects.create(
        center=scene.hall.center, name="自然资源所", short_name="自然资源所", active_from="2026-01-01"
    )
    from tests import factories

    factories.member(scene.hall.center, "郑亮", department=other, staff_no="31")
    ruled = coordinating.rule_on_routing(
        task=scene.task(scene.market),
        upheld=True,
        ruling="改由自然资源所",
        department=other,
        by=scene.by(scene.he),
        at=when("11-26 09:00"),
    )
    task.refresh_from_db()
    assert (task.status, ruled.department_name, ruled.member_name, ruled.n) == ("rerouted", "自然资源所", "郑亮", 8)
    assert ruled.due_at == when("12-08 17:30")


def test_an_objection_not_upheld_leaves_the_task_and_its_limit_where_they_were(scene):
    scene.open()
    task = scene.task(scene.market)
    coordinating.object_to_routing(task=task, reason="不是本所的事", by=scene.by(scene.wu), at=when("11-24 09:00"))
    with pytest.raises(Refused, match="业务科决定"):
        joint.answer_task(
            task=scene.sign(scene.market, scene.wu, "11-24 09:10"),
            opinion="agree",
            by=scene.by(scene.wu),
            at=when("11-24 09:20"),
        )
    coordinating.rule_on_routing(
        task=scene.task(scene.market), upheld=False, ruling="职责清单载明", by=scene.by(scene.he), at=when("11-24 10:00")
    )
    assert (scene.task(scene.market).status, scene.task(scene.market).due_at) == ("signed", when("12-03 17:30"))


def test_an_objection_after_two_working_days_or_a_second_one_is_refused(scene):
    scene.open()
    for at, refusal in [("11-25 17:31", "2 个工作日内")]:
        with pytest.raises(Refused, match=refusal):
            coordinating.object_to_routing(
                task=scene.task(scene.market), reason="不是本所的事", by=scene.by(scene.wu), at=when(at)
            )
    coordinating.object_to_routing(
        task=scene.task(scene.market), reason="不是本所的事", by=scene.by(scene.wu), at=when("11-25 17:29")
    )
    with pytest.raises(Refused, match="已经提过"):
        coordinating.object_to_routing(
            task=scene.task(scene.market), reason="还是不是", by=scene.by(scene.wu), at=when("11-25 17:29")
        )


def merge(scene):
    """The section asks, the leader agrees."""
    asked = coordinating.ask_merge(case=fresh(scene.case), reason="规划需要", by=scene.by(scene.he), at=when("11-24 09:50"))
    return approved.approve(approval=asked, by=factories.actor(scene.hall.cast.zhou), at=when("11-24 10:00"))


def test_4_3_2_a_notice_after_acceptance_waits_for_a_superior_and_is_a_paper(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(
        scene.building, scene.qian, "11-24 09:00", "needs_correction", materials=[{"name": "宅基地图", "defect": "要盖章"}]
    )
    with pytest.raises(Refused, match="批准"):
        coordinating.merge_corrections(
            case=fresh(scene.case), reason="规划需要", approver=None, by=scene.by(scene.he), at=when("11-24 09:40")
        )
    notice = merge(scene)
    paper = Document.objects.of(hall.center).get(code=notice.document_code)
    told = (paper.kind, notice.approver.name, paper.data["next_step"].endswith("办理时限不因此重新计算"))
    assert told == ("one_time_notice", "周丽", True)


def test_4_3_2_what_a_superior_agrees_to_is_what_was_asked(scene, hall):
    scene.open()
    for unit, member in ((scene.building, scene.qian), (scene.market, scene.wu)):
        scene.sign(unit, member, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 09:00", "needs_correction", materials=[{"name": "图", "defect": "盖章"}])
    asked = coordinating.ask_merge(case=fresh(scene.case), reason="规划需要", by=scene.by(scene.he), at=when("11-24 09:50"))
    scene.answer(scene.market, scene.wu, "11-24 09:55", "needs_correction", materials=[{"name": "证", "defect": "复印"}])
    with pytest.raises(Refused, match="重新请示"):
        approved.approve(approval=asked, by=factories.actor(hall.cast.zhou), at=when("11-24 10:00"))


def test_material_is_asked_for_by_the_section_alone_in_one_notice(scene, hall):
    scene.open()
    for unit, member, name in [(scene.building, scene.qian, "宅基地图"), (scene.market, scene.wu, "宅基地图")]:
        scene.sign(unit, member, "11-23 11:00")
        materials = [{"name": name, "defect": f"{unit.name}要盖章"}]
        scene.answer(unit, member, "11-24 09:00", "needs_correction", materials=materials)
    notice = coordinating.merge_corrections(
        case=fresh(scene.case),
        reason="两部门均需盖章的宅基地图",
        approver=scene.hall.cast.zhou,
        by=scene.by(scene.he),
        at=when("11-24 10:00"),
    )
    assert [(line["name"], line["defect"]) for line in notice.lines] == [("宅基地图", "村建所要盖章；市场监管所要盖章")]
    with pytest.raises(Refused, match="没有部门提出"):
        coordinating.merge_corrections(
            case=fresh(scene.case),
            reason="再来一次",
            approver=scene.hall.cast.zhou,
            by=scene.by(scene.he),
            at=when("11-24 10:05"),
        )


def test_l20_material_asked_for_after_acceptance_is_the_breach_of_whoever_accepted(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 09:00", "needs_correction", materials=[{"name": "宅基地图", "defect": ""}])
    merge(scene)
    breach = Breach.objects.of(hall.center).get(kind="second_notice")
    assert (breach.member_name, breach.clause) == ("李明", "4.3.2")


def test_k8_a_task_waiting_for_material_stands_still_and_the_citizens_clock_runs(scene, hall):
    scene.open()
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 09:00", "needs_correction", materials=[{"name": "图", "defect": "盖章"}])
    merge(scene)
    assert joint.sweep_joint(by=system(hall.center), at=when("12-01 09:00")) == 0
    before = fresh(scene.case).due_at
    coordinating.return_materials(case=fresh(scene.case), by=scene.by(scene.he), at=when("12-01 10:00"))
    task = scene.task(scene.building)
    assert (task.status, task.due_at) == ("signed", when("12-07 17:30"))
    assert fresh(scene.case).due_at == before


def test_urging_is_logged_and_told(scene, hall):
    scene.open()
    row = joint.urge_task(task=scene.task(scene.building), text="请抓紧", by=scene.by(scene.he), at=when("11-26 09:00"))
    told = Message.objects.of(hall.center).filter(to=scene.qian, title="会办催办", transport="in_app")
    assert (row.to_name, row.urged_by, told.count()) == ("钱工", "何科", 1)
    with pytest.raises(Refused, match="业务科或中心负责人"):
        joint.urge_task(task=scene.task(scene.building), text="请抓紧", by=scene.by(scene.wu), at=when("11-26 09:00"))


def test_silence_is_shown_as_configured_and_decides_nothing(scene, hall):
    scene.open(silence="agreed")
    joint.sweep_joint(by=system(hall.center), at=when("12-30 09:00"))
    assert [(task.status, task.result) for task in scene.tasks()] == [("sent", "")] * 3
    assert queries.joint_of(scene.case).get_silence_display() == "逾期未答复的视为同意"


def test_what_each_side_owes(scene, hall):
    scene.open()
    owed = queries.joint_obligations(scene.by(scene.qian), when("11-23 12:00"))
    assert [(one.kind, one.subject, one.clause, one.due_at) for one in owed] == [
        ("会办待签收", "规划核实", "4.3.3", when("11-30 17:30"))
    ]
    scene.sign(scene.building, scene.qian, "11-23 11:00")
    scene.answer(scene.building, scene.qian, "11-24 09:00", "needs_correction", materials=[{"name": "图", "defect": ""}])
    assert [one.kind for one in queries.joint_obligations(scene.by(scene.he), when("11-24 12:00"))] == ["会办需补正"]
    assert queries.joint_obligations(scene.by(scene.qian), when("11-24 12:00")) == []


def test_two_people_taking_a_task_have_one_winner(scene):
    scene.open()
    seen_by_both = scene.task(scene.building)
    stale = JointTask.objects.of(seen_by_both.center_id).select_related("case", "center", "member").get(pk=seen_by_both.pk)
    joint.take_task(task=seen_by_both, by=scene.by(scene.feng), at=when("11-23 11:00"))
    with pytest.raises(Refused, match="已被他人处理"):
        joint.take_task(task=stale, by=scene.by(scene.qian), at=when("11-23 11:00") + timedelta(seconds=1))
