"""Leave: length, ladder, approvers ("1.4.1")."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shouwen.rules.leaves import FOUNDING_LADDER, LadderError, Span, adjoin, approvers, halves, ladder_of, length, tier_for

MON, TUE, FRI, NEXT_MON = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 16), date(2026, 10, 19)
LADDER = ladder_of(FOUNDING_LADDER)


def works(day):
    return ("am", "pm") if day.weekday() < 5 else ()


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ((MON, "am"), (MON, "am"), "0.5"),
        ((MON, "pm"), (TUE, "am"), "1"),
        ((FRI, "pm"), (NEXT_MON, "am"), "1"),
        ((date(2026, 10, 17), "am"), (date(2026, 10, 18), "pm"), "0"),
    ],
)
def test_length_counts_only_working_half_days(first, last, days):
    assert length([Span(first, last)], works) == Decimal(days)


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="结束早于开始"):
        Span((TUE, "am"), (MON, "pm"))


def test_half_days_stand_in_order():
    assert halves(Span((MON, "pm"), (TUE, "pm")), works) == [(MON, "pm"), (TUE, "am"), (TUE, "pm")]


@pytest.mark.parametrize(
    ("other", "expected"),
    [(Span((NEXT_MON, "am"), (NEXT_MON, "am")), True), (Span((NEXT_MON, "pm"), (NEXT_MON, "pm")), False)],
)
def test_leave_before_and_after_a_weekend_is_one_absence(other, expected):
    assert adjoin(Span((FRI, "pm"), (FRI, "pm")), other, works) is expected


@pytest.mark.parametrize(("days", "form", "cover"), [("0.5", "oral", False), ("1", "written", True), ("20", "written", True)])
def test_up_to_half_a_day_is_oral_more_is_written_with_cover_under_1_4_1(days, form, cover):
    """ "1.4.1"; exactly half a day is on the oral side (R17), cover binds above it (R21)."""
    tier = tier_for(LADDER, Decimal(days))
    assert (tier.form, tier.cover, tier.approvers) == (form, cover, ("leader",))


def test_exactly_half_a_day_is_written_when_the_bound_says_so():
    """R17 by the bound alone."""
    rows = [{"under": "0.5", "form": "oral"}, {"at_least": "0.5", "form": "written", "cover": True}]
    assert tier_for(ladder_of(rows), Decimal("0.5")).form == "written"


@pytest.mark.parametrize(
    "rows", [[{"at_most": "0.5"}, {"over": "1"}], [{"at_most": "1"}, {"at_least": "1"}]], ids=["gap", "overlap"]
)
def test_a_gap_or_an_overlap_asks_a_person_instead_of_guessing(rows):
    with pytest.raises(LadderError):
        tier_for(ladder_of(rows), Decimal(1))


def test_kinds_and_posts_choose_their_own_tier():
    rows = [{"approver": "leader", "kinds": ["sick"]}, {"approver": "leader,director", "kinds": ["personal"]}]
    assert tier_for(ladder_of(rows), Decimal(2), "personal").approvers == ("leader", "director")


@pytest.mark.parametrize(
    ("roles", "expected"), [((), ("leader",)), (("leader",), ("director",)), (("director",), ("assessor",))]
)
def test_nobody_approves_his_own_leave(roles, expected):
    assert approvers(LADDER[0], roles) == expected
