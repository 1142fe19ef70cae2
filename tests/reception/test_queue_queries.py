"""What people ask a queue: the wait, my place, the hall, the workbench; learned from what happened, with our own error."""

from datetime import timedelta

import pytest

from shouwen.core.actors import system
from shouwen.reception import actions, queries
from shouwen.reception.models import ServiceTime, WaitError
from shouwen.reception.queries.queue_floor import forget, queue_rules
from shouwen.rules.queueing import QueueRules
from tests import factories
from tests.reception.queue_scene import open_scene


@pytest.fixture
def scene(cast, hm):
    return open_scene(cast, hm("8:00"))


def test_the_wait_counts_counters_that_will_open_before_anybody_did(scene, hm):
    assert queries.estimate(scene.center, scene.a, hm("8:10")).minutes == 20
    scene.take(hm("9:00")), scene.take(hm("9:00"))
    wait = queries.estimate(scene.center, scene.a, hm("9:00"))
    assert (wait.minutes, wait.ahead, wait.starts_at, wait.mean_error) == (10, 2, hm("9:10"), None)


def test_only_open_counters_count_once_one_is_open(scene, hm):
    for _ in range(3):
        scene.take(hm("9:00"))
    scene.call(hm("9:00"))
    assert queries.estimate(scene.center, scene.a, hm("9:00")).minutes == 30
    actions.set_counter_state(counter=scene.three, state="open", by=scene.li, at=hm("9:00"))
    assert queries.estimate(scene.center, scene.a, hm("9:00")).minutes == 10


def test_at_noon_those_who_left_are_expected_back_but_not_who_went_home(scene, hm):
    for counter, by in ((scene.two, scene.zhang), (scene.three, scene.li)):
        actions.set_counter_state(counter=counter, state="closed", by=by, at=hm("12:01"))
    assert queries.estimate(scene.center, scene.a, hm("12:30")).starts_at == hm("14:00")
    for counter, by in ((scene.two, scene.zhang), (scene.three, scene.li)):
        actions.set_counter_state(counter=counter, state="closed", by=by, at=hm("16:00"))
    assert queries.estimate(scene.center, scene.a, hm("16:30")).span == "暂无开放窗口"


def test_my_place_and_then_my_counter(scene, hm):
    scene.take(hm("9:00"))
    mine = scene.take(hm("9:01"))
    place = queries.line(scene.center, mine, hm("9:02"))
    assert (place.place, place.waiting, place.reason, place.clause) == (2, 2, "按取号先后,已等 1 分钟", "3.1")
    scene.serve(hm("9:03"), hm("9:04"))
    scene.call(hm("9:05"))
    mine.refresh_from_db()
    place = queries.line(scene.center, mine, hm("9:05"))
    assert (place.status, place.place, place.counter, place.wait) == ("called", None, scene.two, None)


def test_the_hall_screen_has_the_last_call_first(scene, hm):
    for _ in range(3):
        scene.take(hm("9:00"))
    scene.serve(hm("9:01"), hm("9:02"))
    scene.call(hm("9:03"))
    seen = queries.hall(scene.center, hm("9:04"))
    assert [(one.label, one.counter_number, one.status) for one in seen.calls] == [
        ("A002", 2, "called"),
        ("A001", 2, "finished"),
    ]
    assert (seen.waiting, [(one.queue.prefix, one.waiting) for one in seen.queues]) == (1, [("A", 1), ("B", 0)])
    assert [one.label for one in queries.now_serving(scene.center, hm("9:04"))] == ["A002"]
    assert queries.hall(scene.center, hm("9:04"), only=[scene.b.code]).calls == []


def test_the_workbench_knows_who_is_here_and_who_is_next(scene, hm):
    first, _ = scene.take(hm("9:00")), scene.take(hm("9:01"))
    scene.take(hm("9:02"), scene.b)
    scene.call(hm("9:03"))
    bench = queries.workbench(scene.zhang, hm("9:04"))
    assert (bench.counter, bench.state, bench.current, bench.next.ticket.ticket) == (scene.two, "open", first, "A002")
    assert [row["label"] for row in bench.waiting] == ["A002"]
    other = queries.workbench(scene.li, hm("9:04"))
    assert (other.state, other.next.ticket.ticket, [row["label"] for row in other.waiting]) == (
        "closed",
        "B001",
        ["A002", "B001"],
    )


def test_another_center_sees_none_of_it(scene, hm):
    scene.take(hm("9:00"))
    there = factories.actor(scene.cast.zhao)
    assert queries.hall(there.center, hm("9:01")).queues == []
    assert queries.waiting_rows(there.center, hm("9:01")) == []
    assert queries.workbench(there, hm("9:01")).waiting == []


def test_numbers_of_the_rulebook_are_the_defaults_without_one(scene, hm):
    assert queue_rules(None) == QueueRules()


def busy_day(scene, hm, day):
    """Six visits of four minutes at counter 2, each waiting for the one before."""
    at = hm("9:00", day)
    for number in range(6):
        scene.take(at + timedelta(seconds=number))
    for number in range(6):
        start = at + timedelta(minutes=4 * number + 1)
        scene.serve(start, start + timedelta(minutes=4))


def test_the_night_learns_how_long_visits_take_and_how_wrong_we_were(scene, hm):
    busy_day(scene, hm, 23)
    night = system(scene.center)
    assert [actions.learn(by=night, at=hm("1:00", 24)) for _ in range(2)] == [2, 2]
    whole = ServiceTime.objects.of(scene.center).get(counter_key="")
    assert (whole.count, whole.mean, whole.variance) == (6, 240.0, 0.0)
    # Told 0, 0, 10, 10, 20, 20 minutes (two counters of ten minutes); it was 1, 5, 9, 13, 17, 21.
    error = WaitError.objects.of(scene.center).get()
    assert (error.count, round(error.bias / 60, 1), round(error.mean_error / 60, 1)) == (6, -1.0, 2.3)


def test_what_was_learned_is_told_the_next_day_with_our_error(scene, hm):
    busy_day(scene, hm, 23)
    actions.learn(by=system(scene.center), at=hm("1:00", 24))
    scene.take(hm("9:00", 24))
    scene.call(hm("9:00", 24))
    wait = queries.estimate(scene.center, scene.a, hm("9:00", 24))
    # 600 drawn to 240 by 6 of 11, and again by 6 of 11 for the counter itself.
    assert (wait.seconds, round(wait.mean_error / 60, 1)) == (314, 2.3)
    assert [(queue.prefix, count) for queue, count, *_ in queries.past_errors(scene.center, hm("9:00", 24).date())] == [
        ("A", 6)
    ]


def test_the_back_test_asks_todays_algorithm_about_a_past_day(scene, hm):
    actions.set_counter_state(counter=scene.two, state="open", by=scene.zhang, at=hm("8:55"))
    busy_day(scene, hm, 23)
    actions.set_counter_state(counter=scene.two, state="closed", by=scene.zhang, at=hm("17:30"))
    before = queries.backtest(scene.center, hm("9:00").date())
    actions.learn(by=system(scene.center), at=hm("1:00", 24))
    after = queries.backtest(scene.center, hm("9:00").date())
    assert (before.count, after.count) == (6, 6)
    assert after.mean_error < before.mean_error / 2


def test_a_change_is_seen_at_once_by_the_process_that_made_it(scene, hm):
    leader = factories.actor(scene.cast.zhou)
    told = {"name": "社保医保", "ordinary_minutes": 30, "by": leader, "at": hm("9:00")}
    scene.take(hm("9:00")), scene.take(hm("9:00"))
    assert queries.estimate(scene.center, scene.a, hm("9:00")).minutes == 10
    actions.change_queue(queue=scene.a, **told)
    assert queries.estimate(scene.center, scene.a, hm("9:00")).minutes == 30
    forget(scene.center)
