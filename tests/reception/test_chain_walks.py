"""Random walks over inquiries, hand-overs and stand-ins: whatever happens, exactly one person holds each matter ("4.2")."""

import random
from datetime import timedelta

import pytest

from shouwen.core.errors import Refused
from shouwen.org.models import Counter, Substitution
from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver, Holding, Matter
from shouwen.rules import chain as rules
from tests import factories

STEPS, SEEDS = 2500, (1, 2, 3, 4)
OUTCOMES = ["answered", "notified", "phone", "not_ours", "handed_over"]


class Walk:
    """A model beside the program: `holds` says who must hold each open matter, in whose name."""

    def __init__(self, cast, seed, at):
        self.random, self.cast, self.at = random.Random(seed), cast, at
        self.people = [cast.zhou, cast.zhang, cast.li, cast.wang]
        self.actors = {one.pk: factories.actor(one) for one in self.people}
        self.counters = list(Counter.objects.of(cast.center).order_by("number"))
        self.holds, self.matters, self.first, self.pending, self.done = {}, {}, {}, {}, 0

    def run(self, steps):
        kinds = [
            self.open,
            self.offer,
            self.offer,
            self.take,
            self.take,
            self.send_back,
            self.withdraw,
            self.close,
            self.stand_in,
            self.add,
        ]
        for _ in range(steps):
            self.at += timedelta(minutes=self.random.randint(0, 25))
            try:
                self.random.choice(kinds)()
                self.done += 1
            except Refused:
                pass

    def by(self):
        return self.actors[self.random.choice(self.people).pk]

    def any_matter(self):
        open_ones = list(self.holds)
        return self.matters[self.random.choice(open_ones)] if open_ones else None

    def open(self):
        if len(self.holds) > 12:
            return
        asked = self.random.choice(self.people)
        inquiry = actions.open_inquiry(
            channel=self.random.choice(["walk_in", "phone", "letter"]),
            subjects=[(None, "事")],
            first_asked=asked,
            by=self.by(),
            at=self.at,
        )
        self.opened(inquiry.matters.get(), asked)

    def add(self):
        if (matter := self.any_matter()) is not None and len(self.holds) < 15:
            by = self.by()
            self.opened(actions.add_matter(inquiry=matter.inquiry, subject="另一件", by=by, at=self.at), by.member)

    def opened(self, matter, asked):
        self.matters[matter.pk], self.holds[matter.pk], self.first[matter.pk] = matter, asked.pk, asked.pk

    def offer(self):
        if (matter := self.any_matter()) is None:
            return
        to = self.random.choice(
            [
                {"receiver": self.random.choice(self.people)},
                {"counter": self.random.choice(self.counters)},
                {"department": self.cast.affairs},
            ]
        )
        row = actions.hand_over(matter=matter, kind="escorted", **to, by=self.by(), at=self.at)
        self.pending[matter.pk] = row

    def some_offer(self):
        return self.random.choice(list(self.pending.values())) if self.pending else None

    def take(self):
        if (row := self.some_offer()) is not None:
            by = self.by()
            actions.take_over(hand_over=row, by=by, at=self.at)
            del self.pending[row.matter_id]
            self.holds[row.matter_id] = by.member.pk

    def send_back(self):
        if (row := self.some_offer()) is not None:
            actions.return_hand_over(hand_over=row, reason="应找别的窗口", by=self.by(), at=self.at)
            del self.pending[row.matter_id]

    def withdraw(self):
        if (row := self.some_offer()) is not None:
            actions.withdraw_hand_over(hand_over=row, by=self.by(), at=self.at)
            del self.pending[row.matter_id]

    def close(self):
        if (matter := self.any_matter()) is not None:
            outcome = self.random.choice(OUTCOMES)
            actions.close_matter(matter=matter, outcome=outcome, answer="好", by=self.by(), at=self.at)
            del self.holds[matter.pk]

    def stand_in(self):
        member, cover = self.random.sample(self.people, 2)
        ends = self.at + timedelta(minutes=self.random.randint(1, 90))
        Substitution.objects.create(
            center=self.cast.center, member=member, cover=cover, starts_at=self.at, ends_at=ends, source="walk"
        )

    def expected(self):
        """Who must act for each open matter now, reckoned from the substitutions alone."""
        rows = Substitution.objects.of(self.cast.center).filter(starts_at__lte=self.at, ends_at__gt=self.at)
        covers = {row.member_id: row.cover_id for row in rows.order_by("starts_at", "id")}
        return {pk: self.end_of(owner, covers) for pk, owner in self.holds.items()}

    @staticmethod
    def end_of(owner, covers):
        path = [owner]
        while covers.get(path[-1]) is not None:
            if covers[path[-1]] in path:
                return owner
            path.append(covers[path[-1]])
        return path[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_4_2_ten_thousand_steps_never_leave_a_matter_with_nobody_or_with_two(hall, seed, at):
    walk = Walk(hall, seed, at)
    for _ in range(STEPS // 25):
        walk.run(25)
        matters = list(Matter.objects.of(hall.center).filter(status="open"))
        found = {pk: holder.member.pk for pk, holder in queries.holders_of(matters, walk.at).items()}
        assert found == walk.expected()
    assert walk.done > STEPS // 4
    whole(hall.center, walk)


def whole(center, walk):
    """Every chain is gapless and is what its hand-overs tell; no matter is lost; the past answers as it did."""
    matters = {matter.pk: matter for matter in Matter.objects.of(center)}
    links, passings = {pk: [] for pk in matters}, {pk: [] for pk in matters}
    for row in Holding.objects.of(center).order_by("position"):
        links[row.matter_id].append(rules.Link(row.member_id, row.started_at, row.ended_at))
    for row in HandOver.objects.of(center).order_by("asked_at", "answered_at", "id"):
        passings[row.matter_id].append(
            rules.Passing(row.sender_id, row.asked_at, row.status, row.answered_at, row.answered_by_id)
        )
    assert set(matters) == set(walk.matters)
    for pk, matter in matters.items():
        told = rules.replay(walk.first[pk], matter.opened_at, passings[pk], matter.closed_at)
        assert (told, rules.faults(links[pk], matter.opened_at, matter.closed_at)) == (links[pk], [])
        assert (matter.status == "open") == (pk in walk.holds)
