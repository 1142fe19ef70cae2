"""Collecting is idempotent, the steps go one way, and whatever cannot be counted stops the month instead of being zero."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.assessment import actions, queries
from shouwen.assessment.models import AppendOnly, CollectedFact, Entry, Month
from shouwen.attendance.models import PostCheck
from shouwen.audit.models import Record
from shouwen.core.errors import Refused
from tests.assessment import scenes


def test_collecting_twice_changes_nothing(offend, october, li, center):
    offend(li, "games", 5)
    october()
    before = (list(Entry.objects.of(center).values_list("pk", flat=True)), Record.objects.filter(center_id=center.pk).count())
    october()
    after = (list(Entry.objects.of(center).values_list("pk", flat=True)), Record.objects.filter(center_id=center.pk).count())
    assert after == before


def test_fact_that_disappears_is_reversed_by_an_entry(offend, october, li, center):
    offend(li, "games")
    october()
    PostCheck.objects.of(center).update(state=PostCheck.State.REJECTED)
    month = october()
    assert [entry.amount for entry in Entry.objects.of(center).order_by("written_at", "id")] == [-1, 1]
    assert scenes.total(month, "李明") == 10
    assert CollectedFact.objects.of(center).filter(ended_at__isnull=True).count() == 0


def test_the_ledger_refuses_to_be_changed(offend, october, li, center):
    offend(li, "games")
    october()
    entry = Entry.objects.of(center).get()
    with pytest.raises(AppendOnly):
        Entry.objects.of(center).update(amount=0)
    with pytest.raises(AppendOnly):
        Entry.objects.of(center).delete()
    entry.amount = 0
    with pytest.raises(AppendOnly):
        entry.save()


def test_unpriced_item_stops_the_freezing_and_is_never_zero(offend, october, li, assessor, at):
    offend(li, "off_post")
    month = october()
    assert month.stops == ["李明:脱岗(10月8日):制度没有规定分值,须先定值"]
    assert scenes.result(month, "李明").total is None
    with pytest.raises(Refused, match="还不能冻结:李明:脱岗"):
        actions.freeze(month=month, by=assessor, at=at)


def test_conduct_seen_on_a_check_is_listed_and_costs_nothing(offend, october, li):
    offend(li, "conduct")
    month = october("posted")
    assert scenes.total(month, "李明") == 10
    assert [(entry.clause, entry.amount) for entry in queries.live_entries(month)] == [("3.1", 0)]


def test_unverified_fact_waits_and_pays_in_a_later_month(offend, october, li, assessor, center, at):
    offend(li, "games", status="pending")
    month = october("posted")
    assert scenes.total(month, "李明") == 10
    assert [(one.name, one.fact.status) for one in queries.waiting(month)] == [("李明", "pending")]
    PostCheck.objects.of(center).update(state=PostCheck.State.VERIFIED)
    november = actions.collect(month=date(2026, 11, 1), by=assessor, at=at)
    assert (scenes.total(month, "李明"), scenes.total(november, "李明")) == (10, 9)


def test_month_that_still_runs_is_not_frozen(founding, assessor, at):
    month = actions.collect(month=date(2026, 11, 1), by=assessor, at=at)
    with pytest.raises(Refused, match="2026年11月还没有结束"):
        actions.freeze(month=month, by=assessor, at=at)


def test_months_are_closed_in_order(founding, assessor, at):
    actions.collect(month=date(2026, 9, 1), by=assessor, at=at)
    october = actions.collect(month=date(2026, 10, 1), by=assessor, at=at)
    with pytest.raises(Refused, match="2026年9月还没有冻结"):
        actions.freeze(month=october, by=assessor, at=at)


def test_1_9_the_freezer_s_own_result_is_confirmed_by_another(october, assessor, sun, wang, actor, at):
    month = october("frozen")
    own = queries.unconfirmed(month)
    assert [row.name for row in own] == ["孙会"]
    with pytest.raises(Refused, match="须由他人确认"):
        actions.post(month=month, by=assessor, at=at)
    with pytest.raises(Refused, match="不能确认自己"):
        actions.confirm_result(result=own[0], by=assessor, at=at)
    actions.confirm_result(result=own[0], by=actor(wang), at=at)
    actions.post(month=month, by=assessor, at=at)
    month.refresh_from_db()
    assert month.state == "posted"


def test_each_step_only_once(october, assessor, at):
    month = october("frozen")
    with pytest.raises(Refused, match="已被他人处理"):
        actions.freeze(month=month, by=assessor, at=at)


def test_posting_needs_freezing_and_final_needs_posting(october, assessor, at):
    month = october()
    with pytest.raises(Refused, match="请先冻结再公示"):
        actions.post(month=month, by=assessor, at=at)
    with pytest.raises(Refused, match="请先公示再定案"):
        actions.finalise(month=month, by=assessor, at=at)


def test_only_the_assessor_closes(october, zhou, actor, at):
    with pytest.raises(Refused, match="此事须由考核员办理"):
        actions.freeze(month=october(), by=actor(zhou), at=at)


def test_another_centre_s_month_cannot_be_touched(october, zhao, actor, at):
    from tests.factories import grant

    month = october()
    grant(zhao, "assessor")
    with pytest.raises(Refused, match="不属于您所在的中心"):
        actions.freeze(month=month, by=actor(zhao), at=at)
    assert Month.objects.of(zhao.center).count() == 0


def test_1_10_new_version_leaves_the_frozen_month_as_it_was(offend, october, li, wang, zhou, actor, at):
    from shouwen.rulebook import actions as rulebook
    from tests.rulebook.test_actions import changed

    offend(li, "games", 6)
    month = october("posted")
    draft = rulebook.start_draft(by=actor(wang), at=at)
    rulebook.change_draft(draft=draft, document=changed(draft, R3="no"), by=actor(wang), at=at)
    actions.note_trial(draft=draft, months=[month], by=actor(wang), at=at)
    with pytest.raises(Refused, match="2026年10月已冻结"):
        actions.put_in_force(draft=draft, active_from=date(2026, 10, 1), by=actor(zhou), at=at)
    actions.put_in_force(draft=draft, active_from=date(2026, 11, 1), by=actor(zhou), at=at)
    assert scenes.total(month, "李明") == 2


def test_1_10_version_starts_with_a_month(founding, wang, zhou, actor, at):
    from shouwen.rulebook import actions as rulebook

    draft = rulebook.start_draft(by=actor(wang), at=at)
    actions.note_trial(draft=draft, months=[], reason="没有以往月份", by=actor(wang), at=at)
    with pytest.raises(Refused, match="某月1日"):
        actions.put_in_force(draft=draft, active_from=date(2026, 12, 15), by=actor(zhou), at=at)


def test_1_0_and_1_2_notice_says_why_and_what(offend, october, li, at):
    from shouwen.assessment import documents
    from shouwen.documents.queries import complete, frame

    offend(li, "games", 6)
    month = october("posted")
    data = complete("notice", documents.notice(month) | {"frame": frame(month.center)})
    last = data["rows"][-1]
    assert data["intro"].startswith("为杜绝到岗不到位、慵懒散漫现象")
    assert (last["rank"], last["name"], last["score"], last["year_total"]) == ("6", "李明", "2", "2")
    assert last["deductions"] == [
        {"name": "上班时间玩游戏", "count": "6", "points": "8", "clause": "1.3.3", "note": "第5、6次双倍"}
    ]
    assert data["unconfirmed"] == [
        "R1 累计5次按什么期间计：按月，每月清零",
        "R2 哪些行为合并计数：每款各计：1分的六种合计，2分的两种合计",
        "R3 5次以上是否含第5次：含（民法典第1259条）",
        "R4 达到5次后，前4次是否追溯双倍：不追溯",
        "R10 部门得分怎么算：部门人员平均",
    ]
