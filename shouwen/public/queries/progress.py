"""How a case stands, told to whoever it belongs to: in words, with the reason for every day that does not count, and nothing private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shouwen.cases import queries as cases
from shouwen.cases.models import Case, CorrectionNotice, Pause
from shouwen.cases.queries import fees as money
from shouwen.cases.queries.joint import tasks_of
from shouwen.catalogue import queries as catalogue
from shouwen.core.clock import local
from shouwen.reception import queries as reception
from shouwen.rules.fees import yuan
from shouwen.rules.masking import mask_name

WITH = ("center", "version", "item", "department", "person", "matter__inquiry")
CONDITIONS = {
    Case.Status.RECEIVED.value: ("材料已收到，正在核对", "brand"),
    Case.Status.CORRECTION.value: ("还缺材料，等您补齐", "warn"),
    Case.Status.ACCEPTED.value: ("已受理，正在办理", "brand"),
    Case.Status.DECIDED.value: ("已办结，等您领取", "ok"),
    Case.Status.DELIVERED.value: ("已办结，结果已送达", "ok"),
    Case.Status.DECLINED.value: ("不予受理", "late"),
    Case.Status.RETURNED.value: ("已退回", "late"),
    Case.Status.WITHDRAWN.value: ("已撤回", ""),
}
STEPS = {
    "receive": "收到您的材料，出具收件凭证",
    "tell_missing": "一次性告知您还缺的材料",
    "take_materials": "收到您补交的材料",
    "accept": "正式受理，开始计算办理时限",
    "deem_accepted": "未按时告知，依法自收到材料之日起视为受理",
    "pause": "依法暂停计时，已书面告知",
    "resume": "恢复计时",
    "extend": "经批准延长时限，已书面告知",
    "expedite": "列为急办，时限缩短",
    "joint_open": "转各部门联办",
    "joint_conclude": "各部门意见已汇总",
    "review_notice": "审查中需要您补充材料，已一次性告知",
    "settle_promise": "调整容缺材料的补交",
    "correct": "更正登记的内容",
    "charge": "收费，出具收据",
    "refund": "退费",
    "decide": "办结，出具办结通知书",
    "deliver": "结果已送达",
    "withdraw": "撤回",
    "decline": "不予受理，已书面说明理由和救济途径",
    "return": "退回，已书面说明理由；有异议可以到业务科申请复核",
}
"""What a kind of entry means to the applicant; kinds that are not here are our own affair (urging, warnings, who signed)."""
INSIDE = frozenset({"joint_flow"})
"""Papers between departments."""
COLLECT = {
    "counter": "带上受理通知书和有效身份证件，到{place}领取；请人代领的，另带委托书和代领人身份证件",
    "post": "邮寄到您登记的地址，签收时请出示有效身份证件",
    "door": "送件上门，请准备好有效身份证件",
}


def tails(center: Any, code: str) -> list[str]:
    """Two digests of last four characters: applicant's and agent's telephone, of the card where no telephone was left. One query."""
    names = [f"{who}__{what}_tail" for who in ("person", "agent") for what in ("phone", "id")]
    found = Case.objects.of(center).filter(code=code).values_list(*names).first() or ("", "", "", "")
    return [found[0] or found[1] or "", found[2] or found[3] or ""]


def case_of(center: Any, code: str) -> Case | None:
    """The case of that number in this centre with what its page needs."""
    case: Case | None = Case.objects.of(center).select_related(*WITH).filter(code=code).first()
    return case


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, in plain words."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A material still to be brought: what is wrong with it, where it is issued, by when."""

    name: str
    problem: str
    where: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Paid:
    """A line of a receipt; `is_returned` when the money was given back."""

    name: str
    working: str
    number: str
    is_returned: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """A case as its applicant sees it. `left` is the time left or used; `due` and `more` are sentences, "" where nothing is to be said."""

    case: Case
    name: str
    words: str
    tone: str
    clock: cases.Clock
    left: str
    today: date
    due: str
    more: list[str]
    holder: Any
    phone: str
    steps: list[Step]
    lacking: list[Lacking]
    tasks: list[Any]
    papers: list[Any]
    paid: list[Paid]
    fees: str
    collect: str


def progress(case: Case, at: datetime) -> Progress:
    """Everything the page tells ("3.3", "4.2", "4.3.2"); a fixed number of queries, four more for a joint matter ("4.3.3")."""
    clock, paused = cases.reading(case, at), _pause(case)
    words, tone = CONDITIONS[case.status]
    if paused:
        words, tone = f"依法暂停计时：{paused.ground_label}", "warn"
    elif clock.tone == "late" and case.status == Case.Status.ACCEPTED:
        words, tone = "正在办理，已超过承诺时限", "late"
    elif case.status == Case.Status.DECIDED and case.delivery != "counter":
        words = "已办结，正在送达"
    notice = CorrectionNotice.objects.of(case.center_id).filter(case=case).order_by("-number").first()
    return Progress(
        case=case,
        name=mask_name(case.person_name),
        words=words,
        tone=tone,
        clock=clock,
        left=clock.spoken.split(";")[0].replace(",", "，"),
        today=local(at).date(),
        due=_due(case, clock, notice),
        more=_more(case, clock, paused),
        holder=reception.holder_of(case.matter, at),
        phone=case.version.consult_phone,
        steps=_steps(case),
        lacking=_lacking(case, notice),
        tasks=tasks_of(case) if case.handling == "joint" else [],
        papers=[one for one in cases.papers(case) if one.kind not in INSIDE],
        paid=_paid(case),
        fees=_fees(case, at),
        collect=_collect(case),
    )


def _pause(case: Case) -> Pause | None:
    if case.paused_at is None or case.status != Case.Status.ACCEPTED:
        return None
    return Pause.objects.of(case.center_id).filter(case=case, ended_at__isnull=True).first()


def _due(case: Case, clock: cases.Clock, notice: CorrectionNotice | None) -> str:
    """By when what is owed, by whom."""
    due = _day(clock.due_at) if clock.due_at else ""
    if case.status == Case.Status.RECEIVED:
        return f"最迟{due}前告诉您是否受理；逾期没有告知的，依法自收到材料之日起即为受理"
    if case.status == Case.Status.CORRECTION:
        until = f"请在{_day(notice.due_date)}前补齐；" if notice and notice.due_date else ""
        return f"{until}材料补齐之日起计算办理时限，{clock.limits}"
    if case.status == Case.Status.ACCEPTED:
        sure = "（以后的放假安排尚未公布，暂定）" if clock.is_provisional else ""
        return f"应于{due}前办结{sure}" if case.paused_at is None else f"如果今天恢复计时，应于{due}前办结{sure}"
    if case.status == Case.Status.DECIDED and case.delivery_due_at:
        return f"最迟{_day(case.delivery_due_at)}前送达给您"
    return ""


def _more(case: Case, clock: cases.Clock, paused: Pause | None) -> list[str]:
    """Why days do not count, how the limit changed, what was not kept."""
    said = []
    if paused:
        since = _day(paused.started_at)
        said.append(
            f"{paused.ground_label}所需时间依法不计入办理时限（{paused.basis}）："
            f"自{since}起，约需 {paused.needed_days} 个工作日，结束后继续计时"
        )
    if case.is_deemed:
        said.append("我们没有在 5 个工作日内告知您，办理时限从收到材料之日算起")
    if case.is_tolerated:
        said.append("容缺受理：先办理，缺的材料请在约定日期前补交")
    if case.is_expedited:
        said.append("急办件，时限已缩短")
    if clock.both is not None and clock.both.breach:
        said.append("没有在承诺的时限内办完，对不起。您可以当面或打电话催办，也可以拨打举报投诉电话")
    return said


def _steps(case: Case) -> list[Step]:
    """The newest first. What a person typed is not repeated: it may name somebody."""
    return [Step(event.at, STEPS[event.kind]) for event in cases.story(case) if event.kind in STEPS]


def _lacking(case: Case, notice: CorrectionNotice | None) -> list[Lacking]:
    """What was told to be missing and is still not there, and what was promised for later ("4.3.2")."""
    if case.ended_at is not None or case.decided_at is not None:
        return []
    rows = cases.lines(case)
    told = [(row, notice.due_date) for row in cases.unsatisfied(rows)] if notice else []
    promised = [(row, row.promised_date) for row in rows if row.status == row.Status.PROMISED]
    return [Lacking(row.name, row.defect, row.where, until) for row, until in [*told, *promised]]


def _paid(case: Case) -> list[Paid]:
    rows: list[Any] = money.receipts_of(case)  # each with `lines`
    return [
        Paid(line.name, line.line, receipt.number, any(one.refund.state == "approved" for one in line.given))
        for receipt in rows
        for line in receipt.lines
    ]


def _fees(case: Case, at: datetime) -> str:
    """What may be asked for this item, from the schedule alone ("3.5")."""
    rows: Sequence[Any] = catalogue.fees_in_force(case.center, case.version, local(at).date())
    return "；".join(f"{row.name} {yuan(row.amount)}/{row.unit}（{row.basis}）" for row in rows)


def _collect(case: Case) -> str:
    if case.status not in (Case.Status.ACCEPTED, Case.Status.DECIDED):
        return ""
    return COLLECT.get(case.delivery, COLLECT["counter"]).format(place=case.counter_label or "受理的窗口")


def _day(value: date | datetime) -> str:
    """12月7日（周一） with the hour of a moment: 12月7日（周一）17:30."""
    here = local(value) if isinstance(value, datetime) else value
    hour = f" {here:%H:%M} " if isinstance(here, datetime) else ""
    return f" {here.month}月{here.day}日（周{'一二三四五六日'[here.weekday()]}）{hour}"
