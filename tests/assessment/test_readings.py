"""The worked values of the regulation, through the whole app, by changing the reading alone."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.assessment import actions, queries
from shouwen.core.actors import system
from shouwen.rulebook import actions as rulebook
from shouwen.rulebook import queries as versions
from shouwen.rules import scoring
from tests.assessment import scenes

JANUARY, OCTOBER = date(2026, 1, 1), date(2026, 10, 1)
LATE6 = [("games", 6, 0)]
ABSENT5 = [("not_found", 5, 0)]
MIXED = [("games", 3, 0), ("door", 3, 3)]
BOTH = [("games", 3, 0), ("not_found", 3, 3)]


@pytest.fixture
def reads(center, at):
    """`reads(R3="no")`: the founding rulebook in force since January with these answers."""

    def adopt(**answers: str):
        row = rulebook.adopt_founding(center=center, active_from=JANUARY, by=system(center), at=at)
        document = scoring.load_toml(row.text)
        text = scoring.dump_toml({**document, "readings": answers})
        type(row).objects.of(center).filter(pk=row.pk).update(text=text, digest=versions.digest_of(text))
        return row

    return adopt


@pytest.mark.parametrize(
    ("events", "answers", "total", "consequence"),
    [
        (LATE6, {}, 2, []),
        (LATE6, {"R3": "no"}, 3, []),
        (LATE6, {"R4": "yes"}, -2, ["1.5"]),
        (ABSENT5, {}, -2, ["1.5"]),
        (ABSENT5, {"R3": "no"}, 0, []),
        (MIXED, {}, 2, []),
        (MIXED, {"R2": "item"}, 4, []),
        (BOTH, {}, 1, []),
        (BOTH, {"R2": "all"}, -3, ["1.5"]),
        (LATE6, {"R4": "yes", "R5": "0"}, 0, []),
    ],
)
def test_1_3_1_4_1_5_worked_values(reads, assessor, li, at, events, answers, total, consequence):
    reads(**answers)
    for kind, times, first in events:
        scenes.offend(li, kind, times, first=first)
    month = scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    row = scenes.result(month, "李明")
    assert (row.total, [one["clause"] for one in row.outcomes]) == (total, consequence)


@pytest.mark.parametrize(("answers", "total"), [({}, "114"), ({"R1": "year"}, "112")])
def test_1_6_one_late_in_each_of_january_to_june(reads, assessor, li, at, answers, total):
    reads(**answers)
    for month in range(1, 7):
        scenes.offend(li, "games", month=f"2026-{month:02}")
    year = scenes.close_year(2026, by=assessor)
    row = next(one for one in queries.year_results(year) if one.name == "李明")
    assert (row.exact, row.is_below, row.line) == (total, False, 90)


@pytest.mark.parametrize(("answers", "line", "below"), [({}, 60, False), ({"R7": "raw"}, 90, True)])
def test_1_6_perfect_and_joined_in_may(reads, assessor, center, cast, at, answers, line, below):
    from tests import factories

    reads(**answers)
    factories.member(center, "新来", department=cast.civil, since=date(2026, 5, 1))
    year = scenes.close_year(2026, by=assessor)
    row = next(one for one in queries.year_results(year) if one.name == "新来")
    assert (row.exact, row.line, row.assessed, row.is_below, row.flags) == ("80", line, 8, below, ["part_year"])


@pytest.mark.parametrize(("answers", "score"), [({}, "2/3"), ({"R10": "sum"}, "2")])
def test_1_8_people_at_5_minus_1_minus_2(reads, assessor, center, cast, at, answers, score):
    from tests import factories

    reads(**answers)
    third = factories.member(center, "赵刚", department=cast.affairs)
    for member, kind, times in (
        (cast.zhou, "games", 3), (cast.zhou, "not_found", 1), (cast.zhang, "not_found", 4), (cast.zhang, "games", 3), (third, "not_found", 5),
    ):  # fmt: skip
        scenes.offend(member, kind, times, first=0 if kind == "games" else 4)
    month = scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    assert [scenes.total(month, name) for name in ("周丽", "张敏", "赵刚")] == [5, -1, -2]
    assert scenes.result(month, "便民办", "department").exact == score
    assert sorted(item.clause for item in queries.agenda(center)) == ["1.5", "1.5"]


def test_1_1_r8_whole_month_on_leave_is_not_assessed(reads, center, assessor, li, at):
    from shouwen.attendance.models import Leave

    reads()
    terminal = scenes.open_hall(center)
    scenes.punch(terminal, at, month="2026-10")
    Leave.objects.create(
        center=center, member=li, kind="sick", start_date=date(2026, 9, 28), end_date=date(2026, 11, 4), half_days=40, form="written",
        reason="住院", state="approved", filed_at=at, starts_at=scenes.local(date(2026, 9, 28)), ends_at=scenes.local(date(2026, 11, 4)),
    )  # fmt: skip
    month = scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    row = scenes.result(month, "李明")
    assert (row.is_assessed, row.total, row.days) == (False, None, 0)


def test_r22_assessed_month_reading_names_the_month_of_the_meeting(reads, assessor, li, center, at):
    from shouwen.assessment.models import AgendaItem

    reads(R22="assessed")
    scenes.offend(li, "not_found", 5)
    scenes.bring(OCTOBER, "posted", by=assessor, at=at)
    assert {item.meeting_month for item in AgendaItem.objects.of(center)} == {OCTOBER}


def test_open_question_with_different_answers_stops_the_month(reads, center, assessor, li, at):
    row = reads()
    document = scoring.load_toml(row.text)
    question = {key: value for key, value in document["questions"]["R3"].items() if key != "default"}
    text = scoring.dump_toml({**document, "questions": {**document["questions"], "R3": question}})
    type(row).objects.of(center).update(text=text, digest=versions.digest_of(text))
    scenes.offend(li, "games", 5)
    month = actions.collect(month=OCTOBER, by=assessor, at=at)
    assert [text.split(":")[0] for text in month.stops] == ["李明", "民政所"]
    assert "R3(5次以上是否含第5次)尚未裁定(R3=yes:4分;R3=no:5分)" in month.stops[0]
