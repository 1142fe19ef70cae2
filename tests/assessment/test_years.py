"""The year (1.6, 1.7): the sum month by month, the line, ties listed, people decide, the right letter per kind of staff."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.assessment import actions, documents, queries
from shouwen.assessment.models import Year, YearDecision
from shouwen.core.errors import Refused
from shouwen.org.models import Department
from tests.assessment import scenes

AFTER = scenes.local(date(2027, 1, 5))


@pytest.fixture
def low(founding, cast, assessor):
    """The centre began in November: 李明 and 张敏 lose the same and end below the line of two months; the year is closed."""
    for member in (cast.li, cast.zhang):
        for month in (11, 12):
            scenes.offend(member, "not_found", 2, month=f"2026-{month}")
    return scenes.close_year(2026, by=assessor, months=(11, 12))


def of(year: Year, name: str):
    return next(row for row in queries.year_results(year) if row.name == name)


def decide(result, by, **more):
    fields = {"choice": "standby", "reason": "多次提醒无改进", "decided_date": date(2027, 1, 4), "decided_by": "班子会"}
    return actions.decide_year(result=result, **fields | more, by=by, at=AFTER)


def test_1_6_below_the_line_no_awards_with_the_sum_shown_month_by_month(low):
    row = of(low, "李明")
    assert (row.exact, row.line, row.is_below) == ("12", 15, True)
    assert {key: value for key, value in row.months.items() if value} == {"2026-11": "6", "2026-12": "6"}
    assert [one["clause"] for one in row.outcomes] == ["1.6", "1.7"]
    assert [one["clause"] for one in of(low, "周丽").outcomes] == []


def test_1_7_all_who_tie_for_last_are_listed_and_nobody_is_picked(low):
    tied = {row.name: [len(one["tied"]) for one in row.outcomes if one["clause"] == "1.7"] for row in queries.year_results(low)}
    assert {name: sizes for name, sizes in tied.items() if sizes} == {"张敏": [2], "李明": [2]}
    assert YearDecision.objects.of(low.center_id).count() == 0


def test_1_7_a_person_decides_and_the_reason_is_recorded(low, wang, actor):
    row = decide(of(low, "李明"), actor(wang))
    assert (row.choice, row.reason, row.decision.kind) == ("standby", "多次提醒无改进", "year")
    listed = {one["name"]: one["remark"] for one in documents.standby(low, by="孙会", at=AFTER)["rows"]}
    assert listed == {"李明": "列入待岗名单", "张敏": "待班子会决定"}


def test_1_7_a_new_decision_replaces_the_old_one_which_stays(low, wang, actor):
    decide(of(low, "李明"), actor(wang))
    decide(of(low, "李明"), actor(wang), choice="none", reason="申诉属实")
    rows = YearDecision.objects.of(low.center_id).order_by("decided_at", "id")
    assert [(row.choice, row.ended_at is None) for row in rows] == [("standby", False), ("none", True)]


def test_1_7_only_for_those_below_and_last(low, wang, actor):
    with pytest.raises(Refused, match="只对全年低于合格线且末位"):
        decide(of(low, "周丽"), actor(wang))


def test_1_7_without_a_reason_nothing_is_decided(low, wang, actor):
    with pytest.raises(Refused, match="请写明"):
        decide(of(low, "李明"), actor(wang), reason=" ")


def test_1_7_staff_of_vertical_units_are_proposed_for_transfer_never_for_standby(founding, cast, center, assessor, wang, actor):
    Department.objects.of(center).filter(pk=cast.civil.pk).update(is_vertical=True, superior_name="县民政局")
    scenes.offend(cast.li, "not_found", 2, month="2026-12")
    year = scenes.close_year(2026, by=assessor, months=[12])
    with pytest.raises(Refused, match="条管单位人员只能建议调离"):
        decide(of(year, "李明"), actor(wang))
    decide(of(year, "李明"), actor(wang), choice="transfer")
    letter = documents.transfer_letter(of(year, "李明"), at=AFTER)
    assert (letter["addressee"], letter["subject"], letter["total"], letter["line"]) == ("县民政局", "李明", "6", "7.5")
    assert letter["signers"] == ["中共青山镇委员会", "青山镇人民政府"]


def test_1_7_own_staff_are_never_proposed_for_transfer(low, wang, actor):
    with pytest.raises(Refused, match="本镇人员只能列入待岗"):
        decide(of(low, "李明"), actor(wang), choice="transfer")


def test_year_is_not_closed_before_it_is_over_or_while_a_month_is_open(founding, assessor, at):
    with pytest.raises(Refused, match="还没有结束"):
        actions.close_year(year=2026, by=assessor, at=at)
    scenes.bring(date(2026, 1, 1), "posted", by=assessor, at=AFTER)
    actions.collect(month=date(2026, 2, 1), by=assessor, at=AFTER)
    with pytest.raises(Refused, match="还有月份没有公示:2月"):
        actions.close_year(year=2026, by=assessor, at=AFTER)


def test_year_is_closed_once(low, assessor):
    with pytest.raises(Refused, match="已被他人处理"):
        actions.close_year(year=2026, by=assessor, at=AFTER)


def test_months_nobody_posted_are_never_guessed(founding, assessor, center):
    scenes.bring(date(2026, 10, 1), "posted", by=assessor, at=AFTER)
    row = next(one for one in queries.year_view(center, 2026).rows if one.name == "李明")
    assert (row.total, row.assessed, row.line) == (10, 1, 7.5)
    assert [key for key, value in row.months.items() if value is not None] == ["2026-10"]
