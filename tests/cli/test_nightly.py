"""`shouwen tick` and `shouwen nightly`: once a day, twice the same, one centre's trouble is not another's."""

from __future__ import annotations

import fcntl
from datetime import UTC, date, datetime

import pytest

from shouwen.assessment.models import Month
from shouwen.audit import queries as trail
from shouwen.cli import nightly, tick
from shouwen.core.actors import system
from shouwen.duty.models import Breach, Shift
from shouwen.rulebook import actions as rulebook
from tests.assessment import scenes

NIGHT = datetime(2026, 11, 22, 16, 45, tzinfo=UTC)  # 00:45 local on the 23rd


@pytest.mark.parametrize(
    ("last", "at", "due"),
    [
        ("", datetime(2026, 11, 22, 16, 29, tzinfo=UTC), False),
        ("", datetime(2026, 11, 22, 16, 30, tzinfo=UTC), True),
        ("2026-11-22", datetime(2026, 11, 22, 16, 30, tzinfo=UTC), True),
        ("2026-11-23", datetime(2026, 11, 23, 15, 59, tzinfo=UTC), False),
    ],
)
def test_a_night_is_due_once_a_local_day_from_half_past_midnight(last: str, at: datetime, due: bool):
    assert tick.night_is_due(last, at) is due


def test_months_before_and_after_cross_the_year():
    assert (nightly.before(date(2027, 1, 31)), nightly.after(date(2026, 12, 31))) == (date(2026, 12, 1), date(2027, 1, 1))


def test_a_center_that_fails_does_not_keep_the_others_waiting(center, other_center, caplog):
    done = []

    def work(by, at):
        if by.center == center:
            raise ZeroDivisionError
        done.append(by.center)

    assert nightly.each_center(NIGHT, work) is False
    assert done == [other_center]


def test_a_second_night_changes_nothing_but_its_own_note(hall, run, tmp_path):
    first, second = run("nightly"), run("nightly")
    assert (first.returncode, first.stderr, second.returncode, second.stderr) == (0, "", 0, "")
    assert run("verify").returncode == 0


def test_two_ticks_at_once_are_one(hall, run, tmp_path):
    (tmp_path / "data" / "tick.lock").touch()
    with (tmp_path / "data" / "tick.lock").open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert run("tick").returncode == 0
    assert not (tmp_path / "data" / "anchors").exists()


def test_the_night_anchors_every_chain(center, other_center, settings):
    assert nightly.run(NIGHT) is True
    assert trail.verify_anchors(trail.read_anchors()) == []


def test_after_months_without_a_night_one_catches_up_from_the_first_open_month(cast):
    """Two months off: August is still collected, and what its duty missed is noted ("1.3.4")."""
    founding = rulebook.adopt_founding(center=cast.center, active_from=date(2026, 7, 1), by=system(cast.center), at=NIGHT)
    scenes.open_doors(cast.center, date(2026, 7, 1))
    Month.objects.create(center=cast.center, month=date(2026, 7, 1), state="final", rulebook=founding)
    Shift.objects.create(center=cast.center, date=date(2026, 8, 20), kind="hall", member=cast.li)
    assert nightly.run(NIGHT) is True
    found = Month.objects.of(cast.center).order_by("month").values_list("month", flat=True)
    assert [day.month for day in found] == [7, 8, 9, 10, 11]
    assert Breach.objects.of(cast.center).filter(date=date(2026, 8, 20), clause="1.3.4").exists()
