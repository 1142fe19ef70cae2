"""Readings that decide between several facts, over whole months and by punches: through the whole app, by changing the reading alone."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.assessment import actions, queries
from shouwen.assessment.models import MonthResult
from shouwen.attendance.models import Leave, PostCheck
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from shouwen.rulebook import actions as rulebook
from shouwen.rulebook import queries as versions
from shouwen.rules import scoring
from tests.assessment import scenes

JANUARY, OCTOBER = date(2026, 1, 1), date(2026, 10, 1)


@pytest.fixture
def reads(center, at):
    """`reads(R3="no")`: the founding rulebook in force since January with these answers."""

    def adopt(**answers: str):
        row = rulebook.adopt_founding(center=center, active_from=JANUARY, by=system(center), at=at)
        document = scoring.load_toml(row.text)
        text = scoring.dump_toml({**document, "readings": answers})
        type(row).objects.of(center).filter(pk=row.pk).update(text=text, digest=versions.digest_of(text))

    return adopt


@pytest.mark.parametrize(("answers", "total"), [({}, 6), ({"R11": "day"}, 8)])
def test_1_4_1_r11_a_whole_day_away_is_two_half_days_or_one_day(reads, center, assessor, li, at, answers, total):
    reads(**answers)
    scenes.punch(scenes.open_hall(center), at, away={"3": 1})
    month = actions.collect(month=OCTOBER, by=assessor, at=at)
    assert scenes.total(month, "李明") == total


@pytest.mark.parametrize(
    ("answers", "total", "clause"),
    [
        ({}, 9, "1.3.1"),
        ({"R12": "grace", "R12_minutes": "4"}, 10, None),
        ({"R12": "grace", "R12_minutes": "3"}, 9, "1.3.1"),
        ({"R12": "convert", "R12_minutes": "4"}, 8, "1.4.1"),
        ({"R12": "convert", "R12_minutes": "5"}, 9, "1.3.1"),
    ],
)
def test_1_3_1_r12_grace_forgives_and_conversion_makes_an_absence(reads, center, assessor, at, answers, total, clause):
    """李明 comes at 08:34 once."""
    reads(**answers)
    scenes.punch(scenes.open_hall(center), at, late={"3": 1})
    month = actions.collect(month=OCTOBER, by=assessor, at=at)
    clauses = [entry.clause for entry in queries.live_entries(month) if entry.member.name == "李明"]
    assert (scenes.total(month, "李明"), clauses) == (total, [clause] if clause else [])


@pytest.mark.parametrize(("answers", "total"), [({}, 8), ({"R13": "add"}, 7)])
def test_1_3_r13_late_and_not_found_in_the_same_minutes_are_one_event(reads, center, assessor, li, chen, at, answers, total):
    """Not found at 08:31 and late until 08:34: the heavier counts, or both."""
    reads(**answers)
    scenes.punch(scenes.open_hall(center), at, late={"3": 1})
    first = scenes.workdays(center, "2026-10")[0]
    PostCheck.objects.create(
        center=center, member=li, checker=chen, seen="not_found", seen_at=scenes.local(first, "08:31"), place="3 号窗口", state="verified"
    )  # fmt: skip
    month = actions.collect(month=OCTOBER, by=assessor, at=at)
    assert scenes.total(month, "李明") == total


@pytest.mark.parametrize(("answers", "yuan"), [({}, "0.00"), ({"R16": "debt"}, "-40.00")])
def test_1_1_r16_money_of_a_negative_month(reads, assessor, li, zhou, actor, at, answers, yuan):
    reads(**answers)
    org.record_decision(
        kind="point_value", decided_date=date(2026, 9, 1), decided_by="班子会", text="每分20元", value=20, active_from=date(2026, 9, 1),
        by=actor(zhou), at=at,
    )  # fmt: skip
    scenes.offend(li, "not_found", 5)
    month = scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    row = scenes.result(month, "李明")
    assert (row.total, [one["amount"] for one in row.money]) == (-2, [yuan])


@pytest.mark.parametrize(("answer", "until"), [("none", None), ("3", date(2026, 11, 26))])
def test_1_2_r18_days_for_objections_come_from_the_reading_where_the_meeting_set_none(reads, assessor, at, answer, until):
    reads(R18=answer)
    month = scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    assert queries.postings(month)[0].until_date == until
    if until is not None:
        with pytest.raises(Refused, match="异议期到 11月26日 止"):
            actions.finalise(month=month, by=assessor, at=at)


@pytest.mark.parametrize(
    ("answers", "year", "assessed"), [({}, "110", 11), ({"R8": "full"}, "120", 12), ({"R8": "zero"}, "110", 12)]
)
def test_1_1_r8_a_month_wholly_on_leave_in_the_year(reads, center, assessor, li, at, answers, year, assessed):
    reads(**answers)
    Leave.objects.create(
        center=center, member=li, kind="sick", start_date=date(2026, 9, 28), end_date=date(2026, 11, 4), half_days=40, form="written",
        reason="住院", state="approved", filed_at=at, starts_at=scenes.local(date(2026, 9, 28)), ends_at=scenes.local(date(2026, 11, 4)),
    )  # fmt: skip
    scenes.open_doors(center, OCTOBER, date(2026, 11, 1))
    row = next(one for one in queries.year_results(scenes.close_year(2026, by=assessor)) if one.name == "李明")
    assert (row.exact, row.assessed) == (year, assessed)


def test_1_6_r6_mean_of_the_months_times_twelve(reads, center, assessor, cast):
    from tests import factories

    reads(R6="mean12")
    factories.member(center, "新来", department=cast.civil, since=date(2026, 5, 1))
    row = next(one for one in queries.year_results(scenes.close_year(2026, by=assessor)) if one.name == "新来")
    assert (row.exact, row.line, row.is_below) == ("120", 90, False)


def test_1_8_r10_a_mover_counts_where_he_stands_on_the_last_day(reads, center, assessor, cast, li, wang, actor, at):
    """李明 moves on 16 October and offends before: the department he moved to bears it, his former one does not."""
    reads()
    org.move_member(member=li, department=cast.affairs, active_from=date(2026, 10, 16), by=actor(cast.zhou), at=at)
    scenes.offend(li, "games", 3)
    month = actions.collect(month=OCTOBER, by=assessor, at=at)
    units = {row.name: row.exact for row in MonthResult.objects.of(center).filter(month=month, subject_kind="department")}
    people = MonthResult.objects.of(center).filter(month=month, sheet="month", name="李明")
    assert (units["便民办"], units.get("民政所"), [row.unit for row in people]) == ("9", None, ["便民办"])
