"""The month's way as a machine: whatever people try in whatever order, it only moves forward and its numbers only change where they may."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shouwen.assessment import actions, queries
from shouwen.assessment.models import Entry, MonthResult, Objection
from shouwen.attendance.models import PostCheck
from shouwen.core.errors import Refused
from tests.assessment import scenes
from tests.factories import actor

ORDER = ["provisional", "frozen", "posted", "final"]
FLOW = {"freeze": ("provisional", "frozen"), "post": ("frozen", "posted"), "finalise": ("posted", "final")}


class Machine(RuleBasedStateMachine):
    """`model` is what the month should be; every rule says when it may happen."""

    cast = None
    at = None
    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.assessor, self.leader = actor(self.cast.sun), actor(self.cast.zhou)
        self.month = actions.collect(month=date(2026, 10, 1), by=self.assessor, at=self.at)
        self.model = "provisional"
        self.posted: dict[int, list] = {}

    def step(self, name: str) -> None:
        before, after = FLOW[name]
        may = self.model == before and not self.open() and not (name == "post" and queries.unconfirmed(self.month))
        if before == "provisional":
            may = self.model == before
        try:
            getattr(actions, name)(month=self.month, by=self.assessor, at=self.at)
            happened = True
        except Refused:
            happened = False
        assert happened == may
        self.model = after if happened else self.model
        self.month.refresh_from_db()

    def open(self) -> int:
        return Objection.objects.of(self.cast.center).filter(month=self.month, state="open").count()

    @rule()
    def collect(self) -> None:
        actions.collect(month=date(2026, 10, 1), by=self.assessor, at=self.at)
        self.month.refresh_from_db()

    @rule()
    def offence(self) -> None:
        seen = PostCheck.objects.of(self.cast.center).count()
        if seen < 12:
            scenes.offend(self.cast.li, "games", first=seen)

    @rule()
    def freeze(self) -> None:
        self.step("freeze")

    @rule()
    def confirm(self) -> None:
        for result in queries.unconfirmed(self.month) if self.model == "frozen" else ():
            actions.confirm_result(result=result, by=self.leader, at=self.at)

    @rule()
    def post(self) -> None:
        self.step("post")

    @rule()
    def finalise(self) -> None:
        self.step("finalise")

    @rule()
    def forward(self) -> None:
        """What a good assessor does next."""
        self.answer()
        self.confirm()
        for name, (before, _) in FLOW.items():
            if before == self.model:
                self.step(name)
                return

    @rule()
    def object_to(self) -> None:
        lines = [entry for entry in queries.live_entries(self.month) if entry.member_id == self.cast.li.pk]
        if lines and not self.open() and self.model != "final":
            actions.object_to(entry=lines[0], text="在岗", by=actor(self.cast.li), at=self.at)

    @rule()
    def answer(self) -> None:
        for objection in Objection.objects.of(self.cast.center).filter(state="open").select_related("month", "entry", "member"):
            actions.answer_objection(objection=objection, upheld=True, reply="属实", by=self.leader, at=self.at)
        self.month.refresh_from_db()

    @invariant()
    def it_only_moves_forward(self) -> None:
        assert self.month.state == self.model
        self.reached.add(self.model)

    @invariant()
    def the_ledger_adds_up(self) -> None:
        row = MonthResult.objects.of(self.cast.center).get(
            month=self.month, edition=self.month.edition, sheet="month", name="李明"
        )
        lines = Entry.objects.of(self.cast.center).filter(month=self.month, subject=self.cast.li.code)
        assert row.total == 10 + sum(entry.amount for entry in lines)

    @invariant()
    def what_was_posted_never_changes(self) -> None:
        rows = MonthResult.objects.of(self.cast.center).filter(month=self.month).order_by("edition", "sheet", "subject")
        for edition in range(1, self.month.edition + 1):
            found = [(row.sheet, row.subject, row.exact) for row in rows if row.edition == edition]
            if edition < self.month.edition or self.month.is_posted:
                assert self.posted.setdefault(edition, found) == found


@pytest.mark.django_db
def test_1_2_month_s_state_machine(founding, cast, at):
    from django.db import transaction

    class Rolled(Machine):
        """Each example in a savepoint of its own."""

        def __init__(self) -> None:
            self.save = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.save)

    Rolled.cast, Rolled.at = cast, at
    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=20,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Rolled.reached == set(ORDER)
