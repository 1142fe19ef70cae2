"""Taking a number, calling, serving: what each action does and refuses."""

import pytest

from shouwen.audit.models import Record
from shouwen.core.errors import Refused
from shouwen.reception import actions
from shouwen.reception.models import CounterState, Inquiry, Matter, Ticket
from tests.reception.queue_scene import open_scene


@pytest.fixture
def scene(cast, hm):
    return open_scene(cast, hm("8:00"))


def refused(call, **more):
    with pytest.raises(Refused) as caught:
        call(**more)
    return caught.value.message, caught.value.clause


def test_numbers_run_on_in_each_queue_and_start_again_every_day(scene, hm):
    taken = [scene.take(hm("9:00"), queue).label for queue in (scene.a, scene.b, scene.a)]
    assert taken == ["A001", "B001", "A002"]
    assert scene.take(hm("9:00", 24)).label == "A001"


def test_a_number_tells_the_wait_and_leaves_a_trail(scene, hm):
    first, second = scene.take(hm("9:00")), scene.take(hm("9:01"))
    assert (first.estimated_seconds, second.estimated_seconds) == (0, 0)
    assert scene.take(hm("9:02")).estimated_seconds == 600
    assert (scene.log(first), first.source, first.code[:3]) == (["waiting"], "kiosk", "QH-")
    assert Record.objects.filter(verb="reception.ticket.issue", center_id=scene.center.pk).count() == 3


def test_a_form_sent_twice_gives_one_number(scene, hm):
    taken = [scene.take(hm("9:00"), token="5f1c") for _ in range(2)]
    assert taken[0].pk == taken[1].pk
    assert Ticket.objects.of(scene.center).count() == 1


@pytest.mark.parametrize(
    ("priority", "reason", "staff", "told"),
    [
        ("elderly", "", False, ("优先须写明理由,让其他等候的人看得见", "4.3.4")),
        ("expedite", "孩子住院", False, ("急事急办、特事特办须由工作人员核实后优先", "3.4")),
        ("special", "重点项目", False, ("急事急办、特事特办须由工作人员核实后优先", "2.5")),
        ("appointment", "我有预约", False, ("预约优先须凭预约取号", "2.1")),
        ("friend", "熟人", True, ("没有这一类优先", "3.1")),
    ],
)
def test_priority_is_stated_or_refused(scene, hm, priority, reason, staff, told):
    by = scene.zhang if staff else None
    assert refused(scene.take, at=hm("9:00"), priority=priority, reason=reason, by=by) == told


def test_an_expedited_visitor_jumps_the_line_visibly(scene, hm):
    scene.take(hm("9:00"))
    urgent = scene.take(hm("9:05"), by=scene.zhang, priority="special", reason="招商项目今日签约")
    assert scene.call(hm("9:06")).pk == urgent.pk
    row = Record.objects.filter(verb="reception.ticket.call", center_id=scene.center.pk).get()
    assert (row.label, row.detail) == ("A002 → 2号窗口", '{"reason":"重点企业、项目特事特办优先,已等 1 分钟"}')


def test_no_number_on_a_day_of_rest_too_early_or_after_closing(scene, hm):
    rest = ("今天不办公,请于11月23日 08:30再来", "3.3")
    assert refused(scene.take, at=hm("9:00", 22)) == ("“社保医保”今天没有开放", "3.3")
    assert refused(scene.take, at=hm("9:00", 28)) == (rest[0].replace("23日", "30日"), "3.3")
    assert refused(scene.take, at=hm("7:00"))[0] == "还没到取号时间,请在上班前一小时内再来取号"
    assert refused(scene.take, at=hm("17:30"))[0] == "今天已下班,请于11月24日 08:30再来"


def test_no_number_whose_turn_comes_after_closing_unless_staff_says_why(scene, hm):
    scene.take(hm("17:21"), scene.b)
    late = ("按现在的排队,轮到时已过下班时间,今天不再取号,请于11月24日 08:30再来", "3.3")
    assert refused(scene.take, at=hm("17:22"), queue=scene.b) == late
    assert refused(scene.take, at=hm("17:22"), queue=scene.b, override="远道") == ("加号须由工作人员办理", "3.3")
    assert scene.take(hm("17:22"), scene.b, by=scene.li, override="老人远道而来").label == "B002"


def test_a_daily_limit_holds_for_the_machine_and_leaves_no_gap(scene, hm):
    told = {"name": "社保医保", "daily_limit": 1, "by": scene.zhang, "at": hm("8:10")}
    leader = {"by": type(scene.zhang)("system", scene.center, label="系统")}
    actions.change_queue(queue=scene.a, **told | leader)
    scene.take(hm("9:00"))
    assert refused(scene.take, at=hm("9:01"))[0] == "“社保医保”今天限 1 个号,已取完,请改日再来或询问工作人员"
    assert scene.take(hm("9:02"), by=scene.zhang, override="残疾人").label == "A002"


def test_an_appointment_waits_from_its_own_time(scene, hm):
    scene.take(hm("9:00"))
    booked = scene.take(hm("9:01"), source="appointment", appointment_at=hm("9:30"), by=scene.zhang)
    assert (booked.priority, booked.priority_reason, booked.rank_at) == ("appointment", "预约 09:30", hm("9:30"))
    assert scene.call(hm("9:29")).label == "A001"


def test_calling_opens_the_counter_and_asks_before_a_second_visit(scene, hm):
    scene.take(hm("9:00")), scene.take(hm("9:00"))
    first = scene.call(hm("9:05"))
    assert (first.label, first.calls, first.counter, first.member) == ("A001", 1, scene.two, scene.cast.zhang)
    assert CounterState.objects.of(scene.center).get().state == "open"
    assert refused(scene.call, at=hm("9:06"))[0] == "A001 在本窗口已叫号,请先办完、挂起或过号,再叫下一位"
    actions.park_ticket(ticket=first, reason="填表", by=scene.zhang, at=hm("9:07"))
    assert scene.call(hm("9:08")).label == "A002"


def test_a_paused_counter_calls_nobody(scene, hm):
    scene.take(hm("9:00"))
    pause = {"counter": scene.two, "state": "paused", "by": scene.zhang, "at": hm("9:01")}
    assert refused(actions.set_counter_state, **pause) == ("暂停须写明原因,如“开会”“取材料”", "3.1")
    actions.set_counter_state(reason="开会", **pause)
    assert refused(scene.call, at=hm("9:02"))[0] == "本窗口今天已暂停或关闭,请先恢复开放再叫号"
    actions.set_counter_state(counter=scene.two, state="open", by=scene.zhang, at=hm("9:03"))
    assert scene.call(hm("9:04")).label == "A001"


def test_the_second_of_two_counters_calling_one_number_is_refused(scene, hm):
    ticket = scene.take(hm("9:00"))
    stale = Ticket.objects.of(scene.center).get(pk=ticket.pk)
    actions.call_ticket(ticket=ticket, counter=scene.two, by=scene.zhang, at=hm("9:01"))
    told = {"ticket": stale, "counter": scene.three, "by": scene.li, "at": hm("9:01")}
    assert refused(actions.call_ticket, **told)[0] == "已被他人处理,请刷新后再看"


def test_three_calls_then_passed_then_back_behind_others(scene, hm):
    ticket = scene.take(hm("9:00"))
    scene.call(hm("9:01"))
    ticket.refresh_from_db()
    for minute in ("9:02", "9:03"):
        actions.recall_ticket(ticket=ticket, by=scene.zhang, at=hm(minute))
    assert refused(actions.recall_ticket, ticket=ticket, by=scene.zhang, at=hm("9:04")) == (
        "A001 已叫 3 次,请点“过号”,本人回来后可以恢复",
        "3.1",
    )
    actions.pass_ticket(ticket=ticket, by=scene.zhang, at=hm("9:04"))
    for minute in ("9:05", "9:06", "9:07", "9:08"):
        scene.take(hm(minute))
    actions.return_ticket(ticket=ticket, by=scene.zhang, at=hm("9:09"))
    assert scene.log(ticket) == ["waiting", "called", "called", "called", "passed", "waiting"]
    assert [scene.serve(hm("9:10"), hm("9:10")).label for _ in range(5)] == ["A002", "A003", "A004", "A001", "A005"]


def test_an_unanswered_number_keeps_its_place_but_is_not_called_again_at_once(scene, hm):
    scene.take(hm("9:00")), scene.take(hm("9:00"))
    actions.pass_ticket(ticket=scene.call(hm("9:01")), by=scene.zhang, at=hm("9:02"))
    assert scene.serve(hm("9:03"), hm("9:04")).label == "A002"
    assert refused(scene.call, at=hm("9:05"))[0] == "等候的人刚叫过(未满 5 分钟)或预约时间未到"
    assert scene.call(hm("9:06")).label == "A001"


def test_beginning_opens_the_inquiry_with_the_clerk_as_first_asked(scene, hm):
    """The chain begins with whoever serves first ("4.1", "4.2")."""
    ticket = scene.take(hm("9:00"))
    actions.begin_ticket(ticket=scene.call(hm("9:01")), subject="养老认证", by=scene.zhang, at=hm("9:02"))
    inquiry = Inquiry.objects.of(scene.center).get()
    assert (inquiry.ticket_code, inquiry.first_asked, inquiry.matters.get().subject) == (
        ticket.code,
        scene.cast.zhang,
        "养老认证",
    )
    assert scene.status(ticket) == "serving"


def test_a_visit_ends_only_when_every_matter_has_an_outcome(scene, hm):
    """ "4.3.1", "4.3.2": what is only talked about must be answered first; `answer` does it on the spot."""
    scene.take(hm("9:00"))
    ticket = actions.begin_ticket(ticket=scene.call(hm("9:01")), by=scene.zhang, at=hm("9:02"))
    told = ("“社保医保”还没有处理结果:请答复、告知、受理或移交后再办完", "4.3.2")
    assert refused(actions.finish_ticket, ticket=ticket, by=scene.zhang, at=hm("9:09")) == told
    actions.finish_ticket(ticket=ticket, answer="已答复", by=scene.zhang, at=hm("9:10"))
    matter = Matter.objects.of(scene.center).get()
    assert (scene.status(ticket), matter.outcome, matter.answer) == ("finished", "answered", "已答复")


def test_a_transfer_keeps_number_and_time_and_leads_the_person_on(scene, hm):
    """ "3.2", "4.3.2.1": one number, two legs, one chain; the other side holds the matter when it begins."""
    scene.take(hm("9:00"))
    first = actions.begin_ticket(ticket=scene.call(hm("9:05")), by=scene.zhang, at=hm("9:06"))
    leg = actions.transfer_ticket(ticket=first, queue=scene.b, note="要先办低保", by=scene.zhang, at=hm("9:10"))
    assert (leg.label, leg.leg, leg.first, leg.rank_at, leg.queue) == ("A001", 2, first, hm("9:00"), scene.b)
    matter = Matter.objects.of(scene.center).get()
    assert matter.holder == scene.cast.zhang
    actions.begin_ticket(ticket=scene.call(hm("9:12"), scene.three), by=scene.li, at=hm("9:13"))
    matter.refresh_from_db()
    assert (matter.holder, matter.outcome, Inquiry.objects.of(scene.center).count()) == (scene.cast.li, "handed_over", 1)
    assert (scene.log(first), scene.log(leg)) == (
        ["waiting", "called", "serving", "finished"],
        ["waiting", "called", "serving"],
    )


def test_leaving_ends_a_waiting_number_once(scene, hm):
    ticket = scene.take(hm("9:00"))
    actions.leave_ticket(ticket=ticket, by=scene.kiosk, at=hm("9:01"))
    assert refused(actions.leave_ticket, ticket=ticket, by=scene.kiosk, at=hm("9:02"))[0] == "A001 现在是“已离开”,不能这样办"


def test_the_night_ends_what_was_forgotten_and_twice_changes_nothing(scene, hm):
    scene.take(hm("9:00")), scene.take(hm("9:00"))
    served = actions.begin_ticket(ticket=scene.call(hm("9:01")), by=scene.zhang, at=hm("9:02"))
    night = type(scene.zhang)("system", scene.center, label="系统")
    assert [actions.close_day(by=night, at=hm("1:00", day)) for day in (23, 24, 24)] == [0, 2, 0]
    rows = list(Ticket.objects.of(scene.center).order_by("number").values_list("status", "is_inaccurate"))
    assert (rows, served.number) == ([("finished", True), ("left", False)], 1)
    assert CounterState.objects.of(scene.center).get(ended_at__isnull=True).state == "closed"


def test_queues_are_set_up_by_leaders(scene, hm):
    told = {"name": "工商", "prefix": "A", "at": hm("8:00")}
    leader = type(scene.zhang)("member", scene.center, scene.cast.zhou, "周丽", frozenset({"leader"}))
    assert refused(actions.add_queue, by=scene.zhang, **told)[0] == "队列由中心负责人或系统管理员设置"
    assert refused(actions.add_queue, by=leader, **told)[0] == "号头 A 已经在用,请换一个"
    scene.take(hm("9:00"))
    assert refused(actions.end_queue, queue=scene.a, by=leader, at=hm("9:00"))[0] == "队列里还有人,请先办完或转到其他队列"
    actions.end_queue(queue=scene.b, by=leader, at=hm("9:00"))
    assert refused(scene.take, at=hm("9:00"), queue=scene.b)[0] == "“民政”今天没有开放"
