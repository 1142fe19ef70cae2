"""A change of the calendar: what moves, and the line that says why (L4; clause "3.3")."""

from datetime import date, datetime, time

import pytest

from shouwen.cli.eval_workdays import shipped_table
from shouwen.rules.clock import ClockError, Event, Limit, OpenClock, recompute
from shouwen.rules.workdays import DayTable, OpeningHours, StatutoryDay

D = date.fromisoformat
SESSIONS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
LATER = ((time(8, 30), time(12)), (time(14), time(18)))
HOURS = [OpeningHours(D("2004-01-01"), SESSIONS)]
TABLE = shipped_table()
HALL = TABLE.for_center(hours=HOURS)


def noticed(*days, until=None):
    """The hall after a notice that decides these days."""
    known = {day.date: day for day in TABLE.days} | {day.date: day for day in days}
    made = DayTable(known.values(), known_from=TABLE.known_from, known_until=until or TABLE.known_until)
    return made.for_center(hours=HOURS)


REST_1010 = noticed(StatutoryDay(D("2026-10-10"), False, "国庆节"))


def moved(new, *rows, asked="2026-10-09"):
    return [
        (one.key, f"{one.old:%m-%d %H:%M}", f"{one.new:%m-%d %H:%M}", one.reason)
        for one in recompute(HALL, new, rows, D(asked))
    ]


def test_a_day_of_rest_more_moves_the_dates_that_counted_it_and_no_others():
    rows = [OpenClock("a", D("2026-09-30"), Limit(4)), OpenClock("b", D("2026-09-30"), Limit(2))]
    assert moved(REST_1010, *rows) == [
        ("a", "10-12 17:30", "10-13 17:30", "10-10 由工作日改为休息日,应办结日由 10-12 顺延到 10-13")
    ]


def test_a_make_up_day_more_brings_dates_forward():
    new = noticed(StatutoryDay(D("2026-10-11"), True, "国庆节"))
    assert moved(new, OpenClock("a", D("2026-09-30"), Limit(5))) == [
        ("a", "10-13 17:30", "10-12 17:30", "10-11 由休息日改为工作日,应办结日由 10-13 提前到 10-12")
    ]


def test_a_pause_that_swallows_the_changed_day_keeps_the_date():
    events = (Event("pause", D("2026-10-09")), Event("resume", D("2026-10-12")))
    row = OpenClock("a", D("2026-09-30"), Limit(4), events)
    assert moved(REST_1010, row, asked="2026-10-12") == []


def test_a_paused_case_moves_too_by_the_date_if_resumed_now():
    row = OpenClock("a", D("2026-09-25"), Limit(4), (Event("pause", D("2026-09-28")),))
    assert moved(REST_1010, row) == [
        ("a", "10-13 17:30", "10-14 17:30", "10-10 由工作日改为休息日,应办结日由 10-13 顺延到 10-14")
    ]


def test_a_changed_day_that_a_pause_swallowed_is_not_named_as_the_reason():
    new = noticed(StatutoryDay(D("2026-10-10"), False, "国庆节"), StatutoryDay(D("2026-10-14"), False, "国庆节"))
    events = (Event("pause", D("2026-10-09")), Event("resume", D("2026-10-12")))
    assert moved(new, OpenClock("a", D("2026-09-30"), Limit(5), events), asked="2026-10-12") == [
        ("a", "10-15 17:30", "10-16 17:30", "10-14 由工作日改为休息日,应办结日由 10-15 顺延到 10-16")
    ]


def test_many_changed_days_are_counted_and_other_years_named():
    days = [StatutoryDay(D(f"2027-01-{day}"), False, "元旦") for day in ("01", "04", "05", "06")]
    new = noticed(*days, until=D("2027-12-31"))
    assert moved(new, OpenClock("a", D("2026-12-28"), Limit(5)), asked="2026-12-28") == [
        (
            "a",
            "01-04 17:30",
            "01-08 17:30",
            "2027-01-01 由工作日改为休息日,2027-01-04 由工作日改为休息日,2027-01-05 由工作日改为休息日,共 4 天变动,"
            "应办结日由 2027-01-04 顺延到 2027-01-08",
        )
    ]


def test_k10_the_published_calendar_makes_a_provisional_date_certain():
    row = OpenClock("a", D("2026-12-18"), Limit(20))
    told = recompute(HALL, noticed(until=D("2027-12-31")), [row], D("2026-12-18"))
    assert [(one.provisional, one.reason) for one in told] == [(False, "应办结日 2027-01-15 由暂定转为确定")]


def test_k9_a_closure_moves_the_promise_with_its_reason_and_not_the_law():
    snow = TABLE.for_center(closures={D("2026-10-09"): "大雪"}, hours=HOURS)
    rows = [OpenClock(local, D("2026-09-30"), Limit(2), (), local) for local in (False, True)]
    assert moved(snow, *rows) == [
        (True, "10-09 17:30", "10-10 17:30", "10-09 由工作日改为停办日(大雪),应办结日由 10-09 顺延到 10-10")
    ]


def test_k4_another_closing_time_moves_the_moment_and_limits_in_hours():
    longer = TABLE.for_center(hours=[OpeningHours(D("2004-01-01"), LATER)])
    friday = datetime.fromisoformat("2026-10-09T17:00+08:00")
    rows = [OpenClock("a", D("2026-09-30"), Limit(2)), OpenClock("b", friday, Limit(1, "hour"))]
    assert moved(longer, *rows) == [
        ("a", "10-09 17:30", "10-09 18:00", "开放时间改变,应办结时刻由 10-09 17:30 顺延到 10-09 18:00"),
        ("b", "10-10 09:00", "10-09 18:00", "开放时间改变,应办结时刻由 10-10 09:00 提前到 10-09 18:00"),
    ]


def test_a_story_no_clock_can_have_names_its_row():
    row = OpenClock("QS-4T8W", D("2026-09-30"), Limit(2), (Event("resume", D("2026-10-08")),))
    with pytest.raises(ClockError, match=r"^QS-4T8W:2026-10-08 没有在暂停,不能恢复$"):
        recompute(HALL, REST_1010, [row], D("2026-10-09"))
