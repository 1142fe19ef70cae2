"""What each of the cast owes, in two statements."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.attendance import actions, queries
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import full_day, lines, local

AT = local("2026-11-23", "10:00")
TUE = date(2026, 11, 24)


def owed(member, at=AT):
    return sorted((one.kind, one.subject) for one in queries.obligations(factories.actor(member, at), at))


@pytest.fixture
def asked(hall):
    return actions.ask_leave(
        member=hall.li,
        kind="personal",
        span=Span((TUE, "am"), (TUE, "pm")),
        reason="家事",
        cover=hall.zhang,
        by=factories.actor(hall.li, AT),
        at=AT,
    )


def test_leave_is_owed_by_the_cover_and_the_leader(hall, asked):
    told = {member.name: owed(member) for member in (hall.zhang, hall.zhou, hall.li, hall.chen)}
    assert told == {"张敏": [("代班确认", "李明")], "周丽": [("请假待批", "李明 事假")], "李明": [], "陈监督": []}


def test_the_leader_of_another_centre_owes_nothing(hall, asked):
    assert owed(hall.zhao) == []


def test_who_covers_the_leader_owes_the_approvals(hall, asked):
    """ "1.4.1": cover owns the matters of the person away."""
    from shouwen.org.actions import record_substitution

    span = {"starts_at": local("2026-11-23", "08:30"), "ends_at": local("2026-11-23", "17:30")}
    record_substitution(member=hall.zhou, cover=hall.zhang, source="test", by=factories.actor(hall.zhou, AT), at=AT, **span)
    assert ("请假待批", "李明 事假") in owed(hall.zhang)


def test_a_missing_punch_is_owed_until_the_deadline_then_by_the_deciders(hall, bring):
    day, late = "2026-11-20", local("2026-11-26", "09:00")
    bring(*full_day("3", day, "12:02:00", "13:55:00", "17:33:00"), *full_day("2", day), at=local("2026-11-20", "23:00"))
    mine = owed(hall.li)
    for member in (hall.li, hall.zhang):
        actions.recompute(
            start=date(2026, 11, 20), end=date(2026, 11, 20), by=factories.actor(hall.sun, late), at=late, only=member
        )
    assert (mine, owed(hall.li, late)) == ([("漏打卡", "11月20日上午签到")], [])
    assert ("考勤认定", "李明 11月20日上午签到") in owed(hall.zhou, late)


def test_a_check_is_owed_by_the_person_then_by_a_third(hall):
    check = actions.record_check(
        member=hall.li, seen="games", place="3号窗口", witness="刘芳", by=factories.actor(hall.chen, AT), at=AT
    )
    before = (owed(hall.li), owed(hall.zhou))
    actions.reply_to_check(check=check, text="是业务系统", by=factories.actor(hall.li, AT), at=AT)
    told = "11月23日 10:00 玩游戏"
    assert before == ([("查岗说明", told)], [])
    assert (owed(hall.li), owed(hall.zhou)) == ([], [("查岗核实", f"李明 {told}")])


def test_a_second_look_is_owed_by_the_checker(hall):
    actions.record_check(member=hall.li, seen="not_found", place="3号窗口", by=factories.actor(hall.chen, AT), at=AT)
    assert owed(hall.chen) == [("到点复查", "李明 3号窗口")]


def test_register_lines_and_unknown_numbers_come_as_one_each(hall, terminal):
    at = local("2026-11-23", "09:00")
    rows = [(hall.li, local("2026-11-23", "08:25")), (hall.zhang, local("2026-11-23", "08:26"))]
    actions.type_register(lines=rows, by=factories.actor(hall.sun, at), at=at)
    actions.import_punches(
        device=terminal, data=lines("77 2026-11-20 08:00:00"), file_name="a", by=factories.actor(hall.sun, at), at=at
    )
    assert (owed(hall.zhou), owed(hall.sun)) == ([("签到复核", "2 条")], [("编号对应", "1 个编号")])


def test_it_costs_one_statement_however_many_rows(hall, asked, django_assert_num_queries):
    by = factories.actor(hall.zhou, AT)
    with django_assert_num_queries(1):
        queries.obligations(by, AT)
    for day in (1, 8, 15):
        half = (date(2026, 12, day), "am")
        mine = factories.actor(hall.zhang, AT)
        actions.ask_leave(member=hall.zhang, kind="sick", span=Span(half, half), reason="复诊", by=mine, at=AT)
    with django_assert_num_queries(1):
        assert len(queries.obligations(by, AT)) == 4
