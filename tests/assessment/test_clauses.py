"""Clauses 1.0–1.10 through the whole app: facts of the areas → ledger → posted month, with the numbers of the regulation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shouwen.assessment import queries
from shouwen.assessment.models import AgendaItem
from shouwen.core.actors import system
from shouwen.org import actions as org
from tests.assessment import scenes


def clauses(month, name: str) -> list[str]:
    """The clauses of somebody's standing lines."""
    return [entry.clause for entry in queries.live_entries(month) if entry.member.name == name]


@pytest.mark.parametrize(
    ("kind", "clause", "points"),
    [
        ("games", "1.3.3", 9),
        ("door", "1.3.4", 9),
        ("handover", "1.3.5", 9),
        ("cleaning", "1.3.6", 9),
        ("not_found", "1.4.2", 8),
    ],
)
def test_1_3_and_1_4_each_offence_once_costs_its_points(offend, october, li, kind, clause, points):
    offend(li, kind)
    month = october("posted")
    assert scenes.total(month, "李明") == points
    assert clauses(month, "李明") == [clause]


def test_1_3_1_late_six_times_doubles_from_the_fifth(founding, cast, october, at):
    terminal = scenes.open_hall(cast.center)
    scenes.punch(terminal, at, late={"3": 6})
    month = october("posted")
    assert scenes.total(month, "李明") == 2
    assert clauses(month, "李明") == ["1.3.1"] * 6
    assert [entry.amount for entry in queries.live_entries(month)] == [-1, -1, -1, -1, -2, -2]
    assert [row.text for row in queries.table(month, "month")[-1].deductions] == ["迟到 6 次〔一(三)1,第5、6次双倍〕"]


def test_1_4_1_absent_five_afternoons_makes_a_negative_month(founding, cast, october, at):
    terminal = scenes.open_hall(cast.center)
    scenes.punch(terminal, at, absent={"3": 5})
    month = october("posted")
    assert scenes.total(month, "李明") == -2
    assert clauses(month, "李明") == ["1.4.1"] * 5


def test_1_1_ten_points_a_month_for_everybody_on_post_over_its_working_days(october, cast):
    month = october("posted")
    rows = queries.table(month, "month")
    assert [(row.result.name, row.result.total, row.place) for row in rows] == [
        (name, 10, 1) for name in ("周丽", "孙会", "张敏", "李明", "王主任", "陈监督")
    ]
    assert month.workdays == 18


def test_1_1_money_follows_the_dated_decision_and_without_one_there_are_only_points(october, offend, zhou, li, actor, at):
    offend(li, "games")
    undecided = scenes.result(october(), "李明").money
    org.record_decision(
        kind="point_value", decided_date=date(2026, 9, 1), decided_by="班子会", text="每分20元", value=Decimal(20),
        active_from=date(2026, 9, 1), by=actor(zhou), at=at,
    )  # fmt: skip
    decided = scenes.result(october(), "李明").money
    assert [one["amount"] for one in undecided] == [None]
    assert [one["amount"] for one in decided] == ["180.00"]


def test_1_2_posted_month_is_on_the_wall_and_a_provisional_one_is_not(october, offend, li, center):
    offend(li, "games")
    october()
    before = queries.posted_month(center, date(2026, 10, 1))
    october("posted")
    after = queries.posted_month(center, date(2026, 10, 1))
    assert before is None
    assert [(row.place, row.result.name, row.result.total) for row in after.people][-1] == (6, "李明", 9)


def test_1_5_negative_month_goes_on_the_agenda_of_the_month_of_posting(october, offend, li, center):
    offend(li, "not_found", 5)
    month = october("posted")
    items = [(item.clause, item.subject_name, item.meeting_month, item.state) for item in AgendaItem.objects.of(center)]
    assert scenes.total(month, "李明") == -2
    assert items == [("1.5", "李明", date(2026, 11, 1), "open"), ("1.8", "民政所", date(2026, 11, 1), "open")]


def test_1_5_zero_is_not_negative(october, offend, li, center):
    offend(li, "not_found", 4)
    offend(li, "games", 2)
    month = october("posted")
    assert scenes.total(month, "李明") == 0
    assert list(AgendaItem.objects.of(center)) == []


def test_1_8_department_mean_of_its_people(october, offend, zhou, zhang):
    offend(zhou, "not_found", 5)
    offend(zhang, "games", 5)
    month = october("posted")
    assert (scenes.total(month, "周丽"), scenes.total(month, "张敏")) == (-2, 4)
    assert scenes.total(month, "便民办", "department") == 1
    assert [item.clause for item in AgendaItem.objects.of(month.center_id)] == ["1.5"]


def test_1_10_month_without_a_rulebook_is_refused(cast, sun, actor, at):
    from shouwen.assessment import actions
    from shouwen.core.errors import Refused

    with pytest.raises(Refused, match="还没有施行的制度") as refused:
        actions.collect(month=date(2026, 10, 1), by=actor(sun), at=at)
    assert refused.value.clause == "1.10"
    assert system(cast.center).kind == "system"
