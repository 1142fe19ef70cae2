"""From punches to slots to facts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.attendance import actions, queries
from shouwen.attendance.models import SlotResult
from shouwen.core.actors import system
from tests import factories
from tests.attendance.days import full_day, local

DAY, ON = "2026-10-12", date(2026, 10, 12)
NEXT = local("2026-10-13", "02:00")


def told(center, member, day=ON):
    """Kind, status and clause of the member's facts of a day."""
    return [(f.kind, f.status, f.attrs["clause"]) for f in queries.facts(center, day, day) if f.subject == member.code]


def states(center, member, day=ON):
    rows = SlotResult.objects.of(center).filter(member=member, date=day).order_by("due_at")
    return [row.state for row in rows]


def test_four_punctual_punches_are_no_fact(hall, bring):
    bring(*full_day("3", DAY), at=NEXT)
    assert (states(hall.center, hall.li), told(hall.center, hall.li)) == (["normal"] * 4, [])


@pytest.mark.parametrize(("clock", "expected"), [("08:30:59", []), ("08:31:00", [("late", "verified", "1.3.1")])])
def test_one_minute_after_opening_is_late_under_1_3_1(hall, bring, clock, expected):
    """ "1.3.1": any lateness is late, seconds dropped (R12)."""
    bring(*full_day("3", DAY, clock, "12:01:00", "13:58:00", "17:31:00"), at=NEXT)
    assert told(hall.center, hall.li) == expected


def test_leaving_before_closing_is_left_early_under_1_3_2(hall, bring):
    """ "1.3.2"."""
    bring(*full_day("3", DAY, "08:21:00", "12:01:00", "13:58:00", "17:12:00"), at=NEXT)
    assert told(hall.center, hall.li) == [("left_early", "verified", "1.3.2")]


def test_a_session_without_any_punch_is_one_absence_under_1_4_1(hall, bring):
    """ "1.4.1": each half-day session is one (R11)."""
    bring(*full_day("3", DAY, "08:21:00", "12:01:00"), at=NEXT)
    assert (told(hall.center, hall.li), states(hall.center, hall.li)[2:]) == (
        [("absent", "verified", "1.4.1")],
        ["absent", "absent"],
    )


def test_a_whole_day_without_punches_is_two_absences(hall, bring):
    bring(*full_day("2", DAY), at=NEXT)
    facts = [fact.id for fact in queries.facts(hall.center, ON, ON) if fact.subject == hall.li.code]
    code = hall.li.code
    assert facts == [f"attendance.slot:{DAY}:am:absent:{code}", f"attendance.slot:{DAY}:pm:absent:{code}"]


def test_a_make_up_day_counts_and_a_day_of_rest_does_not_under_1_1(hall, bring):
    """ "1.1": every working day, make-up days included; 2026-10-10 is one, the 11th a Sunday."""
    bring(*full_day("2", "2026-10-10"), at=local("2026-10-12", "02:00"))
    days = set(
        SlotResult.objects.of(hall.center).filter(date__range=("2026-10-10", "2026-10-11")).values_list("date", flat=True)
    )
    assert days == {date(2026, 10, 10)}


def test_nothing_is_decided_before_the_terminal_has_reported(hall, bring):
    """The lack of a punch counts only once the device's watermark has passed."""
    bring(*full_day("3", DAY, "08:21:00"), at=NEXT, until=local(DAY, "10:00"))
    assert (states(hall.center, hall.zhang), told(hall.center, hall.zhang)) == (["pending"] * 4, [])


def test_recomputing_again_changes_nothing(hall, bring):
    bring(*full_day("3", DAY, "08:40:00", "12:01:00"), at=NEXT)
    before = queries.facts(hall.center, ON, ON)
    changed = actions.recompute(start=ON, end=ON, by=system(hall.center), at=NEXT)
    assert (changed, queries.facts(hall.center, ON, ON)) == (0, before)


def test_a_late_file_takes_a_deduction_back(hall, bring):
    bring(*full_day("2", DAY), at=NEXT)
    bring(*full_day("3", DAY), at=NEXT)
    assert told(hall.center, hall.li) == []


def test_a_person_of_another_centre_has_no_slot_here(hall, bring):
    """Isolation: 赵强 carries the same staff number 1 as 周丽."""
    bring(*full_day("1", DAY), at=NEXT)
    assert (states(hall.other_center, hall.zhao), states(hall.center, hall.zhao)) == ([], [])


def test_a_day_of_thirty_people_asks_no_more_often_than_a_day_of_one(hall, bring):
    def work_out() -> int:
        SlotResult.objects.of(hall.center).delete()
        with CaptureQueriesContext(connection) as asked:
            actions.recompute(start=ON, end=ON, by=system(hall.center), at=NEXT)
        return sum(query["sql"].startswith("SELECT") for query in asked)  # rows go in by the hundred

    bring(*full_day("1", DAY), at=NEXT)
    one = work_out()
    for number in range(10, 34):
        factories.member(hall.center, f"人{number}", department=hall.civil, staff_no=str(number))
    bring(*(line for number in range(1, 34) for line in full_day(str(number), DAY)), at=NEXT)
    assert work_out() == one
