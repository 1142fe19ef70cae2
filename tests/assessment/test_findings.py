"""1.9: cheating in assessing costs the executor double; and putting right what is final (1.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shouwen.assessment import actions, queries
from shouwen.assessment.models import Adjustment
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.org.models import Membership
from shouwen.rulebook import actions as rulebook
from tests.assessment import scenes
from tests.rulebook.test_actions import changed

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def find(actor, wang, sun, at):
    """`find(concerned)`: on 20 November the meeting found that 孙会 concealed a fifth offence of October."""

    def record(concerned, **more):
        fields = {
            "executor": sun,
            "concerned": concerned,
            "kind": "games",
            "fact_date": date(2026, 10, 30),
            "account": "查岗记录被抽走",
            "decided_date": date(2026, 11, 20),
            "decided_by": "班子会",
        }
        return actions.record_finding(**fields | more, by=actor(wang), at=at)

    return record


def november(center, at):
    return actions.collect(month=NOVEMBER, by=system(center), at=at)


def test_1_9_executor_loses_double_and_the_person_the_concealed_points(offend, october, find, li, center, at):
    offend(li, "games", 4)
    october("final")
    finding = find(li)
    month = november(center, at)
    assert finding.month == month
    assert (scenes.total(month, "李明"), scenes.total(month, "孙会")) == (8, 6)
    lines = [(entry.member.name, entry.clause, entry.amount) for entry in queries.live_entries(month)]
    assert sorted(lines) == [("孙会", "1.9", -4), ("李明", "1.3.3", -2)]


def test_1_9_single_price_reading_halves_the_double(offend, center, october, find, li, wang, zhou, actor, at):
    offend(li, "games", 4)
    october("final")
    draft = rulebook.start_draft(by=actor(wang), at=at)
    rulebook.change_draft(draft=draft, document=changed(draft, R15="single"), by=actor(wang), at=at)
    actions.note_trial(draft=draft, months=[], reason="只改一处读法", by=actor(wang), at=at)
    actions.put_in_force(draft=draft, active_from=NOVEMBER, by=actor(zhou), at=at)
    find(li)
    month = november(center, at)
    assert (scenes.total(month, "李明"), scenes.total(month, "孙会")) == (8, 8)


def test_1_9_executor_outside_the_assessment_has_a_ledger(offend, october, find, li, sun, center, at):
    Membership.objects.of(center).filter(member=sun).update(is_assessed=False)
    offend(li, "games", 4)
    october("final")
    find(li)
    month = november(center, at)
    assert scenes.total(month, "孙会", "assessor") == -4


def test_1_9_old_month_stays_as_posted(offend, october, find, li, center, at):
    offend(li, "games", 4)
    posted = october("final")
    before = [(row.name, row.total) for row in queries.results(posted)]
    find(li)
    november(center, at)
    posted.refresh_from_db()
    assert [(row.name, row.total) for row in queries.results(posted)] == before
    assert posted.edition == 1


def test_1_9_reward_cut_stands_in_the_year(offend, october, find, li, center, at):
    offend(li, "games", 4)
    october("final")
    find(li)
    november(center, at)
    rows = {row.name: row for row in queries.year_view(center, 2026).rows}
    assert (rows["孙会"].cut, rows["李明"].cut) == (4, 0)


def test_1_9_nobody_records_a_finding_about_oneself(founding, find, wang):
    with pytest.raises(Refused, match="当事人不能") as refused:
        find(wang)
    assert refused.value.clause == "1.9"


def test_1_9_an_assessor_never_records_a_finding(founding, cast, sun, actor, at):
    with pytest.raises(Refused, match="须由中心负责人、分管领导办理"):
        actions.record_finding(
            executor=cast.zhang, concerned=cast.li, kind="games", fact_date=NOVEMBER, account="x", decided_date=NOVEMBER,
            decided_by="班子会", by=actor(sun), at=at,
        )  # fmt: skip


def test_1_9_finding_about_what_the_rulebook_does_not_price_is_refused(founding, find, li):
    with pytest.raises(Refused, match="没有对应的项目"):
        find(li, kind="smoking")


def test_1_2_final_month_is_put_right_by_an_entry_in_a_later_one(offend, october, li, sun, wang, actor, center, at):
    offend(li, "games", 2)
    october_row = october("final")
    november(center, at)
    proposal = actions.adjust(
        member=li, about=october_row, points=Decimal(1), reason="当日外出办事,有派工单", by=actor(sun), at=at
    )
    actions.confirm_adjustment(adjustment=proposal, confirmed=True, by=actor(wang), at=at)
    month = november(center, at)
    assert (scenes.total(october_row, "李明"), scenes.total(month, "李明")) == (8, 11)
    assert [entry.explanation for entry in queries.live_entries(month)] == ["往月更正加分〔一(二)〕:加1分"]


def test_1_2_adjustment_needs_a_second_person(offend, october, li, sun, actor, center, at):
    row = october("final")
    proposal = actions.adjust(member=li, about=row, points=Decimal(-1), reason="漏记", by=actor(sun), at=at)
    with pytest.raises(Refused, match="提出人和当事人以外"):
        actions.confirm_adjustment(adjustment=proposal, confirmed=True, by=actor(sun), at=at)
    proposal.refresh_from_db()
    assert proposal.state == Adjustment.State.PROPOSED


def test_1_2_adjusting_a_month_that_is_not_final_is_refused(october, li, sun, actor, at):
    row = october("posted")
    with pytest.raises(Refused, match="请通过异议更正"):
        actions.adjust(member=li, about=row, points=Decimal(1), reason="x", by=actor(sun), at=at)
