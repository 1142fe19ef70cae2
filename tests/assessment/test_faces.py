"""What other apps ask of the assessment: what somebody owes, the own month, what hangs on the wall."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from shouwen.assessment import actions, queries


def test_my_month_shows_score_lines_and_cells_from_the_first_day_on(offend, founding, li, assessor, actor, at):
    offend(li, "games", 2, month="2026-11")
    actions.collect(month=date(2026, 11, 1), by=assessor, at=at)
    mine = queries.my_month(actor(li), at)
    assert (mine.score, mine.base, mine.count, mine.negative) == (8, 10, 2, False)
    assert mine.cells == [True] * 8 + [False] * 2
    assert mine.lines[0] == "11月3日 上班时间玩游戏 −1 · 依据 〔一(三)3〕"


def test_my_month_is_none_for_who_is_not_assessed(founding, center, assessor, actor, at):
    from tests import factories

    guest = factories.member(center, "借调")
    actions.collect(month=date(2026, 11, 1), by=assessor, at=at)
    assert queries.my_month(actor(guest), at) is None


def test_obligations_follow_the_month(offend, october, li, sun, zhou, actor, at):
    def kinds(member):
        return sorted(one.kind for one in queries.obligations(actor(member), at))

    offend(li, "not_found", 5)
    month = october()
    assert kinds(sun) == ["月份待冻结"]
    month = october("frozen")
    assert (kinds(sun), kinds(zhou)) == (["冻结待公示"], ["结果待确认"])
    month = october_posted(month, actor, zhou, sun, at)
    entry = queries.live_entries(month)[0]
    actions.object_to(entry=entry, text="在岗", by=actor(li), at=at)
    assert kinds(sun) == ["公示待定案", "异议待答复"]
    assert kinds(zhou) == ["大会通报", "大会通报", "异议待答复"]
    assert kinds(li) == []


def test_criticism_is_due_at_the_end_of_the_month_of_the_meeting(offend, october, li, sun, zhou, actor, at):
    offend(li, "not_found", 5)
    october_posted(october("frozen"), actor, zhou, sun, at)
    owed = [one for one in queries.obligations(actor(zhou), at) if one.kind == "大会通报"]
    midnight = datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert [(one.clause, one.due_at, one.state) for one in owed] == [("1.5", midnight, "ok"), ("1.8", midnight, "ok")]


def test_freezing_is_late_when_the_next_month_has_ended(october, sun, actor):
    october()
    states = [
        queries.obligations(actor(sun), datetime(2026, month, day, 12, tzinfo=ZoneInfo("Asia/Shanghai")))[0].state
        for month, day in ((11, 23), (11, 29), (12, 1))
    ]
    assert states == ["ok", "warn", "late"]


def october_posted(month, actor, zhou, sun, at):
    for own in queries.unconfirmed(month):
        actions.confirm_result(result=own, by=actor(zhou), at=at)
    actions.post(month=month, by=actor(sun), at=at)
    month.refresh_from_db()
    return month


def test_own_objection_is_not_owed_to_oneself(offend, october, zhou, actor, at):
    offend(zhou, "games")
    entry = queries.live_entries(october())[0]
    actions.object_to(entry=entry, text="在岗", by=actor(zhou), at=at)
    assert queries.obligations(actor(zhou), at) == []


def test_posted_lists_only_what_hangs_on_the_wall(october, center, other_center):
    october("posted")
    assert [month.key for month in queries.posted(center)] == ["2026-10"]
    assert queries.posted(other_center) == []
    assert queries.posted_month(other_center, date(2026, 10, 1)) is None


def test_settled_months_are_the_frozen_ones(october, center):
    october()
    before = queries.settled_months(center)
    october("frozen")
    assert (before, queries.settled_months(center)) == (set(), {date(2026, 10, 1)})


def test_exact_totals_survive_their_storing():
    from fractions import Fraction

    from shouwen.assessment.queries.stored import exact_number, exact_text

    values = [Decimal("89.99"), Fraction(2, 3), Decimal(-2), None]
    assert [exact_number(exact_text(value)) for value in values] == values
