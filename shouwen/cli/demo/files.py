"""Cases of 青山镇: eight hundred and ten from the old ledger, and a hundred alive in every state the rules know."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shouwen.cases import actions as cases
from shouwen.cases.actions import ChargeLine
from shouwen.cases.queries.checklists import lines as checklist_lines
from shouwen.cases.queries.joint import task_drafts, tasks_of
from shouwen.catalogue.queries import checklist, fees_in_force
from shouwen.cli.demo import ledger
from shouwen.cli.demo.hall import CLERKS, Hall
from shouwen.cli.demo.people import moment
from shouwen.core.actors import Actor, system
from shouwen.core.clock import local
from shouwen.org.models import Department
from shouwen.reception import actions as reception
from shouwen.rules.workdays import DayTable
from shouwen.workcalendar.queries import day_table

PAST, ORDINARY_CASES = 810, 46
JOINT, LAND = "农村宅基地用地审批", "设施农业用地备案"


class Desk:
    """The windows at work: each step of a case by the right person at a stated moment."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.chance = hall, random.Random(23)
        self.table: DayTable = day_table(hall.cast.center)

    def actor(self, name: str, at: datetime) -> Actor:
        return self.hall.cast.actor(name, at)

    def back(self, days: int, text: str = "9:30") -> datetime:
        """So many working days before the demo day."""
        today = date(2026, 11, 5)
        return moment(self.table.back(today, days) if days else today, text)

    def who(self) -> Any:
        return self.chance.choice(self.hall.people)

    def take(
        self,
        item: str,
        clerk: str,
        at: datetime,
        defects: Mapping[int, str] | None = None,
        missing: Sequence[int] = (),
        **more: Any,
    ) -> Any:
        """Somebody comes, the inquiry opens, what was brought is taken in."""
        by, version, person = self.actor(clerk, at), self.hall.versions[item], self.who()
        inquiry = reception.open_inquiry(
            channel="walk_in", subjects=[(version.item, "")], first_asked=by.member, person=person, by=by, at=at
        )
        matter = inquiry.matters.get()
        wanted = range(1, len(checklist(version, ())) + 1)
        lines = {n: (defects or {}).get(n, "") for n in wanted if n not in missing}
        return cases.receive_case(
            matter=matter, version=version, person=person, lines=lines, by=by, at=at + timedelta(minutes=6), **more
        )

    def accepted(self, item: str, clerk: str, at: datetime, **more: Any) -> Any:
        case = self.take(item, clerk, at, **more)
        return cases.accept_case(case=case, by=self.actor(clerk, at), at=at + timedelta(minutes=12))


def play(hall: Hall, until: datetime, *, old: int = PAST, ordinary: int = ORDINARY_CASES) -> None:
    """The old ledger first, then each scene in order of its first day, with the sweep of every evening in between."""
    ledger.past(hall, old)
    desk = Desk(hall)
    scenes: list[tuple[datetime, Callable[[Desk, datetime], None]]] = [
        (desk.back(days, text), scene) for days, text, scene in SCENES
    ]
    scenes += [(desk.back(5 + n % 9, f"{9 + n % 6}:{10 + n % 45}"), _ordinary) for n in range(ordinary)]
    days = sorted({at.date() for at, _ in scenes} | {desk.back(n).date() for n in range(12)})
    for day in days:
        for at, scene in sorted((one for one in scenes if one[0].date() == day), key=lambda one: one[0]):
            scene(desk, at)
        cases.sweep(by=system(hall.cast.center), at=min(moment(day, "18:00"), until))
    reception.sweep(by=system(hall.cast.center), at=until)


# --- alive ----------------------------------------------------------------------------------------------------------------

ORDINARY = (
    ("最低生活保障申请", "李明"),
    ("临时救助申请", "徐慧"),
    ("高龄津贴申请", "李明"),
    ("城乡居民基本养老保险待遇申请", "张敏"),
    ("城乡居民养老保险丧葬补助金申领", "陈晨"),
    ("医疗费用手工（零星）报销", "张敏"),
    ("城乡医疗救助申请", "陈晨"),
    ("困难残疾人生活补贴申请", "徐慧"),
    ("农村土地经营权流转合同备案", "马超"),
    ("乡村建设规划许可（农村村民住宅）", "赵刚"),
    ("小餐饮店登记", "刘洋"),
    ("食品经营许可（新办）", "郑红"),
)


def _ordinary(desk: Desk, at: datetime) -> None:
    """Running as it should; some are decided, some of those delivered."""
    item, clerk = desk.chance.choice(ORDINARY)
    case = desk.accepted(item, clerk, at)
    if desk.chance.random() < 0.35:
        ready = moment(desk.table.add(at.date(), 2).date, "15:10")
        if ready.date() < date(2026, 11, 5):
            cases.decide_case(case=case, decision="done", opinion="符合条件，予以办理", by=desk.actor(clerk, ready), at=ready)
            if desk.chance.random() < 0.6:
                cases.deliver_result(
                    case=case,
                    way="counter",
                    receiver=case.person_name,
                    by=desk.actor(clerk, ready),
                    at=ready + timedelta(minutes=20),
                )


def _late(desk: Desk, at: datetime) -> None:
    """Nobody did it: the promise runs out and the breach is on record; the clerk claims a cause."""
    desk.accepted("临时救助申请", "李明", at)


def _late_with_cause(desk: Desk, at: datetime) -> None:
    case = desk.accepted("高龄津贴申请", "徐慧", at)
    after = desk.back(1, "17:20")
    cases.sweep(by=system(case.center), at=after)
    breach = case.breaches.first()
    if breach is not None:
        cases.claim_cause(
            breach=breach, text="县级津贴系统升级停机三天，已电话告知申请人，截图附后。", by=desk.actor("徐慧", after), at=after
        )


def _finished_late(desk: Desk, at: datetime) -> None:
    """Done and handed over, but after the promised day: the breach stays."""
    case = desk.accepted("高龄津贴申请", "李明", at)
    done = moment(desk.table.add(local(case.current_due_at).date(), 2).date, "15:40")
    by = desk.actor("李明", done)
    cases.sweep(by=system(case.center), at=done)
    case.refresh_from_db()
    cases.decide_case(case=case, decision="done", opinion="符合条件，予以办理", by=by, at=done)
    cases.deliver_result(case=case, way="counter", receiver=case.person_name, by=by, at=done + timedelta(minutes=25))


def _correction(desk: Desk, at: datetime) -> None:
    """Two lines are missing: told at once, all of them."""
    case = desk.take("最低生活保障申请", "李明", at, missing=(4, 5))
    words = {4: "缺家庭成员授权书，请全体成年家庭成员签字", 5: "缺近 6 个月银行流水，请到开户银行打印"}
    open_lines = [line.position for line in checklist_lines(case) if line.status == "missing" and line.is_required]
    cases.tell_missing(
        case=case, defects={n: words.get(n, "未提交，请补交原件及复印件") for n in open_lines}, by=desk.actor("李明", at),
        at=at + timedelta(minutes=15),
    )  # fmt: skip


def _corrected(desk: Desk, at: datetime) -> None:
    """Told once, brought the next day, accepted."""
    case = desk.take("城乡医疗救助申请", "张敏", at, defects={2: "填写不全，请补填家庭成员情况并由全体成年成员签名"})
    cases.tell_missing(
        case=case,
        defects={2: "填写不全，请补填家庭成员情况并由全体成年成员签名"},
        by=desk.actor("张敏", at),
        at=at + timedelta(minutes=14),
    )
    back = moment(desk.table.add(at.date(), 1).date, "10:15")
    by = desk.actor("张敏", back)
    cases.take_materials(case=case, lines={2: ""}, by=by, at=back)
    cases.accept_case(case=case, by=by, at=back + timedelta(minutes=8))


def _told_twice(desk: Desk, at: datetime) -> None:
    """A second notice: approved by the leader, and on record as a breach."""
    case = desk.take("医疗费用手工（零星）报销", "陈晨", at, missing=(1,))
    by = desk.actor("陈晨", at)
    lines = [line.position for line in checklist_lines(case) if line.status == "missing" and line.is_required]
    cases.tell_missing(case=case, defects=dict.fromkeys(lines, "未提交，请带原件"), by=by, at=at + timedelta(minutes=10))
    later = moment(desk.table.add(at.date(), 2).date, "11:05")
    cases.take_materials(case=case, lines=dict.fromkeys(lines, ""), by=desk.actor("陈晨", later), at=later)
    cases.tell_missing(
        case=case, defects={}, added=({"name": "费用清单（住院）", "defect": "首次漏告，请到医院打印", "where": "就诊医院"},),
        reason="首次核对时漏看住院费用清单", approver=desk.hall.cast["周丽"], by=desk.actor("陈晨", later), at=later + timedelta(minutes=9),
    )  # fmt: skip


def _forgotten(desk: Desk, at: datetime) -> None:
    """Received and left lying: after five working days the law deems it accepted."""
    desk.take("农村土地经营权流转合同备案", "马超", at)


def _fresh(desk: Desk, at: datetime) -> None:
    desk.take(*desk.chance.choice(ORDINARY), at)


def _paused(desk: Desk, at: datetime) -> None:
    case = desk.accepted("食品经营许可（新办）", "刘洋", at)
    when = moment(desk.table.add(at.date(), 2).date, "9:05")
    cases.pause_case(case=case, ground="inspection", needed_days=5, by=desk.actor("刘洋", when), at=when)


def _paused_and_back(desk: Desk, at: datetime) -> None:
    case = desk.accepted("农村危房改造申请", "赵刚", at)
    when, again = (moment(desk.table.add(at.date(), n).date, "14:30") for n in (1, 4))
    cases.pause_case(case=case, ground="appraisal", needed_days=5, by=desk.actor("赵刚", when), at=when)
    cases.resume_case(case=case, result="鉴定为 C 级，需修缮加固", by=desk.actor("赵刚", again), at=again)


def _extended(desk: Desk, at: datetime) -> None:
    item = next(
        name
        for name, version in desk.hall.versions.items()
        if version.extension_limit and not version.is_joint and version.counters
    )
    case = desk.accepted(item, "赵刚", at)
    when = moment(desk.table.add(at.date(), 3).date, "10:40")
    cases.extend_case(
        case=case, n=min(5, case.version.extension_limit), reason="申请材料涉及地界争议，须到村组调查", approver=desk.hall.cast["王主任"],
        by=desk.actor("赵刚", when), at=when,
    )  # fmt: skip


def _urgent(desk: Desk, at: datetime) -> None:
    case = desk.accepted("临时救助申请", "李明", at)
    cases.expedite_case(
        case=case, n=2, reason="申请人突遭火灾，住院急用", requested_by="大坪村村委会", approver=desk.hall.cast["周丽"],
        by=desk.actor("李明", at), at=at + timedelta(minutes=30),
    )  # fmt: skip


def _tolerated(desk: Desk, at: datetime) -> None:
    """容缺受理: one line may follow, promised in writing."""
    version = desk.hall.versions["城乡居民基本养老保险待遇申请"]
    follows = [n for n, line in enumerate(checklist(version, ()), 1) if line.tolerance_allowed]
    case = desk.take(version.name, "张敏", at, missing=follows)
    due = desk.table.add(date(2026, 11, 5), 3).date
    cases.accept_case(case=case, promises=dict.fromkeys(follows, due), by=desk.actor("张敏", at), at=at + timedelta(minutes=15))


def _to_deliver(desk: Desk, at: datetime) -> None:
    case = desk.accepted("小餐饮店登记", "郑红", at)
    ready = moment(desk.table.add(at.date(), 3).date, "16:00")
    by = desk.actor("郑红", ready)
    cases.decide_case(
        case=case,
        decision="granted",
        result_number="青市监小餐〔2026〕41号",
        result_expires=date(2029, 10, 31),
        by=by,
        at=ready,
    )


def _declined(desk: Desk, at: datetime) -> None:
    case = desk.take("居住登记与居住证申领受理", "周丽", at)
    cases.decline_case(
        case=case, reason="申请人在本镇居住不满半年，且无合法稳定就业、住所", basis="《居住证暂行条例》第二条",
        authority="实际居住地公安派出所", by=desk.actor("周丽", at), at=at + timedelta(minutes=20),
    )  # fmt: skip


def _returned(desk: Desk, at: datetime) -> None:
    case = desk.take("特困人员救助供养申请", "徐慧", at)
    cases.return_case(
        case=case, reason="申请人有法定赡养人且具备赡养能力，不符合条件", basis="《特困人员认定办法》第四条", by=desk.actor("徐慧", at),
        at=at + timedelta(minutes=25),
    )  # fmt: skip


def _withdrawn(desk: Desk, at: datetime) -> None:
    case = desk.accepted("城乡居民基本养老保险待遇申请", "陈晨", at)
    when = moment(desk.table.add(at.date(), 1).date, "9:40")
    cases.withdraw_case(case=case, reason="申请人改为在外地参保地办理", by=desk.actor("陈晨", when), at=when)


def _charged(desk: Desk, at: datetime) -> None:
    """Only what the schedule says, computed."""
    center, on = desk.hall.cast.center, at.date()
    for version in desk.hall.versions.values():
        fees = [fee for fee in fees_in_force(center, version, on) if fee.amount]
        if fees and version.counters and version.counters[0].counter.number in CLERKS:
            clerk = CLERKS[version.counters[0].counter.number][0]
            case = desk.accepted(version.name, clerk, at)
            lines = [ChargeLine(fee=fees[0].code)]
            cases.charge(case=case, lines=lines, way="cash", by=desk.actor(clerk, at), at=at + timedelta(minutes=14))


def _joint(desk: Desk, at: datetime) -> None:
    """To the business section, which asks each department ("4.3.3")."""
    case = desk.accepted(JOINT, "赵刚", at)
    _to_section(desk, case, "赵刚", at)
    when = moment(desk.table.add(at.date(), 1).date, "9:20")
    cases.open_joint(case=case, lead=case.department, tasks=task_drafts(case, when), by=desk.actor("何静", when), at=when)
    heads = {"村建所": "赵刚", "国土所": "王强", "便民办": "周丽"}
    for task in tasks_of(case)[: 1 + at.day % 3]:
        name = heads.get(task.department.short_name)
        if name is None:
            continue
        later = moment(desk.table.add(when.date(), 1).date, "10:30")
        by = desk.actor(name, later)
        task = cases.take_task(task=task, by=by, at=later)
        cases.answer_task(task=task, opinion="agree", text="符合规划，同意", by=by, at=later + timedelta(minutes=30))


def _to_section(desk: Desk, case: Any, clerk: str, at: datetime) -> None:
    by, section = desk.actor(clerk, at), desk.actor("何静", at)
    offer = reception.hand_over(
        matter=case.matter, kind="section", note="联办件，请业务科协调", by=by, at=at + timedelta(minutes=20)
    )
    reception.take_over(hand_over=offer, by=section, at=at + timedelta(minutes=24))


def _handed_over(desk: Desk, at: datetime) -> None:
    """周丽 was asked, took the person to window 3; 李明 has it now."""
    offer = _escorted(desk, "残疾人证怎么办理", at)
    reception.take_over(hand_over=offer, by=desk.actor("李明", at), at=at + timedelta(minutes=5))


def _waiting_offer(desk: Desk, at: datetime) -> None:
    _escorted(desk, "孩子落户后怎么上医保", at, number=2)


def _returned_offer(desk: Desk, at: datetime) -> None:
    offer = _escorted(desk, "电线杆倾斜找谁管", at, number=4)
    reception.return_hand_over(
        hand_over=offer,
        reason="属供电所职责，请电话联系供电所 95598 后告知群众",
        by=desk.actor("马超", at),
        at=at + timedelta(minutes=6),
    )


def _escorted(desk: Desk, subject: str, at: datetime, number: int = 3) -> Any:
    by = desk.actor("周丽", at)
    inquiry = reception.open_inquiry(
        channel="walk_in", subjects=[(None, subject)], first_asked=by.member, person=desk.who(), by=by, at=at
    )
    return reception.hand_over(
        matter=inquiry.matters.get(), kind="escorted", counter=desk.hall.counters[number], note="已带群众到窗口", by=by,
        at=at + timedelta(minutes=3),
    )  # fmt: skip


def _phoned(desk: Desk, at: datetime) -> None:
    by = desk.actor("吴芳", at)
    inquiry = reception.open_inquiry(
        channel="phone", subjects=[(None, "自来水停水几时恢复")], first_asked=by.member, by=by, at=at
    )
    reception.note_phone_call(
        matter=inquiry.matters.get(), called="镇自来水站 刘站长", agreed="下午三点前恢复供水，已回电告知", is_settled=True, by=by,
        at=at + timedelta(minutes=8),
    )  # fmt: skip


def _lead(desk: Desk, at: datetime) -> None:
    by = desk.actor("周丽", at)
    department = Department.objects.of(by.center).get(short_name="村建所")
    cases.note_fee_lead(
        text="办建房手续时被要求另交“测量押金”300 元，没有给票据。",
        department=department,
        informant="赵某（要求保密）",
        by=by,
        at=at,
    )


SCENES: tuple[tuple[int, str, Callable[[Desk, datetime], None]], ...] = (
    *((n, "10:35", _finished_late) for n in (18, 16, 15)),
    *((n, "9:25", _late) for n in (14, 13)),
    (12, "10:05", _late_with_cause),
    *((n, "9:50", _correction) for n in (4, 3, 2, 1, 1)),
    *((n, "10:20", _corrected) for n in (8, 6)),
    (7, "15:10", _told_twice),
    *((n, "14:20", _forgotten) for n in (7, 6)),
    *((n, "16:05", _fresh) for n in (2, 1, 1)),
    *((n, "9:05", _paused) for n in (9, 7, 5)),
    (9, "14:05", _paused_and_back),
    *((n, "10:45", _extended) for n in (8, 5)),
    *((n, "11:10", _urgent) for n in (2, 1)),
    *((n, "15:25", _tolerated) for n in (4, 3)),
    *((n, "9:15", _to_deliver) for n in (8, 6, 5)),
    (6, "10:50", _declined),
    (5, "11:20", _returned),
    (4, "14:45", _withdrawn),
    *((n, "15:45", _charged) for n in (3, 1)),
    *((n, "9:35", _joint) for n in (9, 7, 5, 4)),
    *((n, "16:20", _handed_over) for n in (3, 2)),
    (1, "16:40", _returned_offer),
    (1, "15:05", _phoned),
    (2, "17:05", _lead),
    (0, "9:04", _waiting_offer),
)
