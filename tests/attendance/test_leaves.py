"""Leave arranged beforehand, with approver and cover ("1.4.1")."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.attendance import actions, queries
from shouwen.attendance.models import Leave, LeaveApproval, SlotResult
from shouwen.core.errors import Refused
from shouwen.duty.models import Shift
from shouwen.notifications.models import Message
from shouwen.org.queries import cover_of
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import full_day, local

AT = local("2026-10-12", "08:00")
MON, TUE, WED = date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)
HALF = Span((MON, "pm"), (MON, "pm"))
TWO_DAYS = Span((TUE, "am"), (WED, "pm"))


def ask(member, span=HALF, at=AT, by=None, **more):
    return actions.ask_leave(
        member=member, kind="personal", span=span, reason="家事", by=by or factories.actor(member, at), at=at, **more
    )


def decide(leave, member, at=AT, approved=True):
    return actions.decide_leave(leave=leave, approved=approved, note="", by=factories.actor(member, at), at=at)


def approved(hall, span=TWO_DAYS):
    leave = ask(hall.li, span, cover=hall.zhang)
    actions.answer_cover(leave=leave, accepted=True, by=factories.actor(hall.zhang, AT), at=AT)
    return decide(leave, hall.zhou)


def test_half_a_day_asks_only_the_leader_under_1_4_1(hall):
    """ "1.4.1", R17: exactly half a day is the oral side, no cover (R21)."""
    leave = decide(ask(hall.li), hall.zhou)
    assert (leave.state, leave.form, leave.cover_state, leave.days) == ("approved", "oral", "none", "0.5")


def test_more_than_half_a_day_needs_a_named_cover(hall):
    with pytest.raises(Refused, match="代班人"):
        ask(hall.li, TWO_DAYS)


def test_leave_holds_only_when_the_cover_has_accepted(hall):
    leave = decide(ask(hall.li, TWO_DAYS, cover=hall.zhang), hall.zhou)
    waiting = leave.state
    actions.answer_cover(leave=leave, accepted=True, by=factories.actor(hall.zhang, AT), at=AT)
    assert (waiting, leave.state, cover_of(hall.li, local("2026-10-13", "09:00"))) == ("pending", "approved", hall.zhang)


def test_a_declined_cover_can_be_replaced(hall):
    leave = ask(hall.li, TWO_DAYS, cover=hall.zhang)
    actions.answer_cover(leave=leave, accepted=False, by=factories.actor(hall.zhang, AT), at=AT)
    actions.change_cover(leave=leave, cover=hall.zhou, by=factories.actor(hall.li, AT), at=AT)
    assert (leave.cover, leave.cover_state) == (hall.zhou, "asked")


def test_nobody_answers_for_the_cover(hall):
    leave = ask(hall.li, TWO_DAYS, cover=hall.zhang)
    with pytest.raises(Refused, match="本人确认"):
        actions.answer_cover(leave=leave, accepted=True, by=factories.actor(hall.li, AT), at=AT)


def test_late_filing_is_refused_under_1_4_1(hall):
    """The session began at 14:00; one minute later it is no longer beforehand."""
    with pytest.raises(Refused) as told:
        ask(hall.li, at=local("2026-10-12", "14:01"))
    assert (told.value.clause, "事先" in told.value.message) == ("1.4.1", True)


def test_an_authorised_person_may_file_late_with_a_reason_and_it_shows(hall):
    at = local("2026-10-12", "15:00")
    leave = ask(hall.li, at=at, by=factories.actor(hall.zhou, at), backdated_reason="突发急病,电话报告")
    assert (leave.is_backdated, leave.backdated_reason) == (True, "突发急病,电话报告")


def test_nobody_files_late_for_himself(hall):
    at = local("2026-10-12", "15:00")
    with pytest.raises(Refused, match="本人"):
        ask(hall.zhou, at=at, backdated_reason="忘了")


def test_the_leaders_own_leave_goes_to_the_director(hall):
    leave = ask(hall.zhou)
    with pytest.raises(Refused, match="本人"):
        decide(leave, hall.zhou)
    assert decide(leave, hall.wang).state == "approved"


def test_a_colleague_does_not_approve(hall):
    with pytest.raises(Refused, match="中心负责人"):
        decide(ask(hall.li), hall.zhang)


def test_of_two_approvers_one_wins(hall):
    """The second acts on what is already answered."""
    factories.grant(hall.zhang, "leader")
    leave = ask(hall.li)
    stale = Leave.objects.of(hall.center).select_related("member", "center").get(pk=leave.pk)
    decide(leave, hall.zhou)
    with pytest.raises(Refused, match="已被他人处理"):
        decide(stale, hall.zhang, approved=False)
    assert list(LeaveApproval.objects.of(hall.center).values_list("state", "member__name")) == [("approved", "周丽")]


def test_overlapping_leave_is_refused(hall):
    approved(hall)
    with pytest.raises(Refused, match="重叠"):
        ask(hall.li, Span((WED, "pm"), (WED, "pm")))


def test_half_a_day_beside_half_a_day_is_a_whole_one(hall):
    """Splitting leave does not get round the written form and the cover."""
    ask(hall.li, Span((MON, "pm"), (MON, "pm")))
    with pytest.raises(Refused, match="代班人"):
        ask(hall.li, Span((TUE, "am"), (TUE, "am")))


def test_a_cover_who_is_away_is_refused(hall):
    decide(ask(hall.zhang, Span((TUE, "am"), (TUE, "am"))), hall.zhou)
    with pytest.raises(Refused, match="不能代班"):
        ask(hall.li, TWO_DAYS, cover=hall.zhang)


def test_days_of_rest_need_no_leave(hall):
    with pytest.raises(Refused, match="不用请假"):
        ask(hall.li, Span((date(2026, 10, 17), "am"), (date(2026, 10, 18), "pm")))


def test_approved_leave_is_no_absence_and_unapproved_is(hall, bring):
    """ "1.4.1": leave arranged beforehand excuses, a mere request does not."""
    approved(hall)
    at = local("2026-10-15", "02:00")
    bring(*full_day("2", "2026-10-13"), *full_day("2", "2026-10-14"), at=at)
    facts = {(f.kind, f.subject) for f in queries.facts(hall.center, TUE, WED)}
    assert (("absent", hall.li.code) in facts, ("absent", hall.zhou.code) in facts) == (False, True)


def test_the_absence_of_the_cover_is_the_covers_own(hall, bring):
    """ "1.4.1": cover then owns the post."""
    approved(hall)
    bring(*full_day("1", "2026-10-13"), at=local("2026-10-14", "02:00"))
    absent = {f.subject for f in queries.facts(hall.center, TUE, TUE) if f.kind == "absent"}
    slot = SlotResult.objects.of(hall.center).filter(member=hall.zhang, date=TUE).first()
    assert (hall.zhang.code in absent, hall.li.code in absent, slot.covers) == (True, False, "李明")


def test_return_from_leave_shortens_it(hall, bring):
    leave = approved(hall)
    at = local("2026-10-14", "08:00")
    actions.return_from_leave(leave=leave, last=(TUE, "pm"), by=factories.actor(hall.li, at), at=at)
    bring(*full_day("2", "2026-10-14"), at=local("2026-10-15", "02:00"))
    absent = [f.date for f in queries.facts(hall.center, TUE, WED) if f.kind == "absent" and f.subject == hall.li.code]
    assert (absent, cover_of(hall.li, local("2026-10-14", "09:00"))) == ([WED, WED], None)


def test_approved_leave_that_has_not_begun_can_be_taken_back(hall):
    leave = approved(hall)
    actions.withdraw_leave(leave=leave, by=factories.actor(hall.li, AT), at=AT)
    assert (leave.state, cover_of(hall.li, local("2026-10-13", "09:00"))) == ("cancelled", None)


def test_1_4_1_who_takes_anothers_leave_back_says_why_and_the_person_is_told(hall):
    leave, by = approved(hall), factories.actor(hall.zhou, AT)
    with pytest.raises(Refused, match="须写明原因"):
        actions.withdraw_leave(leave=leave, by=by, at=AT)
    actions.withdraw_leave(leave=leave, reason="两人同日请假,窗口无人", by=by, at=AT)
    told = Message.objects.of(hall.center).get(to=hall.li, title="您的请假已被撤回", transport="in_app")
    assert (leave.state, "周丽撤回了您" in told.text, "两人同日请假" in told.text) == ("cancelled", True, True)


def rostered(hall):
    """李明 keeps the hall on both days of the leave."""
    for day in (TUE, WED):
        Shift.objects.create(center=hall.center, date=day, kind="hall", member=hall.li)


def keepers(hall):
    return list(Shift.objects.of(hall.center).order_by("date").values_list("member__name", flat=True))


def test_shifts_the_cover_took_go_back_with_a_leave_taken_back(hall):
    """ "1.4.1": cover owns the roster slot for the leave, and only for it."""
    rostered(hall)
    leave = approved(hall)
    covered = keepers(hall)
    actions.withdraw_leave(leave=leave, by=factories.actor(hall.li, AT), at=AT)
    assert (covered, keepers(hall)) == (["张敏", "张敏"], ["李明", "李明"])


def test_shifts_after_an_early_return_go_back(hall):
    rostered(hall)
    at = local("2026-10-13", "18:00")
    actions.return_from_leave(leave=approved(hall), last=(TUE, "pm"), by=factories.actor(hall.li, at), at=at)
    assert keepers(hall) == ["张敏", "李明"]


def test_leave_that_has_begun_is_ended_by_return_only(hall):
    at = local("2026-10-13", "09:00")
    with pytest.raises(Refused, match="销假"):
        actions.withdraw_leave(leave=approved(hall), by=factories.actor(hall.li, at), at=at)


def test_whole_days_on_leave_are_not_assessed_days_under_1_1(hall):
    """ "1.1", R7, R8: of 18 working days in October 2026 two are leave."""
    approved(hall)
    told = queries.attended_days(hall.center, date(2026, 10, 1), date(2026, 10, 31))
    mine = told[hall.li.code]
    assert (mine.working_days, mine.leave_days, len(mine.days), hall.zhao.code in told) == (18, 2, 16, False)


def test_the_form_is_issued_once_with_a_number(hall):
    from shouwen.attendance.documents import leave_form

    leave = approved(hall)
    by = factories.actor(hall.li, AT)
    first = actions.issue_leave_form(leave=leave, data=leave_form(leave), by=by, at=AT)
    again = actions.issue_leave_form(leave=leave, data=leave_form(leave), by=by, at=AT)
    assert (first.number, bytes(first.pdf)[:5]) == (again.number, b"%PDF-")
