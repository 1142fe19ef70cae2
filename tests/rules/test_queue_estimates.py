"""How long somebody waits: the worked values of docs/explain/queue.md, and how wrong an estimate is over a made-up month."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shouwen.rules import queueing
from shouwen.rules.queueing import Desk, Learned, QueueRules, ServiceTimes, Serving, Visit, Waiting

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RULES = QueueRules()
TEN = ServiceTimes(ordinary={"A": 10, "B": 4})
ONE, TWO = Desk("1", frozenset("A")), Desk("2", frozenset("A"))


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def line(count: int, queue: str = "A") -> list[Waiting]:
    return [Waiting(f"{queue}{number:03}", after(-count + number - 1), queue) for number in range(1, count + 1)]


def told(tickets, desks, times=TEN, **more):
    answer = queueing.estimate(tickets, desks, NINE, times, RULES, **({"newcomer": Waiting("", NINE, "A")} | more))
    return answer.seconds if answer.seconds is None else answer.seconds / 60


@pytest.mark.parametrize(
    ("waiting", "desks", "minutes"),
    [
        (0, [ONE], 0),
        (3, [ONE], 30),
        (3, [ONE, TWO], 10),
        (4, [ONE, TWO], 20),
        (0, [Desk("1", frozenset("A"), serving=Serving("A", "", after(-4)))], 6),
        (0, [Desk("1", frozenset("A"), serving=Serving("A", "", after(-20)))], 2.5),
        (0, [Desk("1", frozenset("A"), serving=Serving("A"))], 10),
        (1, [Desk("1", frozenset("A"), opens_at=after(5))], 15),
        (2, [Desk("1", frozenset("B"))], None),
        (2, [], None),
    ],
)
def test_the_wait_of_somebody_who_takes_a_number_now(waiting, desks, minutes):
    assert told(line(waiting), desks) == minutes


def test_one_algorithm_tells_both_waits():
    tickets = line(3)
    assert told(tickets, [ONE], newcomer=None, ticket="A003") == 20
    assert told(tickets[:2], [ONE]) == 20
    assert told(tickets, [ONE], newcomer=None, ticket="A009") is None


def test_priority_and_other_queues_count_as_they_are_called():
    tickets = [*line(2), Waiting("B001", after(-5), "B")]
    both = Desk("1", frozenset("A"), frozenset("B"))
    assert told(tickets, [both], newcomer=Waiting("", NINE, "A", priority="elderly")) == 0
    assert told(tickets, [both]) == 20
    assert told(tickets, [both], newcomer=Waiting("", NINE, "B")) == 24


def test_the_hall_is_closed_at_noon_and_after_closing_time_goes_on():
    noon = [(after(-30), after(15)), (after(135), after(180))]
    assert [told(line(count), [ONE], sessions=noon) for count in (1, 2, 6, 8)] == [10, 135, 175, 195]


def test_the_span_widens_with_every_visit_in_between():
    answers = [queueing.estimate(line(n), [ONE], NINE, TEN, RULES, newcomer=Waiting("", NINE, "A")) for n in (0, 1, 4)]
    assert [(one.low, one.seconds, one.high, one.ahead) for one in answers] == [
        (0, 0, 0, 0),
        (139, 600, 1061, 1),
        (1478, 2400, 3322, 4),
    ]


def test_what_was_seen_outweighs_what_was_assumed_the_more_often_it_was_seen():
    learned = {("A", "", ""): Learned(5, 1200, 0), ("A", "", "3"): Learned(15, 300, 0)}
    times = ServiceTimes(learned, {"A": 10})
    assert times.expected("A", "", "1")[0] == 900
    assert times.expected("A", "", "3")[0] == 450
    assert times.expected("Z", "", "3")[0] == 600


def test_learning_gives_every_level_and_leaves_forgotten_visits_out():
    seen = queueing.learn([("A", "i", "1", 300), ("A", "i", "2", 500), ("A", "", "1", 20_000), ("A", "", "1", 0)])
    assert seen[("A", "", "")] == Learned(2, 400, 20_000)
    assert {key: one.count for key, one in seen.items()} == {
        ("A", "", ""): 2, ("A", "", "1"): 1, ("A", "", "2"): 1, ("A", "i", ""): 2, ("A", "i", "1"): 1, ("A", "i", "2"): 1,
    }  # fmt: skip


def test_accuracy_is_the_mean_error_and_the_bias():
    assert queueing.accuracy([(600, 540), (600, 900), (0, 0)]) == queueing.Accuracy(3, 120, -80, None)
    assert queueing.accuracy([]) is None


def made_up_day(day: int) -> list[Visit]:
    """A hall with two counters of different speed, played by chance: 60 people in four hours."""
    dice, free, visits = random.Random(day), {"1": 0.0, "2": 0.0}, []
    come = sorted(dice.uniform(0, 240) for _ in range(60))
    for number, minute in enumerate(come, 1):
        counter = min(free, key=lambda name: free[name])
        start = max(minute, free[counter])
        free[counter] = start + dice.lognormvariate(1.75, 0.5) * (1.5 if counter == "2" else 1)
        waiting = Waiting(f"A{number:03}", after(minute), "A")
        visits.append(Visit(waiting, after(minute), after(start), after(free[counter]), counter))
    return visits


def test_the_back_test_finds_learned_times_better_than_assumed_ones():
    days = [made_up_day(day) for day in range(12)]
    spent = [("A", "", one.counter, (one.finished_at - one.called_at).total_seconds()) for day in days[:8] for one in day]
    desks = {desk.counter: (desk, [(after(0), after(900))]) for desk in (ONE, TWO)}

    def tested(times):
        return [queueing.backtest(day, desks, times, RULES) for day in days[8:]]

    learned, assumed = tested(ServiceTimes(queueing.learn(spent))), tested(TEN)
    mean = [sum(one.mean_error for one in results) / 240 for results in (learned, assumed)]
    assert mean[0] < 0.8 * mean[1]
    assert mean[0] < 5
    assert 0.6 < sum(one.inside for one in learned) / 4 < 0.97
