"""1.2: objections before final, answered by somebody else; upheld, lines are reversed by entries and everything is recounted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shouwen.assessment import actions, queries
from shouwen.assessment.models import AgendaItem, Entry, MonthResult, Posting
from shouwen.core.errors import Refused
from shouwen.org import actions as org
from tests.assessment import scenes


@pytest.fixture
def contest(actor, at):
    """`contest(member, month)`: the person contests the own first standing line of the month."""

    def raise_it(member, month, index=0):
        mine = [entry for entry in queries.live_entries(month) if entry.member_id == member.pk]
        return actions.object_to(entry=mine[index], text="当时在接待群众", by=actor(member), at=at)

    return raise_it


def test_1_2_upheld_objection_reverses_the_line_and_the_fifth_becomes_the_fourth(offend, october, contest, li, zhou, actor, at):
    offend(li, "games", 6)
    month = october("frozen")
    assert scenes.total(month, "李明") == 2
    objection = contest(li, month)
    actions.answer_objection(objection=objection, upheld=True, reply="有叫号记录为证", by=actor(zhou), at=at)
    assert scenes.total(month, "李明") == 4
    assert [entry.amount for entry in queries.live_entries(month)] == [-1, -1, -1, -1, -2]
    written = Entry.objects.of(month.center_id).filter(month=month)
    assert sum(entry.amount for entry in written) == -6
    assert written.filter(reversal_of__isnull=False).count() == 6


def test_1_5_agenda_is_withdrawn_when_the_objection_succeeds(offend, october, contest, li, zhou, actor, center, at):
    offend(li, "not_found", 5)
    month = october("posted")
    objection = contest(li, month)
    actions.answer_objection(objection=objection, upheld=True, reply="在二楼开会,有签到", by=actor(zhou), at=at)
    assert scenes.total(month, "李明") == 2
    states = [(item.clause, item.state, item.closed_note) for item in AgendaItem.objects.of(center)]
    assert states == [("1.5", "withdrawn", "异议成立,已更正"), ("1.8", "withdrawn", "异议成立,已更正")]


def test_1_5_a_criticism_issued_before_the_objection_succeeds_is_void(
    offend, october, contest, li, zhou, assessor, actor, center, at
):
    offend(li, "not_found", 5)
    month = october("posted")
    item = AgendaItem.objects.of(center).get(clause="1.5")
    paper = actions.issue_criticism(item=item, by=assessor, at=at)
    actions.answer_objection(objection=contest(li, month), upheld=True, reply="有签到", by=actor(zhou), at=at)
    paper.refresh_from_db()
    item.refresh_from_db()
    assert paper.void_reason == "异议成立,已更正"
    with pytest.raises(Refused, match="已撤销"):
        actions.issue_criticism(item=item, by=assessor, at=at)


def test_1_5_still_negative_after_the_objection_the_agenda_has_the_new_score(
    offend, october, contest, li, zhou, assessor, actor, center, at
):
    offend(li, "not_found", 6)
    month = october("posted")
    item = AgendaItem.objects.of(center).get(clause="1.5")
    first = actions.issue_criticism(item=item, by=assessor, at=at)
    actions.answer_objection(objection=contest(li, month), upheld=True, reply="有签到", by=actor(zhou), at=at)
    item.refresh_from_db()
    again = actions.issue_criticism(item=item, by=assessor, at=at)
    assert (item.state, item.total, first.data["score"], again.data["score"]) == ("open", -2, "−6", "−2")


def test_posted_edition_never_changes_a_correction_is_a_new_one(offend, october, contest, li, zhou, actor, at):
    offend(li, "games", 2)
    month = october("posted")
    actions.answer_objection(objection=contest(li, month), upheld=True, reply="属实", by=actor(zhou), at=at)
    month.refresh_from_db()
    rows = MonthResult.objects.of(month.center_id).filter(month=month, name="李明", sheet="month").order_by("edition")
    assert [(row.edition, row.total) for row in rows] == [(1, 8), (2, 9)]
    reasons = [posting.reason for posting in Posting.objects.of(month.center_id).order_by("edition")]
    assert reasons[0] == ""
    assert reasons[1].startswith("异议成立(YY-")


def test_upheld_fact_stays_withdrawn_when_collected_again(offend, october, contest, li, zhou, actor, at):
    offend(li, "games", 2)
    month = october()
    actions.answer_objection(objection=contest(li, month), upheld=True, reply="属实", by=actor(zhou), at=at)
    again = october()
    assert scenes.total(again, "李明") == 9


def test_dismissed_objection_changes_nothing(offend, october, contest, li, zhou, actor, at):
    offend(li, "games", 2)
    month = october("posted")
    objection = actions.answer_objection(objection=contest(li, month), upheld=False, reply="有照片", by=actor(zhou), at=at)
    assert (objection.state, objection.reply, scenes.total(month, "李明")) == ("dismissed", "有照片", 8)


def test_1_9_nobody_answers_the_own_objection(offend, october, contest, zhou, actor, at):
    offend(zhou, "games")
    objection = contest(zhou, october())
    with pytest.raises(Refused, match="不能答复自己的异议") as refused:
        actions.answer_objection(objection=objection, upheld=True, reply="x", by=actor(zhou), at=at)
    assert refused.value.clause == "1.9"


def test_1_9_whoever_recorded_the_fact_does_not_answer(offend, october, contest, li, zhou, actor, center, at):
    from shouwen.attendance.models import PostCheck

    offend(li, "games")
    PostCheck.objects.of(center).update(checker=zhou)
    objection = contest(li, october())
    with pytest.raises(Refused, match="须由他人答复"):
        actions.answer_objection(objection=objection, upheld=True, reply="x", by=actor(zhou), at=at)


def test_only_the_own_line_may_be_contested(offend, october, li, zhang, actor, at):
    offend(li, "games")
    entry = queries.live_entries(october())[0]
    with pytest.raises(Refused, match="只能对本人的扣分"):
        actions.object_to(entry=entry, text="x", by=actor(zhang), at=at)


def test_a_line_is_contested_once_at_a_time(offend, october, contest, li):
    offend(li, "games")
    month = october()
    contest(li, month)
    with pytest.raises(Refused, match="正在处理"):
        contest(li, month)


def test_open_objection_blocks_posting_and_final(offend, october, contest, li, assessor, at):
    offend(li, "games")
    month = october("frozen")
    contest(li, month)
    with pytest.raises(Refused, match="还有 1 件异议没有答复"):
        actions.post(month=month, by=assessor, at=at)


def test_1_2_objection_days_once_decided_close_the_route_and_hold_back_final(
    offend, october, contest, li, zhou, actor, assessor, at
):
    org.record_decision(
        kind="objection_days", decided_date=date(2026, 9, 1), decided_by="班子会", text="五个工作日", value=5, active_from=date(2026, 9, 1),
        by=actor(zhou), at=at,
    )  # fmt: skip
    offend(li, "games")
    month = october("posted")
    assert queries.postings(month)[0].until_date == date(2026, 11, 30)
    with pytest.raises(Refused, match="异议期到 11月30日 止"):
        actions.finalise(month=month, by=assessor, at=at)
    entry = queries.live_entries(month)[0]
    with pytest.raises(Refused, match="异议期已于 11月30日 截止"):
        actions.object_to(entry=entry, text="x", by=actor(li), at=at + timedelta(days=8))


def test_final_month_takes_no_objection(offend, october, contest, li):
    offend(li, "games")
    month = october("final")
    with pytest.raises(Refused, match="已定案"):
        contest(li, month)
