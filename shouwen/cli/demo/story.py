"""What happened in 青山镇 from September to the demo date, played through the same actions people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from shouwen.assessment import actions as assessment
from shouwen.assessment.models import AgendaItem, Entry, Month, MonthResult
from shouwen.attendance import actions as attendance
from shouwen.attendance.models import Leave, SlotResult
from shouwen.audit.actions import record
from shouwen.cli.demo import visits
from shouwen.cli.demo.people import Cast, moment
from shouwen.cli.demo.terminal import NOVEMBER, OCTOBER, SEPTEMBER, attlog
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.duty import actions as duty
from shouwen.duty import models as duty_models
from shouwen.org import actions as org
from shouwen.rulebook import actions as rulebook
from shouwen.rules.leaves import Span
from shouwen.workcalendar.queries import day_table

GOOD = {"spotless": True, "tidy": True, "spit_free": True, "clutter_free": True}
THINGS = {
    "seals": "受理专用章 1 枚、业务科章 1 枚",
    "keys": "大门 2 把、档案柜 3 把",
    "equipment": "叫号机、高拍仪、打印机正常",
}
OPENED_LATE = {date(2026, 9, 17): "8:26", date(2026, 10, 16): "8:23"}
NO_HANDOVER = {date(2026, 10, 19)}
MISSED_ROUND = {date(2026, 9, 9)}


def play(cast: Cast, until: datetime, folder: Path, *, whole: bool = True) -> None:
    """Everything up to `until`; terminal files are left in `folder` for whoever wants to import them again.

    Not `whole`: a short past of visits and cases, every scene of the present (tests need no more).
    """
    _rules(cast)
    _rosters(cast)
    visits.play(cast, until, whole)
    device = attendance.add_device(
        name="大厅考勤机", kind="terminal", by=cast.actor("孙会", at := moment(date(2026, 8, 31), "16:00")), at=at
    )
    _month(cast, device, "2026-09", SEPTEMBER, until, folder)
    _month(cast, device, "2026-10", OCTOBER, until, folder)
    _month(cast, device, "2026-11", NOVEMBER, until, folder)
    assessment.collect(month=date(2026, 11, 1), by=system(cast.center), at=until)


def _rules(cast: Cast) -> None:
    at = moment(date(2026, 8, 28), "15:00")
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 9, 1), by=cast.actor("王主任", at), at=at)
    meeting = "镇党政班子会(第 14 次),镇长主持,班子成员 7 人参加"
    for kind, text, value in (
        ("point_value", "量化考核每分折合人民币 50 元。", Decimal(50)),
        ("objection_days", "考核结果公示期间,异议期为 5 个工作日。", Decimal(5)),
    ):
        org.record_decision(
            kind=kind, decided_date=date(2026, 8, 28), decided_by=meeting, text=text, value=value, active_from=date(2026, 9, 1),
            by=cast.actor("孙会", at), at=at,
        )  # fmt: skip


def _rosters(cast: Cast) -> None:
    at = moment(date(2026, 8, 28), "16:00")
    by = cast.actor("周丽", at)
    hall = ["周丽", "张敏", "李明", "何静", "吴芳", "陈晨", "徐慧", "林涛", "刘洋", "郑红"]
    for kind, names in (("hall", hall), ("holiday", ["张敏", "李明", "刘洋", "何静"]), ("leader", ["周丽", "王主任"])):
        duty.set_pattern(kind=kind, members=[cast[name] for name in names], active_from=date(2026, 9, 1), by=by, at=at)
    for month, day in ((9, date(2026, 8, 28)), (10, date(2026, 9, 25)), (11, date(2026, 10, 26))):
        duty.fill_month(month=date(2026, month, 1), by=cast.actor("周丽", moment(day, "16:30")), at=moment(day, "16:30"))


def _month(cast: Cast, device: Any, month: str, deviations: Any, until: datetime, folder: Path) -> None:
    """Day by day: the hall's duty, what happened that day, and at the end of each week the terminal's file."""
    days = [day for day in day_table(cast.center).month_days(month) if moment(day, "8:00") <= until]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"attlog-{month}.dat").write_bytes(attlog(days, deviations, until))
    waiting: list[date] = []
    for index, day in enumerate(days):
        if moment(day, "18:30") <= until:
            _hall(cast, day)
        else:
            _morning(cast, day, until)
        for text, event in EVENTS.get(day, ()):
            if moment(day, text) <= until:
                event(cast, moment(day, text))
        waiting.append(day)
        last = index + 1 == len(days) or days[index + 1].isocalendar().week != day.isocalendar().week
        if last or day == date(2026, 10, 21):
            at = min(moment(day, "18:40"), until)
            _import(cast, device, waiting, deviations, at)
            waiting = []


def _import(cast: Cast, device: Any, days: Sequence[date], deviations: Any, at: datetime) -> None:
    data = attlog(days, deviations, at)
    name = f"attlog-{days[0]:%m%d}-{days[-1]:%m%d}.dat"
    by = cast.actor("孙会", at)
    attendance.import_punches(device=device, data=data, file_name=name, synced_until=at, by=by, at=at)
    attendance.recompute(start=days[0], end=days[-1], by=system(cast.center), at=at)


def _hall(cast: Cast, day: date) -> None:
    """The duty of one working day, done as it should be except where the story says otherwise."""
    shift = (
        duty_models.Shift.objects.of(cast.center)
        .select_related("member", "center")
        .get(date=day, kind="hall", ended_at__isnull=True)
    )
    name = shift.member.name
    at = moment(day, OPENED_LATE.get(day, f"8:{11 + day.day % 8:02d}"))
    duty.open_doors(shift=shift, by=cast.actor(name, at), at=at)
    for hour, minute in ((8, 28), (14, 6), (17, 3)):
        if hour == 14 and day in MISSED_ROUND:
            continue
        at = datetime.combine(day, time(hour, minute), at.tzinfo)
        duty.check_cleaning(shift=shift, points=GOOD, by=cast.actor(name, at), at=at)
    shift.refresh_from_db()
    at = moment(day, "17:34")
    duty.close_doors(shift=shift, windows_shut=True, power_off=True, by=cast.actor(name, at), at=at)
    if day not in NO_HANDOVER:
        _hand_over(cast, shift, day)
    duty.sweep(start=day, end=day, by=system(cast.center), at=moment(day, "23:00"))


def _morning(cast: Cast, day: date, until: datetime) -> None:
    """The demo day itself: 李明 has the hall; the doors are open and the first round is done."""
    before = moment(day - timedelta(days=1), "16:30")
    shift = duty.assign(day=day, kind="hall", member=cast["李明"], by=cast.actor("周丽", before), at=before)
    shift.refresh_from_db()
    by = cast.actor("李明", until)
    duty.open_doors(shift=shift, by=by, at=moment(day, "8:14"))
    duty.check_cleaning(shift=shift, points=GOOD, by=by, at=moment(day, "8:28"))


def _hand_over(cast: Cast, shift: Any, day: date) -> None:
    later = duty_models.Shift.objects.of(cast.center).filter(date__gt=day, kind="hall", ended_at__isnull=True)
    following = later.select_related("member").order_by("date").first()
    receiver = following.member if following else cast["周丽"]
    if receiver.pk == shift.member_id:
        receiver = cast["周丽"] if shift.member.name != "周丽" else cast["张敏"]
    at = moment(day, "17:40")
    handover = duty.give(shift=shift, receiver=receiver, open_matters=[], by=cast.actor(shift.member.name, at), at=at, **THINGS)
    at = moment(day, "17:48")
    duty.confirm(handover=handover, by=cast.actor(receiver.name, at), at=at)


# --- what happened on single days ---------------------------------------------------------------------------------


def _assistant(cast: Cast, at: datetime) -> None:
    """何静 helps with the assessment for two months; what she hid comes out in October."""
    org.grant_role(member=cast["何静"], role="assessor", by=cast.actor("钱进", at), at=at)


def _ask_sick_leave(cast: Cast, at: datetime) -> None:
    span = Span((date(2026, 10, 13), "am"), (date(2026, 10, 14), "pm"))
    leave = attendance.ask_leave(
        member=cast["徐慧"], kind="sick", span=span, reason="腰椎复查", cover=cast["李明"], by=cast.actor("徐慧", at), at=at
    )
    attendance.answer_cover(
        leave=leave, accepted=True, by=cast.actor("李明", at + timedelta(minutes=20)), at=at + timedelta(minutes=20)
    )
    _approve(cast, leave, at + timedelta(minutes=50))


def _approve(cast: Cast, leave: Leave, at: datetime) -> None:
    for name in ("周丽", "王主任"):
        leave.refresh_from_db()
        if leave.state == Leave.State.PENDING:
            attendance.decide_leave(leave=leave, approved=True, note="同意", by=cast.actor(name, at), at=at)


def _too_late(cast: Cast, at: datetime) -> None:
    """黄磊 asks when the session has begun: refused, and on record."""
    span = Span((at.date(), "am"), (at.date(), "am"))
    by = cast.actor("黄磊", at)
    try:
        attendance.ask_leave(member=cast["黄磊"], kind="personal", span=span, reason="家中有事", by=by, at=at)
    except Refused as refused:
        record(by=by, at=at, verb="attendance.leave.ask", label=f"黄磊:{refused.message}", result="refused")


def _correct(cast: Cast, at: datetime) -> None:
    """刘洋 forgot to punch on leaving; a colleague confirms, the leader approves within the three days."""
    slot = SlotResult.objects.of(cast.center).get(member=cast["刘洋"], date=date(2026, 10, 20), session="pm", side="out")
    correction = attendance.ask_correction(
        slot=slot,
        claimed=time(17, 33),
        reason="帮群众搬材料到 4 号窗口,离开时忘记打卡,郑红在场",
        by=cast.actor("刘洋", at),
        at=at,
    )
    later = at + timedelta(hours=1)
    attendance.decide_correction(
        correction=correction, approved=True, note="监控核对属实", by=cast.actor("周丽", later), at=later
    )


def _not_found(cast: Cast, at: datetime) -> None:
    check = attendance.record_check(
        member=cast["王强"], seen="not_found", place="4 号窗口", note="群众等候 2 人", by=cast.actor("陈监督", at), at=at
    )
    again = at + timedelta(minutes=25)
    attendance.repeat_check(check=check, is_found=False, note="仍不在,电话未接", by=cast.actor("陈监督", again), at=again)
    answer = at + timedelta(hours=5)
    check.refresh_from_db()
    attendance.reply_to_check(check=check, text="到院内取车,没有告知邻窗", by=cast.actor("王强", answer), at=answer)
    decided = answer + timedelta(days=1)
    check.refresh_from_db()
    attendance.decide_check(check=check, verified=True, note="未告知去向,属实", by=cast.actor("周丽", decided), at=decided)


def _games(cast: Cast, at: datetime) -> None:
    check = attendance.record_check(
        member=cast["郑红"],
        seen="games",
        place="5 号窗口",
        note="电脑上打开纸牌游戏",
        witness="吴芳",
        by=cast.actor("陈监督", at),
        at=at,
    )
    answer = at + timedelta(hours=2)
    attendance.reply_to_check(check=check, text="属实,今后注意", by=cast.actor("郑红", answer), at=answer)
    check.refresh_from_db()
    attendance.decide_check(
        check=check, verified=True, note="本人承认", by=cast.actor("周丽", answer), at=answer + timedelta(hours=1)
    )


def _spit(cast: Cast, at: datetime) -> None:
    shift = (
        duty_models.Shift.objects.of(cast.center)
        .select_related("member", "center")
        .get(date=at.date(), kind="hall", ended_at__isnull=True)
    )
    points = GOOD | {"spit_free": False, "clutter_free": False}
    duty.check_cleaning(shift=shift, points=points, note_text="等候区东侧", by=cast.actor("陈监督", at), at=at)


def _finding(cast: Cast, at: datetime) -> None:
    assessment.record_finding(
        executor=cast["何静"],
        concerned=cast["林涛"],
        kind="late",
        fact_date=date(2026, 9, 11),
        account="9 月 11 日林涛迟到 16 分钟,何静整理考勤时将其漏报,经查监控与打卡原始记录属实。",
        decided_date=at.date(),
        decided_by="镇党政班子会(第 17 次),镇长主持,班子成员 7 人参加",
        by=cast.actor("王主任", at),
        at=at,
    )


def _freeze(month: date) -> Any:
    def event(cast: Cast, at: datetime) -> None:
        attendance.recompute(start=month, end=_last(month), by=system(cast.center), at=at)
        row = assessment.collect(month=month, by=cast.actor("孙会", at), at=at)
        assessment.freeze(month=row, by=cast.actor("孙会", at), at=at)

    return event


def _last(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _post(month: date) -> Any:
    def event(cast: Cast, at: datetime) -> None:
        row = Month.objects.of(cast.center).get(month=month)
        own = MonthResult.objects.of(cast.center).filter(month=row, edition=row.edition, member=cast["孙会"])
        for result in own.select_related("month", "member"):
            assessment.confirm_result(result=result, by=cast.actor("周丽", at), at=at)
        assessment.post(month=row, by=cast.actor("孙会", at), at=at)
        row.refresh_from_db()
        assessment.issue_notice(month=row, by=cast.actor("孙会", at), at=at)
        for item in AgendaItem.objects.of(cast.center).filter(month=row):
            assessment.issue_criticism(item=item, by=cast.actor("孙会", at), at=at)

    return event


def _finalise(month: date) -> Any:
    def event(cast: Cast, at: datetime) -> None:
        assessment.finalise(month=Month.objects.of(cast.center).get(month=month), by=cast.actor("孙会", at), at=at)

    return event


def _object(cast: Cast, at: datetime) -> None:
    """陈晨's objection to a late arrival is upheld: the line is reversed and a second edition is posted."""
    entry = _line(cast, "陈晨", date(2026, 10, 15))
    objection = assessment.object_to(
        entry=entry, text="当天 8:26 已到岗,大门口考勤机断电重启,前台登记簿有记录", by=cast.actor("陈晨", at), at=at
    )
    later = at + timedelta(hours=22)
    assessment.answer_objection(
        objection=objection,
        upheld=True,
        reply="查登记簿和监控,8:26 到岗属实,撤销这一条。",
        by=cast.actor("周丽", later),
        at=later,
    )
    month = Month.objects.of(cast.center).get(month=date(2026, 10, 1))
    assessment.issue_notice(month=month, by=cast.actor("孙会", later), at=later)


def _object_again(cast: Cast, at: datetime) -> None:
    assessment.object_to(
        entry=_line(cast, "王强", date(2026, 10, 27)), text="当天 17:18 是去村里送证,有派工单", by=cast.actor("王强", at), at=at
    )


def _line(cast: Cast, name: str, day: date) -> Entry:
    return Entry.objects.of(cast.center).filter(member=cast[name], date=day).live().get()


def _open_check(cast: Cast, at: datetime) -> None:
    attendance.record_check(
        member=cast["林涛"],
        seen="games",
        place="4 号窗口",
        note="手机横屏游戏",
        witness="马超",
        by=cast.actor("陈监督", at),
        at=at,
    )


def _ask_leave_for_tomorrow(cast: Cast, at: datetime) -> None:
    span = Span((date(2026, 11, 9), "am"), (date(2026, 11, 10), "pm"))
    attendance.ask_leave(
        member=cast["陈晨"],
        kind="personal",
        span=span,
        reason="孩子住院陪护",
        cover=cast["张敏"],
        by=cast.actor("陈晨", at),
        at=at,
    )


def _ask_cover(cast: Cast, at: datetime) -> None:
    """徐慧 wants two days off next week and asks 李明 to stand in."""
    span = Span((date(2026, 11, 12), "am"), (date(2026, 11, 13), "pm"))
    attendance.ask_leave(
        member=cast["徐慧"],
        kind="personal",
        span=span,
        reason="陪同母亲就医",
        cover=cast["李明"],
        by=cast.actor("徐慧", at),
        at=at,
    )


def _ask_swap(cast: Cast, at: datetime) -> None:
    """吴芳 asks 李明 to take her next shift; he has not answered yet."""
    shifts = duty_models.Shift.objects.of(cast.center).filter(
        member=cast["吴芳"], kind="hall", date__gt=at.date(), ended_at__isnull=True
    )
    shift = shifts.select_related("member", "center").order_by("date").first()
    if shift is not None:
        duty.ask_swap(shift=shift, asked=cast["李明"], note="当天要去县里开会", by=cast.actor("吴芳", at), at=at)


EVENTS: dict[date, Sequence[tuple[str, Any]]] = {
    date(2026, 9, 1): (("10:00", _assistant),),
    date(2026, 10, 9): (("9:00", _ask_sick_leave), ("10:30", _freeze(date(2026, 9, 1))), ("15:00", _post(date(2026, 9, 1)))),
    date(2026, 10, 19): (("16:00", _finding),),
    date(2026, 10, 21): (("10:05", _not_found),),
    date(2026, 10, 22): (("9:30", _correct), ("15:20", _spit), ("16:30", _finalise(date(2026, 9, 1)))),
    date(2026, 10, 26): (("10:20", _too_late),),
    date(2026, 10, 29): (("10:40", _games),),
    date(2026, 11, 2): (("9:30", _freeze(date(2026, 10, 1))), ("16:00", _post(date(2026, 10, 1)))),
    date(2026, 11, 3): (("11:00", _object),),
    date(2026, 11, 4): (
        ("14:30", _open_check),
        ("15:30", _object_again),
        ("16:00", _ask_leave_for_tomorrow),
        ("16:05", _ask_cover),
        ("16:10", _ask_swap),
    ),
}
