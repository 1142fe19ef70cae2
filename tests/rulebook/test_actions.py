"""Versions of the rulebook: adopted, drafted, tried, put in force by another, never overlapping ("1.10")."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from shouwen.rulebook import actions, queries
from shouwen.rulebook.models import Rulebook
from shouwen.rules import scoring

JANUARY = date(2026, 1, 1)


@pytest.fixture
def founding(center, at):
    return actions.adopt_founding(center=center, active_from=JANUARY, by=system(center), at=at)


def changed(draft: Rulebook, **readings: str) -> dict:
    document = scoring.load_toml(draft.text)
    return {**document, "readings": {**document.get("readings", {}), **readings}}


def test_1_10_founding_holds_from_its_day_on(founding, center):
    assert actions.CLAUSE == "1.10"
    before, first, later = (queries.in_force(center, day) for day in (JANUARY - timedelta(days=1), JANUARY, date(2030, 1, 1)))
    assert before is None
    assert [first.record.pk, later.record.pk] == [founding.pk, founding.pk]
    assert first.reading("R3") == "yes"
    assert first.is_confirmed is False


def test_adopting_twice_is_refused(founding, center, at):
    with pytest.raises(Refused, match="已有施行的制度"):
        actions.adopt_founding(center=center, active_from=date(2026, 6, 1), by=system(center), at=at)


def test_1_10_new_version_ends_the_old_one_and_old_months_keep_it(founding, center, wang, zhou, actor, at):
    draft = actions.start_draft(note="第六次起双倍", by=actor(wang), at=at)
    actions.change_draft(draft=draft, document=changed(draft, R3="no"), by=actor(wang), at=at)
    actions.note_trial(draft=draft, note="2026年9月、10月", by=actor(wang), at=at)
    actions.put_in_force(draft=draft, active_from=date(2026, 12, 1), by=actor(zhou), at=at)
    founding.refresh_from_db()
    assert (founding.state, founding.active_to) == ("ended", date(2026, 12, 1))
    answers = [queries.in_force(center, day).reading("R3") for day in (date(2026, 11, 30), date(2026, 12, 1))]
    assert answers == ["yes", "no"]


def test_drafter_may_not_put_the_own_draft_in_force(founding, zhou, actor, at):
    draft = actions.start_draft(by=actor(zhou), at=at)
    actions.note_trial(draft=draft, note="没有以往月份", by=actor(zhou), at=at)
    with pytest.raises(Refused, match="起草人不能自己批准"):
        actions.put_in_force(draft=draft, active_from=date(2026, 12, 1), by=actor(zhou), at=at)


def test_putting_in_force_needs_a_trial_of_the_present_content(founding, wang, zhou, actor, at):
    draft = actions.start_draft(by=actor(wang), at=at)
    actions.note_trial(draft=draft, note="2026年10月", by=actor(wang), at=at)
    actions.change_draft(draft=draft, document=changed(draft, R3="no"), by=actor(wang), at=at)
    with pytest.raises(Refused, match="请先在以往月份上试算"):
        actions.put_in_force(draft=draft, active_from=date(2026, 12, 1), by=actor(zhou), at=at)


def test_change_that_breaks_the_rulebook_names_the_place(founding, wang, actor, at):
    draft = actions.start_draft(by=actor(wang), at=at)
    with pytest.raises(Refused, match=r"readings\.R3"):
        actions.change_draft(draft=draft, document=changed(draft, R3="maybe"), by=actor(wang), at=at)
    draft.refresh_from_db()
    assert draft.digest == queries.digest_of(draft.text)


def test_a_clerk_may_not_draft(founding, li, actor, at):
    with pytest.raises(Refused, match="起草制度须由"):
        actions.start_draft(by=actor(li), at=at)


def test_another_centre_cannot_touch_a_draft(founding, wang, zhao, actor, at):
    draft = actions.start_draft(by=actor(wang), at=at)
    with pytest.raises(Refused, match="不属于您所在的中心"):
        actions.withdraw_draft(draft=draft, by=actor(zhao), at=at)
    with pytest.raises(Refused, match="还没有施行的制度"):
        actions.start_draft(by=actor(zhao), at=at)


def test_import_gives_back_what_was_exported(founding, wang, actor, at):
    draft = actions.import_toml(text=founding.text, by=actor(wang), at=at)
    assert (draft.text, draft.state, draft.title) == (founding.text, "draft", "便民服务中心工作制度")


def test_every_sample_loads_as_a_draft(founding, wang, actor, at):
    drafts = [actions.load_sample(name=name, by=actor(wang), at=at) for name, _ in queries.samples()]
    assert [draft.number for draft in drafts] == list(range(2, 2 + len(drafts)))


def test_leadership_confirms_the_readings(founding, center, zhou, actor, at):
    decision = org.record_decision(
        kind="readings",
        decided_date=JANUARY,
        decided_by="班子会",
        text="确认全部读法",
        active_from=JANUARY,
        by=actor(zhou),
        at=at,
    )
    actions.confirm(version=founding, decision=decision, by=actor(zhou), at=at)
    assert queries.in_force(center, JANUARY).is_confirmed is True


def test_parameters_follow_the_readings(founding, center):
    assert queries.parameter(center, JANUARY, "correction_days") == 3
    assert queries.parameter(center, JANUARY, "repeat_minutes", 20) == 20
    assert queries.parameter(center, JANUARY, "punches") == {"R20": "decide"}
    assert [rung["cover"] for rung in queries.parameter(center, JANUARY, "leave_ladder")] == [False, True]


def test_a_leave_that_suppresses_what_nobody_reports_is_refused(founding, wang, actor, at):
    draft = actions.start_draft(by=actor(wang), at=at)
    document = scoring.load_toml(draft.text)
    document["leaves"]["sick"]["suppresses"] = ["迟到"]
    place = r"leaves\.sick\.suppresses: 没有“迟到”这种事实;是否想写 late\?"
    with pytest.raises(Refused, match=place):
        actions.change_draft(draft=draft, document=document, by=actor(wang), at=at)
    with pytest.raises(Refused, match=place):
        actions.import_toml(text=scoring.dump_toml(document), by=actor(wang), at=at)


def test_a_leave_may_suppress_what_an_item_of_the_same_document_counts(founding, wang, actor, at):
    document = scoring.load_toml(founding.text)
    document["items"]["badge"] = {"title": "不戴胸牌", "section": "ordinary", "facts": ["不戴胸牌"], "deduct": 1}
    document["leaves"]["sick"]["suppresses"] = ["不戴胸牌", "door"]
    draft = actions.import_toml(text=scoring.dump_toml(document), by=actor(wang), at=at)
    assert scoring.load_toml(draft.text)["leaves"]["sick"]["suppresses"] == ["不戴胸牌", "door"]
