"""Missed punches put right in time, or decided by a person (R20)."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.attendance import actions, queries
from shouwen.attendance.models import SlotResult
from shouwen.core.errors import Refused
from tests import factories
from tests.attendance.days import full_day, local

DAY, ON = "2026-10-12", date(2026, 10, 12)
NEXT, PAST = local("2026-10-13", "09:00"), local("2026-10-16", "09:00")
MISSING_IN = ("12:02:00", "13:55:00", "17:33:00")


@pytest.fixture
def slot(hall, bring):
    """李明's missing arrival of the morning."""
    bring(*full_day("3", DAY, *MISSING_IN), at=NEXT)
    return queries.slot_of(hall.center, hall.li, ON, "am", "in")


def ask(slot, at=NEXT, claimed="08:25", by=None, **more):
    by = by or factories.actor(slot.member, at)
    return actions.ask_correction(slot=slot, claimed=time.fromisoformat(claimed), reason="刷脸没有反应", by=by, at=at, **more)


def decide(row, member, approved=True, at=NEXT):
    return actions.decide_correction(correction=row, approved=approved, by=factories.actor(member, at), at=at)


def kinds(center, member):
    return [(f.kind, f.status) for f in queries.facts(center, ON, ON) if f.subject == member.code]


def test_one_punch_alone_waits_for_a_correction(hall, slot):
    """R20: 待补 until the deadline, no fact."""
    assert (slot.state, kinds(hall.center, hall.li)) == ("missing", [])


def test_an_approved_correction_makes_the_slot_normal(hall, slot):
    decide(ask(slot), hall.zhou)
    slot.refresh_from_db()
    assert slot.state == "normal"


def test_a_claimed_time_after_opening_is_late_under_1_3_1(hall, slot):
    """ "1.3.1": an approved time counts like a punch."""
    decide(ask(slot, claimed="08:40"), hall.zhou)
    assert kinds(hall.center, hall.li) == [("late", "verified")]


def test_a_correction_takes_a_deduction_back(hall, bring):
    """ "1.4.1": no punches in the morning is an absence until both are put right."""
    bring(*full_day("3", DAY, "13:55:00", "17:33:00"), at=NEXT)
    before = kinds(hall.center, hall.li)
    for side, claimed in (("in", "08:25"), ("out", "12:01")):
        decide(ask(queries.slot_of(hall.center, hall.li, ON, "am", side), claimed=claimed), hall.zhou)
    assert (before, kinds(hall.center, hall.li)) == ([("absent", "verified")], [])


def test_after_the_deadline_it_is_named_for_a_person(hall, slot):
    """R20: three working days; on the fourth it is pending, not 0 and not a deduction."""
    actions.recompute(start=ON, end=ON, by=factories.actor(hall.sun, PAST), at=PAST)
    slot.refresh_from_db()
    with pytest.raises(Refused, match="期限"):
        ask(queries.slot_of(hall.center, hall.li, ON, "am", "in"), at=PAST)
    assert (slot.state, kinds(hall.center, hall.li)) == ("undecided", [("missed_punch", "pending")])


@pytest.mark.parametrize(
    ("outcome", "expected"), [("normal", []), ("late", [("late", "verified")]), ("absent", [("absent", "verified")])]
)
def test_a_person_decides_what_it_was(hall, slot, outcome, expected):
    by = factories.actor(hall.zhou, PAST)
    actions.recompute(start=ON, end=ON, by=by, at=PAST)
    slot.refresh_from_db()
    actions.decide_slot(slot=slot, outcome=outcome, reason="监控已核对", by=by, at=PAST)
    assert kinds(hall.center, hall.li) == expected


def test_two_deciders_one_wins(hall, slot):
    by = factories.actor(hall.zhou, PAST)
    actions.recompute(start=ON, end=ON, by=by, at=PAST)
    slot.refresh_from_db()
    actions.decide_slot(slot=slot, outcome="normal", reason="核对", by=by, at=PAST)
    with pytest.raises(Refused, match="不能重复"):
        actions.decide_slot(slot=slot, outcome="absent", reason="核对", by=factories.actor(hall.wang, PAST), at=PAST)
    assert kinds(hall.center, hall.li) == []


def test_nobody_corrects_for_another_or_approves_his_own(hall, slot):
    """ "1.9"."""
    with pytest.raises(Refused, match="本人提出"):
        ask(slot, by=factories.actor(hall.zhang, NEXT))
    row = ask(slot)
    factories.grant(hall.li, "leader")
    with pytest.raises(Refused, match="本人"):
        decide(row, hall.li)


def test_the_second_of_two_approvers_is_told(hall, slot):
    row = ask(slot)
    stale = type(row).objects.of(hall.center).get(pk=row.pk)
    decide(row, hall.zhou)
    with pytest.raises(Refused, match="已被他人处理"):
        decide(stale, hall.wang, approved=False)


@pytest.mark.parametrize(("claimed", "word"), [("11:00", "对不上"), ("23:59", "没有到")])
def test_a_time_that_does_not_fit_is_refused(hall, slot, claimed, word):
    at = local(DAY, "22:00")
    with pytest.raises(Refused, match=word):
        ask(slot, claimed=claimed, at=at)


def test_a_second_request_for_the_same_slot_is_refused(hall, slot):
    ask(slot)
    with pytest.raises(Refused, match="不能重复"):
        ask(slot)


def test_a_punched_slot_needs_no_correction(hall, slot):
    with pytest.raises(Refused, match="不用补"):
        ask(queries.slot_of(hall.center, hall.li, ON, "am", "out"), claimed="12:05")


def test_a_page_dressed_as_a_photo_is_refused(hall, slot):
    """Security 25: the type is told by the content."""
    upload = SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script>", content_type="image/jpeg")
    with pytest.raises(Refused, match="文件不是"):
        ask(slot, upload=upload)


def test_a_missing_punch_of_another_centre_is_unknown_here(hall, slot):
    assert queries.slot_of(hall.other_center, hall.li, ON, "am", "in") is None
    assert SlotResult.objects.of(hall.other_center).count() == 0
