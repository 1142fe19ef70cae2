"""Who is next, and why ("3.1", "3.4", "2.5"): the worked lines of docs/explain/queue.md and the promises of fairness."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules import queueing
from shouwen.rules.queueing import ANYBODY, Desk, Line, QueueRules, Waiting

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RULES = QueueRules()
DESK = Desk("3", own=frozenset("A"))


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def ticket(name: str, minutes: float, priority: str = "", queue: str = "A", called: float | None = None) -> Waiting:
    return Waiting(name, after(minutes), queue, "", priority, None if called is None else after(called))


def pick(tickets: list[Waiting], at: float, desk: Desk = DESK, streak: int = 0):
    choice = queueing.choose(desk, Line.of(tickets), after(at), RULES, streak)
    return choice.ticket and choice.ticket.ticket, choice.rule, choice.reason, choice.clause


def places(tickets: list[Waiting], at: float, streak: int = 0) -> list[str]:
    return [one.ticket.ticket for one in queueing.order(tickets, after(at), RULES, streak)]


TWO = [ticket("A001", 0), ticket("A002", 1)]


@pytest.mark.parametrize(
    ("tickets", "at", "streak", "told"),
    [
        (TWO, 12, 0, ("A001", "turn", "按取号先后,已等 12 分钟", "3.1")),
        ([*TWO, ticket("A003", 2, "elderly")], 12, 0, ("A003", "priority", "老年人优先,已等 10 分钟", "4.3.4")),
        ([*TWO, ticket("A003", 2, "expedite")], 12, 1, ("A003", "priority", "急事急办优先,已等 10 分钟", "3.4")),
        ([*TWO, ticket("A003", 2, "special")], 2, 0, ("A003", "priority", "重点企业、项目特事特办优先,已等 0 分钟", "2.5")),
        ([*TWO, ticket("A003", 2, "elderly")], 12, 2, ("A001", "share", "已连续优先 2 人,轮到普通号,已等 12 分钟", "3.1")),
        ([*TWO, ticket("A003", 2, "elderly")], 31, 0, ("A001", "overdue", "已等 31 分钟,超过 30 分钟,先办", "3.1")),
        ([*TWO, ticket("A003", 2, "elderly")], 30, 0, ("A003", "priority", "老年人优先,已等 28 分钟", "4.3.4")),
        ([ticket("Y001", 10, "appointment"), *TWO], 9, 0, ("A001", "turn", "按取号先后,已等 9 分钟", "3.1")),
        ([ticket("Y001", 10, "appointment"), *TWO], 10, 0, ("Y001", "priority", "预约到时优先,已等 0 分钟", "2.1")),
        ([ticket("A001", 0, called=8), ticket("A002", 1)], 12, 0, ("A002", "turn", "按取号先后,已等 11 分钟", "3.1")),
        ([ticket("A001", 0, called=7), ticket("A002", 1)], 12, 0, ("A001", "turn", "按取号先后,已等 12 分钟", "3.1")),
        ([], 0, 0, (None, "empty", "没有等候的人", "3.1")),
        ([ticket("A001", 0, called=8)], 12, 0, (None, "later", "等候的人刚叫过(未满 5 分钟)或预约时间未到", "3.1")),
    ],
)
def test_the_next_ticket_and_why(tickets, at, streak, told):
    assert pick(tickets, at, streak=streak) == told


def test_nobody_to_call_says_from_when_somebody_is():
    line = Line.of([ticket("A001", 0, called=8), ticket("Y001", 20, "appointment")])
    assert queueing.choose(DESK, line, after(12), RULES).again_at == after(13)


def test_own_queue_first_then_others_and_a_quick_counter_helps_anybody():
    tickets = [ticket("B001", 0, queue="B"), ticket("C001", 1, queue="C"), ticket("A001", 5)]
    helper, quick = Desk("1", frozenset("A"), frozenset("C")), Desk("2", frozenset("A"), quick=True)
    assert [pick(tickets, 9, desk)[0] for desk in (helper, quick)] == ["A001", "A001"]
    assert pick(tickets[:2], 9, helper)[:3] == ("C001", "turn", "本窗口的队列无人等候,帮办其他队列:按取号先后,已等 8 分钟")
    assert pick(tickets[:2], 9, quick)[0] == "B001"
    assert pick(tickets[:1], 9, helper)[:2] == (None, "empty")


def test_whoever_waited_too_long_goes_before_a_counters_own_queue():
    assert pick([ticket("B001", 0, queue="B"), ticket("A001", 25)], 31, Desk("1", frozenset("A"), frozenset("B")))[0] == "B001"


def test_the_order_mixes_two_lanes_two_to_one_and_puts_early_appointments_last():
    tickets = [ticket("A001", 0), ticket("A002", 1), *(ticket(f"A01{n}", 2 + n, "elderly") for n in range(4))]
    assert places([*tickets, ticket("Y001", 20, "appointment")], 10) == [
        "A010", "A011", "A001", "A012", "A013", "A002", "Y001",
    ]  # fmt: skip
    assert places(tickets, 10, streak=1) == ["A010", "A001", "A011", "A012", "A002", "A013"]


@pytest.mark.parametrize(("calls", "state"), [(1, "waiting"), (2, "waiting"), (3, "passed"), (4, "passed")])
def test_three_calls_without_an_answer_pass_a_number(calls: int, state: str):
    assert queueing.after_no_show(calls, RULES)[0] == state


@pytest.mark.parametrize(("waiting", "place"), [(0, 1), (2, 3), (3, 4), (9, 4)])
def test_a_passed_number_comes_back_behind_the_next_three(waiting: int, place: int):
    line = [ticket(f"A01{n}", n) for n in range(waiting)]
    since, told, decision = queueing.returning(ticket("A001", -5), line, after(15), RULES)
    back = Waiting("A001", since, "A")
    assert (told, [one.ticket.ticket for one in queueing.order([*line, back], after(15), RULES)].index("A001") + 1) == (
        place,
        place,
    )
    assert decision.reason == f"过号恢复:排在接下来 {place - 1} 人之后"


@pytest.mark.parametrize(
    ("starts", "closes", "at", "override", "told"),
    [
        (0, 60, 0, "", (True, "可以取号", "3.1")),
        (60, 60, 40, "", (False, "按现在的排队,轮到时已过下班时间,今天不再取号,请于11月24日 08:30再来", "3.3")),
        (59, 60, 40, "", (True, "可以取号", "3.1")),
        (None, 60, 40, "", (False, "今天没有办理这类事项的窗口开放,请于11月24日 08:30再来", "3.3")),
        (60, 60, 60, "", (False, "今天已下班,请于11月24日 08:30再来", "3.3")),
        (60, None, 60, "", (False, "今天不办公,请于11月24日 08:30再来", "3.3")),
        (70, 60, 61, "老人远道而来", (True, "工作人员加号:老人远道而来", "3.4")),
    ],
)
def test_no_number_whose_turn_comes_after_closing(starts, closes, at, override, told):
    starts, closes = (None if moment is None else after(moment) for moment in (starts, closes))
    decision = queueing.may_issue(starts, closes, at=after(at), next_day="11月24日 08:30", override=override)
    assert (decision.allowed, decision.reason, decision.clause) == told


def test_no_number_long_before_opening():
    told = [queueing.may_issue(after(60), after(180), at=after(minute), from_at=NINE).allowed for minute in (-1, 0)]
    assert told == [False, True]


# --- promises ----------------------------------------------------------------------------------------------------

CLASSES = st.sampled_from(["", "", "elderly", "expedite"])
TICKETS = st.lists(st.tuples(st.integers(0, 60), CLASSES), max_size=14).map(
    lambda rows: [ticket(f"A{n:03}", minutes, priority) for n, (minutes, priority) in enumerate(rows, 1)]
)
MANY = settings(max_examples=200, deadline=None)


@MANY
@given(TICKETS, st.integers(0, 90), st.integers(0, 4), st.randoms())
def test_the_order_is_total_and_does_not_depend_on_how_the_tickets_come(tickets, at, streak, random):
    before = places(tickets, at, streak)
    random.shuffle(tickets)
    assert places(tickets, at, streak) == before
    assert sorted(before) == sorted(one.ticket for one in tickets)


@MANY
@given(TICKETS, st.integers(0, 90), st.integers(0, 4))
def test_the_order_is_what_calling_one_after_the_other_gives(tickets, at, streak):
    told = [one.ticket.ticket for one in queueing.order(tickets, after(at), RULES, streak) if one.rule != "early"]
    line, called = Line.of(tickets), []
    while (choice := queueing.choose(ANYBODY, line, after(at), RULES, streak)).ticket is not None:
        line.remove(choice.ticket)
        streak = queueing.streak_after(streak, choice.ticket)
        called.append(choice.ticket.ticket)
    assert told == called


STEPS = st.lists(st.tuples(st.sampled_from(["come", "come", "call", "leave"]), CLASSES, st.integers(0, 4)), max_size=60)


def walk(steps, watch):
    """Play steps over one line; `watch(before, now, called)` sees the tickets in order around each."""
    waiting, streak, at = [], 0, 0
    for number, (step, priority, minutes) in enumerate(steps, 1):
        before, called = queueing.order(waiting, after(at), RULES, streak), None
        at += minutes if step == "come" else 0
        if step == "come":
            waiting.append(ticket(f"A{number:03}", at, priority))
        elif waiting and step == "call":
            called = queueing.choose(DESK, Line.of(waiting), after(at), RULES, streak).ticket
            streak = queueing.streak_after(streak, called)
            waiting.remove(called)
        elif waiting:
            waiting.pop(minutes % len(waiting))
        watch(before, queueing.order(waiting, after(at), RULES, streak), called)


@MANY
@given(STEPS)
def test_an_ordinary_place_gets_worse_only_by_a_stated_priority(steps):
    def watch(before, now, called):
        ahead = {one.ticket: {other.ticket for other in before[: one.place - 1]} for one in before}
        for one in now:
            if one.ticket not in ahead:
                continue
            for other in {other.ticket for other in now[: one.place - 1]} - ahead[one.ticket]:
                fair = one.ticket.priority and (not other.priority or other.since < one.ticket.since)
                assert other.priority or fair or other.since <= one.ticket.since

    walk(steps, watch)


@MANY
@given(STEPS)
def test_nobody_starves_an_ordinary_ticket_is_passed_over_a_bounded_number_of_times(steps):
    passed: dict[Waiting, int] = {}
    bound: dict[Waiting, int] = {}

    def watch(before, now, called):
        ordinary = [one.ticket for one in before if not one.ticket.priority]
        for one in now:
            if not one.ticket.priority and one.ticket not in bound:
                bound[one.ticket] = (len([other for other in ordinary if other != one.ticket]) + 1) * RULES.priority_run
        for one in now:
            if called is not None and called.priority and not one.ticket.priority:
                passed[one.ticket] = passed.get(one.ticket, 0) + 1
        assert all(count <= bound[one] for one, count in passed.items())

    walk(steps, watch)


@MANY
@given(TICKETS, st.integers(31, 120), st.sampled_from(["A", "B"]))
def test_after_the_limit_nobody_who_came_later_is_called_first(tickets, at, own):
    desk = Desk("1", frozenset(own), frozenset("AB") - frozenset(own))
    called = queueing.choose(desk, Line.of(tickets), after(at), RULES).ticket
    late = [one for one in tickets if after(at) - one.since > RULES.longest_wait]
    assert not late or called == min(late, key=lambda one: one.key)
