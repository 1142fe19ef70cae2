"""Changing days and hours."""

from dataclasses import replace
from datetime import date, time

import pytest

from shouwen.core.errors import Refused
from shouwen.rules.workdays import DayError
from shouwen.workcalendar import actions, models, queries

WEEKDAY = ((time(8, 30), time(12)), (time(14), time(17, 30)))
SUMMER = ((time(8), time(12)), (time(15), time(18)))
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知\n2027-01-01..2027-01-03 休 元旦\n2027-02-14 班 春节\n"


def hours(name, start, end=None, sessions=WEEKDAY, make_up=None):
    return queries.HoursDraft(name, start, end, sessions, make_up)


def test_1_1_a_notice_makes_the_next_year_known_and_its_days_count(wang, actor, at):
    before = queries.day_table(wang.center).add(date(2026, 12, 31), 1)
    actions.import_notice(draft=queries.parse_notice(NOTICE), by=actor(wang), at=at)
    after = queries.day_table(wang.center).add(date(2026, 12, 31), 1)
    assert (before.date, before.provisional) == (date(2027, 1, 1), True)
    assert (after.date, after.provisional) == (date(2027, 1, 4), False)


def test_a_notice_the_table_cannot_reckon_with_is_refused_and_leaves_the_calendar_as_it_was(wang, actor, at):
    """One bad notice would take the calendar of every centre with it."""
    draft = queries.parse_notice(NOTICE)
    for until in (date(9999, 12, 31), date(1999, 12, 31)):
        with pytest.raises(Refused, match="known_until"):
            actions.import_notice(draft=replace(draft, known_until=until), by=actor(wang), at=at)
    assert queries.day_table(wang.center).known_until == date(2026, 12, 31)


def test_a_later_notice_ends_the_days_of_the_earlier(wang, actor, at):
    actions.import_notice(draft=queries.parse_notice(NOTICE), by=actor(wang), at=at)
    actions.import_notice(draft=queries.parse_notice("修改通知\n2027-02-14 休 春节"), by=actor(wang), at=at)
    rows = models.StatutoryDay.objects.filter(date=date(2027, 2, 14)).order_by("ended_at")
    assert sorted((row.is_working, row.ended_at is None) for row in rows) == [(False, True), (True, False)]
    assert str(queries.day_table(wang.center).kind(date(2027, 2, 14))) == "法定节假日(春节)"


def test_r24_closing_the_hall_leaves_the_statutory_day_and_takes_the_hours(wang, actor, at):
    actions.set_hours(draft=hours("冬季", date(2026, 1, 1)), by=actor(wang), at=at)
    closure = actions.declare_closure(
        draft=queries.ClosureDraft(date(2026, 11, 24), date(2026, 11, 25), "暴雪封路"), by=actor(wang), at=at
    )
    table = queries.day_table(wang.center)
    assert (table.is_workday(date(2026, 11, 24)), table.hours_on(date(2026, 11, 24))) == (True, ())
    actions.end_closure(closure=closure, by=actor(wang), at=at)
    assert queries.day_table(wang.center).hours_on(date(2026, 11, 24)) == WEEKDAY


def test_closing_twice_or_upside_down_is_refused(wang, actor, at):
    draft = queries.ClosureDraft(date(2026, 11, 24), date(2026, 11, 25), "停电")
    actions.declare_closure(draft=draft, by=actor(wang), at=at)
    with pytest.raises(Refused, match="已有宣布停办的日子"):
        actions.declare_closure(draft=draft, by=actor(wang), at=at)
    with pytest.raises(Refused, match="颠倒"):
        actions.declare_closure(draft=queries.ClosureDraft(date(2026, 12, 2), date(2026, 12, 1), "停电"), by=actor(wang), at=at)


def test_a_season_cuts_into_the_hours_before_and_both_halves_remain(wang, actor, at):
    by = actor(wang)
    actions.set_hours(draft=hours("全年", date(2026, 1, 1)), by=by, at=at)
    actions.set_hours(draft=hours("夏季", date(2026, 6, 1), date(2026, 10, 1), SUMMER), by=by, at=at)
    live = [(row.name, row.active_from, row.active_to) for row in queries.hours(wang.center)]
    assert live == [
        ("全年", date(2026, 1, 1), date(2026, 6, 1)),
        ("夏季", date(2026, 6, 1), date(2026, 10, 1)),
        ("全年", date(2026, 10, 1), None),
    ]
    table = queries.day_table(wang.center)
    assert [table.hours_on(day) for day in (date(2026, 5, 29), date(2026, 6, 1), date(2026, 10, 8))] == [
        WEEKDAY,
        SUMMER,
        WEEKDAY,
    ]


def test_r24_a_make_up_day_keeps_weekday_hours_unless_it_has_its_own(wang, actor, at):
    actions.set_hours(draft=hours("全年", date(2026, 1, 1)), by=actor(wang), at=at)
    assert queries.day_table(wang.center).hours_on(date(2026, 10, 10)) == WEEKDAY
    own = ((time(9), time(15)),)
    actions.set_hours(draft=hours("全年", date(2026, 10, 1), make_up=own), by=actor(wang), at=at)
    assert queries.day_table(wang.center).hours_on(date(2026, 10, 10)) == own


@pytest.fixture
def reads_own(wang, actor, at):
    """Founding rulebook from January; from October on R24 says "own"."""
    from shouwen.core.actors import system
    from shouwen.rulebook import actions as rulebook
    from shouwen.rules import scoring

    rulebook.adopt_founding(center=wang.center, active_from=date(2026, 1, 1), by=system(wang.center), at=at)

    def change():
        draft = rulebook.start_draft(note="调休另定", by=actor(wang), at=at)
        document = scoring.load_toml(draft.text)
        rulebook.change_draft(draft=draft, document={**document, "readings": {"R24": "own"}}, by=actor(wang), at=at)
        rulebook.note_trial(draft=draft, note="看过", by=actor(wang), at=at)
        zhou = type(wang).objects.of(wang.center).get(name="周丽")
        rulebook.put_in_force(draft=draft, active_from=date(2026, 10, 1), by=actor(zhou), at=at)

    return change


def test_r24_decides_whether_make_up_days_may_have_their_own_hours(reads_own, wang, actor, at):
    """ "1.1": 20 September and 10 October 2026 are make-up days."""
    own = ((time(9), time(15)),)
    draft = hours("全年", date(2026, 1, 1), make_up=own)
    with pytest.raises(Refused, match="R24"):
        actions.set_hours(draft=draft, by=actor(wang), at=at)
    reads_own()
    actions.set_hours(draft=draft, by=actor(wang), at=at)
    table = queries.day_table(wang.center)
    assert [table.hours_on(day) for day in (date(2026, 9, 20), date(2026, 10, 10), date(2026, 10, 12))] == [
        WEEKDAY,
        own,
        WEEKDAY,
    ]


def test_another_centre_keeps_its_own_hours(wang, zhao, actor, at):
    actions.set_hours(draft=hours("全年", date(2026, 1, 1)), by=actor(wang), at=at)
    actions.set_hours(draft=hours("全年", date(2026, 1, 1), sessions=SUMMER), by=actor(zhao), at=at)
    tables = queries.day_table(wang.center), queries.day_table(zhao.center)
    assert [table.hours_on(date(2026, 11, 23)) for table in tables] == [WEEKDAY, SUMMER]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("只有名称", "第一行写通知名称"),
        ("通知\n2027-02-30 休 元旦", "第 2 行看不懂"),
        ("通知\n2027-01-01 放 元旦", "第 2 行看不懂"),
        ("通知\n2027-01-05..2027-01-01 休 元旦", "第 2 行的起止日期颠倒"),
        ("通知\n2027-01-01 休 元旦\n2027-01-01 班 元旦", "同一天写了两次"),
        ("{坏的", "不是有效的 JSON"),
        ('{"title": "通知"}', "JSON 缺少或写错了内容"),
        ('{"title": ' + "[" * 20_000, "不是有效的 JSON"),
        ('{"title": "通知", "known_until": "9999-12-31", "days": {"2027-01-01": ["rest", "元旦"]}}', "不晚于 2099-12-31"),
        ('{"title": "通知", "known_until": "1999-12-31", "days": {"2027-01-01": ["rest", "元旦"]}}', "不早于通知里最后一天"),
        ('{"title": "通知", "known_until": "2100-12-31", "days": {"2100-01-01": ["rest", "元旦"]}}', "日期须在"),
        ("通知\n9999-12-31 休 元旦", "日期须在"),
        ("通知\n2003-12-31 休 元旦", "日期须在"),
    ],
)
def test_a_notice_that_cannot_be_read_names_the_line(text, problem):
    with pytest.raises(DayError, match=problem):
        queries.parse_notice(text)


def test_json_and_typed_notices_say_the_same():
    text = '{"title": "国务院办公厅关于2027年部分节假日安排的通知", "known_until": "2027-12-31", "days": {"2027-02-14": ["work", "春节"]}}'
    typed = queries.parse_notice("国务院办公厅关于2027年部分节假日安排的通知\n2027-02-14 班 春节")
    assert queries.parse_notice(text) == typed
