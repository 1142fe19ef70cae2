"""Random walks over a hall beside a simple model: 2,500 steps, and after each the tables say what the model says."""

import random
from datetime import timedelta

import pytest

from shouwen.core.errors import Refused
from shouwen.reception import actions
from shouwen.reception.models import Matter, Period, Ticket
from shouwen.reception.queries.queue_floor import forget
from tests.reception.queue_scene import open_scene

STEPS, WALKS = 1_250, 2
AFTER = {
    "call": {"waiting", "passed", "parked"},
    "recall": {"called"},
    "begin": {"called"},
    "pass": {"called"},
    "park": {"called", "serving"},
    "finish": {"serving"},
    "leave": {"waiting", "called", "passed", "parked"},
    "back": {"passed", "parked"},
    "transfer": {"waiting", "called", "serving", "parked"},
}


class Model:
    """What a hall is, told simply: each leg's state, who is at which counter, how often it was called."""

    def __init__(self, scene):
        self.scene, self.state, self.desk, self.calls, self.issued = scene, {}, {}, {}, {"A": 0, "B": 0}

    def at_desk(self, counter):
        return next((pk for pk, where in self.desk.items() if where == counter.pk), None)

    def set(self, ticket, state, counter=None):
        self.state[ticket.pk] = state
        self.desk.pop(ticket.pk, None)
        if state in ("called", "serving"):
            self.desk[ticket.pk] = counter.pk


class Walk:
    def __init__(self, scene, seed, start):
        self.scene, self.dice, self.at, self.model = scene, random.Random(seed), start, Model(scene)

    def step(self):
        self.at += timedelta(seconds=self.dice.randint(0, 3))
        kinds = ["take", "take", "next", "next", *AFTER]
        kind = self.dice.choice(kinds)
        if kind in ("take", "next"):
            getattr(self, kind)()
        elif self.model.state:
            self.act(kind)

    def take(self):
        queue = self.dice.choice([self.scene.a, self.scene.b])
        priority = self.dice.choice(["", "", "elderly", "disabled"])
        if sum(state == "waiting" for state in self.model.state.values()) > 12:
            return
        ticket = self.scene.take(self.at, queue, priority=priority, reason="自述" if priority else "")
        self.model.issued[queue.prefix] += 1
        assert ticket.label == f"{queue.prefix}{self.model.issued[queue.prefix]:03}"
        self.model.set(ticket, "waiting")
        self.model.calls[ticket.pk] = 0

    def next(self):
        counter = self.dice.choice([self.scene.two, self.scene.three])
        busy = self.model.at_desk(counter)
        try:
            ticket = self.scene.call(self.at, counter)
        except Refused:
            assert busy is not None or not self.callable(counter)
            return
        assert busy is None
        assert self.model.state[ticket.pk] == "waiting"
        self.model.set(ticket, "called", counter)
        self.model.calls[ticket.pk] += 1

    def callable(self, counter):
        """Anybody who waits for the counter and was not called in the last five minutes."""
        queues = [self.scene.a.pk] if counter == self.scene.two else [self.scene.a.pk, self.scene.b.pk]
        rows = Ticket.objects.of(self.scene.center).filter(status="waiting", queue_id__in=queues)
        return [row for row in rows if row.called_at is None or self.at - row.called_at >= timedelta(minutes=5)]

    def act(self, kind):
        pk = self.dice.choice(
            [pk for pk, state in self.model.state.items() if state not in ("finished", "left")] or list(self.model.state)
        )
        ticket = Ticket.objects.of(self.scene.center).select_related("queue", "inquiry", "item", "person").get(pk=pk)
        counter = self.dice.choice([self.scene.two, self.scene.three])
        allowed = self.model.state[pk] in AFTER[kind] and not (kind == "call" and self.model.at_desk(counter) is not None)
        if kind == "recall" and self.model.calls[pk] >= 3:
            allowed = False
        try:
            done = self.perform(kind, ticket, counter)
        except Refused:
            assert not allowed or kind == "transfer"
            return
        assert allowed
        self.follow(kind, ticket, counter, done)

    def perform(self, kind, ticket, counter):
        who = {
            "by": self.scene.zhang if (ticket.counter_id or counter.pk) == self.scene.two.pk else self.scene.li,
            "at": self.at,
        }
        if kind == "call":
            return actions.call_ticket(ticket=ticket, counter=counter, **who)
        if kind == "transfer":
            queue = self.scene.b if ticket.queue_id == self.scene.a.pk else self.scene.a
            return actions.transfer_ticket(ticket=ticket, queue=queue, **who)
        if kind == "finish":
            holders = Matter.objects.of(self.scene.center).filter(inquiry=ticket.inquiry, status="open", outcome="")
            mine = all(matter.holder_id == who["by"].member.pk for matter in holders)
            return actions.finish_ticket(ticket=ticket, answer="已答复" if mine else "", **who)
        verbs = {"back": "return_ticket"}
        return getattr(actions, verbs.get(kind, f"{kind}_ticket"))(ticket=ticket, **who)

    def follow(self, kind, ticket, counter, done):
        model, pk = self.model, ticket.pk
        if kind == "call":
            model.set(ticket, "called", counter)
            model.calls[pk] += 1
        elif kind == "recall":
            model.calls[pk] += 1
        elif kind == "begin":
            model.state[pk] = "serving"
        elif kind == "pass":
            model.set(ticket, "passed" if model.calls[pk] >= 3 else "waiting")
        elif kind == "back":
            model.calls[pk] = 0 if model.state[pk] == "passed" else model.calls[pk]
            model.set(ticket, "waiting")
        elif kind == "transfer":
            model.set(ticket, "finished")
            model.set(done, "waiting")
            model.calls[done.pk] = 0
            assert (done.label, done.rank_at) == (ticket.label, ticket.rank_at)
        else:
            model.set(ticket, {"park": "parked", "finish": "finished", "leave": "left"}[kind])


def agree(walk):
    """Tables and model say the same; the log's last word is the state; nobody is at two counters, no counter has two."""
    rows = Ticket.objects.of(walk.scene.center)
    assert dict(rows.values_list("pk", "status")) == walk.model.state
    last = {}
    for ticket, state in Period.objects.of(walk.scene.center).order_by("at", "id").values_list("ticket_id", "state"):
        last[ticket] = state
    assert last == walk.model.state
    there = dict(rows.filter(status__in=("called", "serving")).values_list("pk", "counter_id"))
    assert there == walk.model.desk
    assert len(set(there.values())) == len(there)


@pytest.mark.parametrize("seed", range(WALKS))
def test_random_steps_leave_the_tables_as_the_model_says(cast, hm, seed):
    walk = Walk(open_scene(cast, hm("8:00")), seed, hm("8:40"))
    for number in range(STEPS):
        walk.step()
        if number % 50 == 0:
            agree(walk)
    agree(walk)
    assert {"finished", "left"} <= set(walk.model.state.values())
    forget(walk.scene.center)
