"""Random walks over whole cases: at each step one holder, a story that adds up, a projection that holds ("4.2", "3.3").

Moves are tried whether or not they are allowed; what is refused must leave nothing behind. Time goes on over the National Day
holidays, their make-up days and a local closure.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from shouwen.cases import actions, queries
from shouwen.cases.models import Breach, Case
from shouwen.cases.queries.ledger import ledger_of, project
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.reception import queries as reception
from shouwen.reception.models import Holding
from shouwen.workcalendar.queries import day_table
from tests.cases.hall import ALL, fresh, when

CASES, STEPS = 80, 126
START = when("09-21 08:40")
DEFECTS = {1: "缺", 2: "缺", 3: "缺"}


@pytest.fixture
def _papers_unprinted(monkeypatch):
    """Ten thousand steps would print for minutes; the papers have their own tests."""
    from shouwen.cases import documents
    from shouwen.documents.models import Document

    monkeypatch.setattr(documents, "paper", lambda case, kind, data, **more: Document(kind=kind, code=""))


class Walk:
    def __init__(self, hall, seed: int) -> None:
        self.hall, self.dice, self.now = hall, random.Random(seed), START + timedelta(days=seed % 9, minutes=seed)
        version = self.dice.choice(hall.items)
        lines = self.dice.choice([ALL, {1: ""}, {1: "", 2: ""}, {}])
        self.case = actions.receive_case(
            matter=hall.matter(self.now), version=version, person=hall.person, lines=lines, by=hall.actor(), at=self.now
        )

    def step(self) -> None:
        self.now += timedelta(minutes=self.dice.choice([1, 20, 90, 400, 1440, 2 * 1440]))
        try:
            self.dice.choice(MOVES)(self, self.case)
        except Refused as refused:
            if "他人处理" in refused.message:
                self.case.refresh_from_db()

    def act(self, action, case, by=None, **more) -> None:
        getattr(actions, action)(case=case, by=self.hall.actor(by), at=self.now, **more)

    def sweep(self) -> None:
        if actions.sweep(by=system(self.hall.center), at=self.now):
            self.case.refresh_from_db()


MOVES = (
    lambda walk, case: walk.sweep(),
    lambda walk, case: walk.act("tell_missing", case, defects=DEFECTS),
    lambda walk, case: walk.act("tell_missing", case, defects=DEFECTS, reason="漏", approver=walk.hall.cast.zhou),
    lambda walk, case: (
        walk.dice.random() < 0.4
        and walk.act("take_materials", case, lines={walk.dice.randint(1, 4): walk.dice.choice(["", "", "不清"])})
    ),
    lambda walk, case: walk.dice.random() < 0.4 and walk.act("take_materials", case, lines={1: "", 2: "", 3: ""}),
    lambda walk, case: walk.act("accept_case", case, promises={3: walk.now.date() + timedelta(days=walk.dice.randint(0, 9))}),
    lambda walk, case: walk.act("pause_case", case, ground="test", needed_days=walk.dice.randint(1, 9)),
    lambda walk, case: walk.act(
        "pause_case", case, ground="test", needed_days=2, started_at=walk.now - timedelta(days=1), approver=walk.hall.cast.zhou
    ),
    lambda walk, case: walk.act("resume_case", case),
    lambda walk, case: walk.act("resume_case", case),
    lambda walk, case: walk.act("extend_case", case, n=walk.dice.randint(1, 10), reason="繁", approver=walk.hall.cast.wang),
    lambda walk, case: walk.act(
        "expedite_case", case, n=walk.dice.randint(1, 9), reason="急", requested_by="本人", approver=walk.hall.cast.zhou
    ),
    lambda walk, case: walk.act("settle_promise", case, walk.hall.cast.zhou, position=3, to=None, reason="可核验"),
    lambda walk, case: (
        walk.dice.random() < 0.2
        and walk.act("correct_case", case, field="result_number", value=str(walk.dice.random()), reason="笔误")
    ),
    lambda walk, case: walk.dice.random() < 0.5 and walk.act("decide_case", case, decision="granted"),
    lambda walk, case: walk.dice.random() < 0.3 and walk.act("deliver_result", case, way="counter"),
    lambda walk, case: walk.dice.random() < 0.03 and walk.act("withdraw_case", case, reason="不办了"),
    lambda walk, case: walk.dice.random() < 0.03 and walk.act("decline_case", case, reason="不属于", basis="第三十二条"),
)


def check(case: Case, at: datetime) -> None:
    """One holder while the matter is open; the story adds up; the projection is what the ledger says; breaches once."""
    held = Holding.objects.of(case.center_id).filter(matter=case.matter_id, ended_at__isnull=True).count()
    assert held == (0 if case.ended_at else 1)
    assert (reception.holder_of(case.matter, at) is None) == (case.ended_at is not None)
    told = queries.replay(case)
    assert queries.stored(case, told) == told
    wanted = project(case, ledger_of(case), day_table(case.center))
    assert {name: getattr(case, name) for name in wanted} == wanted
    sources = list(Breach.objects.of(case.center_id).filter(case=case).values_list("source", flat=True))
    assert len(sources) == len(set(sources))


@pytest.mark.usefixtures("_papers_unprinted")
def test_ten_thousand_steps_keep_one_holder_and_one_story(hall):
    from shouwen.workcalendar.actions import declare_closure
    from shouwen.workcalendar.queries import ClosureDraft

    hall.items = [
        hall.item,
        hall.version("短的", promised_limit=3, statutory_limit=5),
        hall.version("无法定", statutory_limit=None),
    ]
    hall.items.append(hall.version("当日", promised_limit=0, statutory_limit=2, correction_days=4))
    draft = ClosureDraft(date(2026, 10, 13), date(2026, 10, 14), "停电")
    declare_closure(draft=draft, by=hall.actor(hall.cast.zhou), at=START)
    ends, steps = set(), 0
    for seed in range(CASES):
        walk = Walk(hall, seed)
        for number in range(STEPS):
            walk.step()
            steps += 1
            if number % 30 == 0:
                check(fresh(walk.case), walk.now)
        ends.add(fresh(walk.case).status)
        check(fresh(walk.case), walk.now)
    assert steps >= 10_000
    assert ends >= {"delivered", "withdrawn", "declined"}
