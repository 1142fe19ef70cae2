"""A stored batch (L31; "3.3"): a reason, every case checked again, a result each, and it goes on after a kill."""

from __future__ import annotations

import pytest

from shouwen.cases.actions import batch as actions
from shouwen.cases.models import Batch, BatchItem, Case, Delivery
from shouwen.cases.queries import batch as queries
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.reception.models import HandOver, Urging
from tests.cases.hall import fresh, when


@pytest.fixture
def cases(hall):
    return [fresh(hall.accepted(f"11-23 09:0{n}")) for n in range(3)]


@pytest.fixture
def start(hall, cases):
    def started(action="hand_over", by=None, at="11-23 10:00", chosen=None, **more):
        told = {"reason": "李明下周学习", "options": {"receiver": hall.cast.zhang.code, "text": "请抓紧"}} | more
        actor = hall.actor(by or hall.cast.li)
        return actions.start_batch(action=action, cases=chosen or cases, by=actor, at=when(at), **told)

    return started


def run(batch, hall, at="11-23 10:01", **more):
    return actions.run_batch(batch=batch, by=system(hall.center), at=when(at), **more)


def results(batch):
    return list(queries.batch_items(batch).values_list("status", "words"))


def test_l31_an_action_is_done_to_every_case_with_a_result_each(start, hall):
    batch = start()
    assert (run(batch, hall), results(batch)) == (0, [("done", "已移交张敏，待接手")] * 3)
    batch.refresh_from_db()
    assert (batch.status, HandOver.objects.of(hall.center).filter(receiver=hall.cast.zhang).count()) == ("done", 3)


def test_a_reason_is_mandatory_and_so_are_cases_and_the_right_role(start, hall):
    for more, words in [
        ({"reason": " "}, "必须写明原因"),
        ({"options": {}}, "请选择接手人"),
        ({"action": "recompute"}, "您不能批量"),
    ]:
        with pytest.raises(Refused, match=words) as refused:
            start(**more)
        assert refused.value.clause == "3.3"


def test_each_case_is_checked_again_when_its_turn_comes(start, hall, cases):
    batch = start()
    hall.do("withdraw_case", cases[1], "11-23 10:00", reason="申请人要求")
    run(batch, hall)
    assert [status for status, _ in results(batch)] == ["done", "refused", "done"]
    assert results(batch)[1][1] == "这件事已经办结,请刷新后再看"


def test_roles_lost_since_then_are_noticed(start, hall):
    batch = start(action="urge", by=hall.cast.zhou)
    hall.cast.zhou.role_grants.update(active_to="2026-11-24")
    run(batch, hall, at="11-25 10:00")
    assert results(batch) == [("refused", "发起人已没有办理此事的权限")] * 3
    assert Urging.objects.of(hall.center).count() == 0


def test_l31_killed_in_the_middle_it_goes_on_where_it_was(start, hall, monkeypatch):
    batch, done = start(action="urge", by=hall.cast.zhou), []
    real = actions._urge

    def dies(case, options, by, at):
        words = real(case, options, by, at)
        done.append(case)
        if len(done) == 2:
            raise KeyboardInterrupt
        return words

    monkeypatch.setitem(actions.HANDLERS, "urge", actions.Handler(dies, actions.HANDLERS["urge"].roles))
    with pytest.raises(KeyboardInterrupt):
        run(batch, hall)
    assert [status for status, _ in results(batch)] == ["done", "waiting", "waiting"]
    assert (run(batch, hall), [status for status, _ in results(batch)]) == (0, ["done"] * 3)
    assert Urging.objects.of(hall.center).count() == 3


def test_a_run_does_only_so_many_and_the_tick_does_the_rest(start, hall):
    batch = start()
    assert run(batch, hall, most=2) == 1
    assert actions.run_batches(by=system(hall.center), at=when("11-23 10:02")) == 1
    batch.refresh_from_db()
    assert (batch.status, actions.run_batches(by=system(hall.center), at=when("11-23 10:03"))) == ("done", 0)


def test_two_runs_share_the_items_and_do_none_twice(start, hall):
    batch = start(action="urge", by=hall.cast.zhou)
    item = BatchItem.objects.of(hall.center).filter(batch=batch).order_by("position").first()
    assert actions._claim(batch, item.pk, "done", when("11-23 10:01")).pk == item.pk
    assert actions._claim(batch, item.pk, "done", when("11-23 10:01")) is None
    run(batch, hall)
    assert Urging.objects.of(hall.center).count() == 2


def test_a_case_that_fails_does_not_stop_the_others(start, hall, monkeypatch):
    batch = start(action="urge", by=hall.cast.zhou)
    real, seen = actions._urge, []

    def breaks(case, *told):
        seen.append(case)
        return 1 / 0 if len(seen) == 1 else real(case, *told)

    monkeypatch.setitem(actions.HANDLERS, "urge", actions.Handler(breaks, actions.HANDLERS["urge"].roles))
    run(batch, hall)
    assert [status for status, _ in results(batch)] == ["refused", "done", "done"]


def test_stopping_leaves_the_rest_undone_and_only_asker_or_head_may(start, hall):
    batch = start()
    run(batch, hall, most=1)
    with pytest.raises(Refused, match="由发起人或中心负责人停止"):
        actions.stop_batch(batch=batch, by=hall.actor(hall.cast.zhang), at=when("11-23 10:02"))
    actions.stop_batch(batch=batch, by=hall.actor(), at=when("11-23 10:02"))
    run(batch, hall)
    assert [status for status, _ in results(batch)] == ["done", "waiting", "waiting"]


def test_posting_takes_each_parcels_own_number(start, hall, cases):
    for case in cases:
        hall.do("decide_case", case, "11-23 09:30", decision="granted")
    each = {case.code: {"parcel": f"EMS{n}"} for n, case in enumerate(cases[:2])}
    batch = start(action="post", each=each, options={})
    run(batch, hall)
    sent = Delivery.objects.of(hall.center).order_by("note").values_list("way", "note")
    assert list(sent) == [("post", "EMS0"), ("post", "EMS1")]
    assert results(batch)[2] == ("refused", "邮寄送达请写明快递单号")


def test_recomputing_says_what_moved(start, hall, cases):
    Case.objects.of(hall.center).filter(pk=cases[0].pk).update(current_due_at=when("12-01 17:30"))
    batch = start(action="recompute", by=hall.cast.zhou)
    run(batch, hall)
    assert [words for _, words in results(batch)] == ["时限由 12-01 17:30 改为 12-07 17:30", "时限未变", "时限未变"]


def test_the_same_form_sent_twice_is_one_batch(start, hall):
    assert start(token="t").pk == start(token="t").pk
    assert Batch.objects.of(hall.center).count() == 1


def test_clerks_see_their_own_batches_heads_all_others_none(start, hall):
    batch = start()
    seen = [
        list(queries.visible_batches(hall.actor(m))) for m in (hall.cast.li, hall.cast.zhang, hall.cast.chen, hall.cast.zhao)
    ]
    assert seen == [[batch], [], [batch], []]
