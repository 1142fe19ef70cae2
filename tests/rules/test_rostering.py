"""A fair rota and its changes: clauses "1.3.4", "1.3.5", "1.3.6" (somebody definite keeps the hall) and "2.4"."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.rostering import HolidayTurn, RosterError, Turn, counts, holiday_rota, rota, substitute, swap

MON = date(2026, 9, 14)
WEEK = [MON + timedelta(days=i) for i in range(5)]
DAYS = st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), unique=True, max_size=60)
PEOPLE = ["李明", "周丽", "王兰", "赵刚"]
MEMBERS = st.integers(1, 12).map(lambda n: [f"m{i}" for i in range(n)])


def test_everybody_in_turn_by_clause_1_3_4():
    """Clause "1.3.4": each day has one person who answers for the doors."""
    assert [turn.member for turn in rota(PEOPLE, WEEK)] == ["李明", "周丽", "王兰", "赵刚", "李明"]


def test_the_turn_goes_on_where_last_month_stopped():
    assert [turn.member for turn in rota(PEOPLE, WEEK[:3], history=["王兰", "赵刚", "李明"])] == ["周丽", "王兰", "赵刚"]


def test_who_is_away_is_passed_over_and_makes_up_for_it_without_two_days_running():
    absent = {day: {"李明"} for day in WEEK[:3]}
    turns = rota(["李明", "周丽"], [*WEEK, *(MON + timedelta(days=i) for i in (7, 8))], absent=absent)
    assert [turn.member for turn in turns] == ["周丽", "周丽", "周丽", "李明", "周丽", "李明", "周丽"]


def test_a_day_nobody_can_keep_is_left_open():
    assert rota(["李明"], WEEK[:2], absent={WEEK[0]: ["李明"]}) == [Turn(WEEK[0], None), Turn(WEEK[1], "李明")]
    assert rota([], WEEK[:1]) == [Turn(WEEK[0], None)]


@settings(max_examples=200, deadline=None)
@given(MEMBERS, DAYS, st.data())
def test_with_nobody_away_the_counts_differ_by_one_at_most(members: list[str], days: list[date], data: st.DataObject):
    history = data.draw(st.lists(st.sampled_from([*members, "gone"]), max_size=20))
    tally = counts(rota(members, days, history=history), members).values()
    assert (sum(tally), max(tally) - min(tally) <= 1) == (len(days), True)


@settings(max_examples=200, deadline=None)
@given(MEMBERS, DAYS, st.data())
def test_nobody_serves_while_away_and_no_day_is_wasted(members: list[str], days: list[date], data: st.DataObject):
    away = st.sets(st.sampled_from(members))
    absent = {day: data.draw(away) for day in days}
    turns = rota(members, days, absent=absent)
    assert [turn.day for turn in turns] == sorted(days)
    for turn in turns:
        assert (turn.member is None) == (absent[turn.day] == set(members))
        assert turn.member not in absent[turn.day]


def test_holiday_duty_by_clause_2_4_has_a_leader_who_is_not_the_duty_person():
    """Clause "2.4": on days off somebody is on duty, with a leader in charge."""
    turns = holiday_rota(["李明", "周丽"], ["周丽", "王主任"], WEEK[:3])
    assert turns == [
        HolidayTurn(WEEK[0], "李明", "周丽"),
        HolidayTurn(WEEK[1], "周丽", "王主任"),
        HolidayTurn(WEEK[2], "李明", "周丽"),
    ]


def test_swap_and_substitute_hand_the_duty_over_by_clauses_1_3_5_and_1_3_6():
    """Clauses "1.3.5" and "1.3.6": whoever holds the day after the change answers for it."""
    turns = rota(PEOPLE, WEEK[:2])
    assert [turn.member for turn in swap(turns, WEEK[0], WEEK[1])] == ["周丽", "李明"]
    assert [turn.member for turn in substitute(turns, WEEK[1], "赵刚")] == ["李明", "赵刚"]
    assert [turn.member for turn in turns] == ["李明", "周丽"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda turns: swap(turns, WEEK[0], WEEK[1], absent={WEEK[1]: {"李明"}}), "2026-09-15 此人请假或外出,不能值班"),
        (lambda turns: swap(turns, WEEK[0], WEEK[4]), "2026-09-18 没有排班"),
        (lambda turns: swap(turns, WEEK[0], WEEK[0]), "两天是同一人值班,不用换班"),
        (lambda turns: substitute(turns, WEEK[0], "李明"), "2026-09-14 本来就由此人值班"),
        (lambda turns: rota(["李明", "李明"], WEEK), "轮值人员重复"),
    ],
)
def test_a_change_that_cannot_be_is_refused(change, message: str):
    with pytest.raises(RosterError) as refused:
        change(rota(PEOPLE, WEEK[:2]))
    assert str(refused.value) == message
