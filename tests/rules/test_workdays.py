"""Working days and opening hours; the numbers are those of docs/explain/clock.md."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.rules.workdays import DayError, DayTable, Due, OpeningHours, StatutoryDay, local_time

SEED = json.loads((Path(__file__).parents[2] / "shouwen/workcalendar/days.json").read_text(encoding="utf-8"))
TABLE = DayTable.from_document(SEED)
D = date.fromisoformat


def day_by_day(start: date, n: int) -> date:
    """An independent reference: walk the package's calendar one day at a time."""
    while n:
        start += timedelta(days=1)
        n -= chinese_calendar.is_workday(start)
    return start


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


ORDINARY = OpeningHours(D("2020-01-01"), ((time(8, 30), time(12)), (time(14, 30), time(17, 30))))
SUMMER = OpeningHours(D("2026-06-01"), ((time(8), time(12)), (time(15), time(18))), active_to=D("2026-09-01"))
SNOW = {D("2026-01-20"): "大雪封路"}
HALL = TABLE.for_center(closures=SNOW, hours=(SUMMER, ORDINARY))


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-18", 2, "2026-09-21"),
        ("2026-09-24", 1, "2026-09-28"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2025-12-31", 2, "2026-01-05"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2020-01-23", 1, "2020-02-03"),
        ("2020-01-17", 5, "2020-01-23"),
        ("2019-04-30", 1, "2019-05-05"),
        ("2018-12-28", 1, "2018-12-29"),
        ("2015-09-02", 1, "2015-09-06"),
        ("2005-12-30", 1, "2005-12-31"),
    ],
)
def test_add_follows_the_notices_of_each_year(start: str, n: int, due: str):
    assert TABLE.add(D(start), n) == Due(D(due), False)


def test_seed_agrees_with_chinese_calendar_on_every_day_but_one():
    days = [D("2004-01-01") + timedelta(days=i) for i in range((D("2026-12-31") - D("2004-01-01")).days + 1)]
    differing = [day for day in days if TABLE.is_workday(day) != chinese_calendar.is_workday(day)]
    # The notice for 2006 (国办发明电〔2005〕35号) makes this Saturday a working day; the package lacks it.
    assert differing == [D("2005-12-31")]


def test_seed_holds_130_make_up_days_from_2007():
    made_up = [day for day, (kind, _, _) in SEED["days"].items() if kind == "work" and day >= "2007"]
    assert len(made_up) == 130


def test_every_seed_day_names_a_notice_and_changes_or_explains_the_weekday():
    for day, (kind, reason, source) in SEED["days"].items():
        assert (kind in ("work", "rest"), bool(reason), source in SEED["sources"]) == (True, True, True)
        assert kind == "rest" or D(day).weekday() > 4


@settings(max_examples=200, deadline=None)
@given(st.dates(D("2006-01-01"), D("2026-06-30")), st.integers(0, 60))
def test_add_equals_a_walk_day_by_day(start: date, n: int):
    assert TABLE.add(start, n).date == day_by_day(start, n)


@settings(max_examples=200, deadline=None)
@given(st.dates(D("2004-01-01"), D("2030-12-31")), st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_adding_in_two_steps_and_counting_back_agree(start: date, n: int, m: int, local: bool):
    once = HALL.add(start, n + m, local=local).date
    assert HALL.add(HALL.add(start, n, local=local).date, m, local=local).date == once
    assert HALL.count(start, once, local=local) == n + m


@settings(max_examples=100, deadline=None)
@given(st.dates(D("2004-01-02"), D("2026-06-30")), st.integers(1, 60))
def test_a_weekend_of_rest_gives_one_due_date_from_friday_on(day: date, n: int):
    friday = day + timedelta(days=(4 - day.weekday()) % 7)
    weekend = [friday + timedelta(days=1), friday + timedelta(days=2)]
    if not any(TABLE.is_workday(rest) for rest in weekend):
        assert {TABLE.add(start, n).date for start in (friday, *weekend)} == {TABLE.add(friday, n).date}


@settings(max_examples=60, deadline=None)
@given(st.dates(D("2026-01-01"), D("2026-12-01")), st.integers(1, 40), st.dates(D("2026-01-01"), D("2027-03-01")))
def test_a_rest_day_never_brings_a_due_date_forward_nor_a_make_up_day_later(start: date, n: int, edited: date):
    def due(*days: StatutoryDay) -> date:
        known = {"known_from": D("2026-01-01"), "known_until": D("2027-12-31"), "last_day": D("2027-12-31")}
        return DayTable(days, **known).add(start, n).date

    assert due(StatutoryDay(edited, False, "节")) >= due() >= due(StatutoryDay(edited, True, "节"))


def test_past_the_published_calendar_monday_to_friday_stand_in_and_the_date_is_provisional():
    assert TABLE.add(D("2026-12-18"), 20) == Due(D("2027-01-15"), True)
    assert TABLE.add(D("2026-12-18"), 9) == Due(D("2026-12-31"), False)
    assert TABLE.kind(D("2027-01-01")).provisional is True


def test_kind_tells_the_reason_and_the_notice():
    told = {day: str(HALL.kind(D(day))) for day in ("2026-09-18", "2026-09-19", "2026-09-20", "2026-09-25", "2026-01-20")}
    assert told == {
        "2026-09-18": "工作日",
        "2026-09-19": "周末",
        "2026-09-20": "调休上班(国庆节)",
        "2026-09-25": "法定节假日(中秋节)",
        "2026-01-20": "本地停办(大雪封路)",
    }
    assert HALL.kind(D("2026-09-20")).source == "国务院办公厅关于2026年部分节假日安排的通知"


def test_month_of_clause_1_1_holds_its_make_up_days():
    """Clause "1.1": assessed are the working days of the month."""
    days = TABLE.month_days("2026-10")
    assert (len(days), days[0], D("2026-10-10") in days, D("2026-10-11") in days) == (18, D("2026-10-08"), True, False)
    assert [sum(len(TABLE.month_days(f"{year}-{m:02}")) for m in range(1, 13)) for year in (2024, 2025, 2026)] == [
        251,
        248,
        248,
    ]


def test_a_local_closure_moves_the_promised_limit_of_clause_3_3_but_not_the_statutory_one():
    """Clause "3.3": both limits run in working days, side by side."""
    start = D("2026-01-19")
    assert (HALL.add(start, 2).date, HALL.add(start, 2, local=True).date) == (D("2026-01-21"), D("2026-01-22"))
    assert (HALL.count(start, D("2026-01-22")), HALL.count(start, D("2026-01-22"), local=True)) == (3, 2)
    assert (HALL.is_workday(D("2026-01-20")), HALL.is_workday(D("2026-01-20"), local=True)) == (True, False)


def test_a_row_of_closures_is_skipped_whole():
    week = {D("2026-01-19") + timedelta(days=i): "修缮" for i in range(7)}
    assert TABLE.for_center(closures=week).add(D("2026-01-16"), 1, local=True).date == D("2026-01-26")


@settings(max_examples=100, deadline=None)
@given(st.sets(st.dates(D("2026-01-01"), D("2026-03-31"))), st.dates(D("2025-12-20"), D("2026-03-31")), st.integers(0, 40))
def test_promised_days_equal_a_walk_that_skips_closed_days(closed: set[date], start: date, n: int):
    walked, left = start, n
    while left:
        walked += timedelta(days=1)
        left -= chinese_calendar.is_workday(walked) and walked not in closed
    assert TABLE.for_center(closures=dict.fromkeys(closed, "停")).add(start, n, local=True).date == walked


def test_roll_next_and_back():
    assert TABLE.roll(D("2026-10-01")).date == D("2026-10-08")
    assert TABLE.roll(D("2026-10-10")).date == D("2026-10-10")
    assert TABLE.next_workday(D("2026-10-10")).date == D("2026-10-12")
    assert (TABLE.back(D("2026-10-08"), 1), TABLE.back(D("2026-10-05"), 2)) == (D("2026-09-30"), D("2026-09-29"))


def test_make_up_day_keeps_the_weekday_hours_of_the_season_unless_given_its_own():
    sunday = D("2026-09-20")
    own = OpeningHours(D("2020-01-01"), ORDINARY.sessions, by_weekday={6: ()}, make_up=((time(9), time(15)),))
    weekly = OpeningHours(D("2020-01-01"), ORDINARY.sessions, by_weekday={4: ((time(9), time(12)),), 6: ()})
    assert HALL.hours_on(sunday) == ORDINARY.sessions
    assert TABLE.for_center(hours=[weekly]).hours_on(sunday) == ORDINARY.sessions
    assert TABLE.for_center(hours=[weekly]).hours_on(D("2026-09-18")) == ((time(9), time(12)),)
    assert TABLE.for_center(hours=[own]).closes_at(sunday) == at("2026-09-20T15:00")


def test_seasons_closures_and_rest_days_decide_the_hours():
    assert HALL.closes_at(D("2026-07-01")) == at("2026-07-01T18:00")
    assert HALL.closes_at(D("2026-09-01")) == at("2026-09-01T17:30")
    assert HALL.closes_at(D("2026-09-19")) is None
    assert HALL.closes_at(D("2026-01-20")) is None
    assert HALL.closes_at(D("2026-01-20"), local=False) == at("2026-01-20T17:30")
    assert TABLE.sessions_of(D("2026-01-19")) == ()


def test_working_minutes_count_only_open_time():
    assert HALL.working_minutes(at("2026-01-16T17:00"), at("2026-01-19T09:00")) == 60
    assert HALL.working_minutes(at("2026-01-19T17:00"), at("2026-01-21T09:00")) == 60
    assert HALL.working_minutes(at("2026-01-19T17:00"), at("2026-01-21T09:00"), local=False) == 450
    assert HALL.working_minutes(at("2026-01-17T09:00"), at("2026-01-18T09:00")) == 0


def test_moment_after_carries_over_breaks_and_weekends():
    assert HALL.moment_after(at("2026-01-16T17:00"), 60) == at("2026-01-19T09:00")
    assert HALL.moment_after(at("2026-01-16T11:30"), 60) == at("2026-01-16T15:00")
    assert HALL.moment_after(at("2026-01-16T11:00"), 60) == at("2026-01-16T12:00")
    assert HALL.moment_after(at("2026-01-16T20:00"), 0) == at("2026-01-19T08:30")


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-05-01")), st.integers(1, 3000))
def test_moment_after_and_working_minutes_agree(start: datetime, minutes: int):
    begin = at(start.replace(second=0, microsecond=0).isoformat())
    assert HALL.working_minutes(begin, HALL.moment_after(begin, minutes)) == minutes


def test_a_session_holds_its_first_moment_and_not_its_last():
    moments = [at(f"2026-01-16T{clock}") for clock in ("08:30", "12:00", "14:30", "17:30")]
    assert [HALL.is_open_at(moment) for moment in moments] == [True, False, True, False]
    assert HALL.is_open_at(datetime(2026, 1, 16, 0, 30, tzinfo=UTC)) is True


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: TABLE.add(D("2026-09-18"), -1), "天数不能为负"),
        (lambda: TABLE.add(D("2003-12-31"), 1), "日期 2003-12-31 不在可算范围内(2004-01-01 至 2099-12-31)"),
        (lambda: TABLE.add(D("2099-12-01"), 60), "算出的日期晚于 2099-12-31,超出可算范围"),
        (lambda: TABLE.back(D("2004-01-05"), 9), "算出的日期早于 2004-01-01,超出可算范围"),
        (lambda: TABLE.count(D("2026-09-18"), D("2026-09-17")), "结束日期早于起始日期"),
        (lambda: TABLE.month_days("2026-13"), "月份应写作 2026-10 的样子:2026-13"),
        (lambda: local_time(datetime.fromisoformat("2026-09-18")), "时刻必须带时区"),
        (lambda: HALL.moment_after(at("2026-09-18T09:00"), -5), "分钟数为负或过大"),
        (lambda: TABLE.moment_after(at("2026-09-18T09:00"), 5), "登记的开放时间不够算到这个时刻,请先补上开放时间"),
        (lambda: OpeningHours(D("2026-01-01"), ((time(12), time(8)),)), "开放时间须按先后排列,且每段开始早于结束、互不重叠"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_plain_words(ask, message: str):
    with pytest.raises(DayError) as refused:
        ask()
    assert str(refused.value) == message
