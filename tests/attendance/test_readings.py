"""The rulebook's readings decide in attendance: changed by data alone, and each day by the version then in force ("1.10")."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.attendance import actions, queries
from shouwen.attendance.models import SlotResult
from shouwen.core.actors import system
from shouwen.core.errors import Refused
from shouwen.rulebook import actions as rulebook
from shouwen.rules import scoring
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import full_day, local

AT = local("2026-10-12", "08:00")
HALF = Span((date(2026, 10, 12), "pm"), (date(2026, 10, 12), "pm"))


@pytest.fixture
def reads(hall):
    """`reads("2026-10-01", R17="written")` puts the founding rulebook with other readings in force from a day on."""

    def run(day: str, **readings: str) -> None:
        first = local("2026-01-05", "09:00")
        wang, zhou = factories.actor(hall.wang, first), factories.actor(hall.zhou, first)
        rulebook.adopt_founding(center=hall.center, active_from=date(2026, 1, 5), by=system(hall.center), at=first)
        if not readings:
            return
        draft = rulebook.start_draft(note="改读法", by=wang, at=first)
        document = scoring.load_toml(draft.text)
        rulebook.change_draft(draft=draft, document={**document, "readings": readings}, by=wang, at=first)
        rulebook.note_trial(draft=draft, note="没有以往月份", by=wang, at=first)
        rulebook.put_in_force(draft=draft, active_from=date.fromisoformat(day), by=zhou, at=first)

    return run


def half_day(hall):
    by = factories.actor(hall.li, AT)
    return actions.ask_leave(member=hall.li, kind="personal", span=HALF, reason="家事", by=by, at=AT)


def test_the_founding_rulebook_asks_the_leader_for_half_a_day(hall, reads):
    """ "1.4.1", R17."""
    reads("2026-01-05")
    leave = half_day(hall)
    assert (leave.form, [step.role for step in queries.steps_of(leave)]) == ("oral", ["leader"])


def test_r17_written_makes_exactly_half_a_day_written_with_cover(hall, reads):
    reads("2026-10-01", R17="written")
    with pytest.raises(Refused, match="代班人"):
        half_day(hall)


def test_r21_all_binds_cover_for_half_a_day(hall, reads):
    reads("2026-10-01", R21="all")
    with pytest.raises(Refused, match="代班人"):
        half_day(hall)


def missed(hall, bring, day):
    bring(*full_day("3", day, "12:02:00", "13:55:00", "17:33:00"), at=local(day, "23:50"))
    later = local("2026-10-30", "12:00")
    on = date.fromisoformat(day)
    actions.recompute(start=on, end=on, by=system(hall.center), at=later)
    return [(f.kind, f.status) for f in queries.facts(hall.center, on, on) if f.subject == hall.li.code]


def test_r20_default_leaves_a_single_punch_to_a_person(hall, reads, bring):
    reads("2026-01-05")
    assert missed(hall, bring, "2026-10-12") == [("missed_punch", "pending")]


def test_r20_late_holds_from_its_day_on_and_not_before_under_1_10(hall, reads, bring):
    """ "1.10": a past day is computed by the version then in force."""
    reads("2026-10-13", R20="late")
    assert missed(hall, bring, "2026-10-12") == [("missed_punch", "pending")]
    assert missed(hall, bring, "2026-10-13") == [("late", "verified")]


@pytest.mark.parametrize(
    ("answers", "minute", "state", "told"),
    [
        ({}, 3, "late", [("late", 3)]),
        ({"R12": "grace", "R12_minutes": "5"}, 5, "normal", []),
        ({"R12": "grace", "R12_minutes": "5"}, 6, "late", [("late", 6)]),
        ({"R12": "convert", "R12_minutes": "30"}, 29, "late", [("late", 29)]),
        ({"R12": "convert", "R12_minutes": "30"}, 30, "absent", [("late", 30)]),
    ],
)
def test_r12_shows_in_the_grid_as_the_tariff_counts_it(hall, reads, bring, answers, minute, state, told):
    """ "1.3.1": grace is normal, a long lateness is shown as absence; the fact keeps its minutes, the assessment converts it."""
    reads("2026-10-01", **answers)
    clock = f"{8 + (30 + minute) // 60:02}:{(30 + minute) % 60:02}:10"
    rows = full_day("3", "2026-10-12", clock, "12:02:00", "13:55:00", "17:33:00")
    bring(*rows, at=local("2026-10-12", "23:50"))
    on = date(2026, 10, 12)
    slot = SlotResult.objects.of(hall.center).get(member=hall.li, date=on, session="am", side="in")
    found = [(f.kind, f.minutes) for f in queries.facts(hall.center, on, on) if f.subject == hall.li.code]
    assert (slot.state, found) == (state, told)
