"""Post checks: a second look, the person's words, a third person's decision."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.attendance import actions, queries
from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.rules.leaves import Span
from tests import factories
from tests.attendance.days import full_day, local

DAY, ON = "2026-10-12", date(2026, 10, 12)
AT, LATER = local(DAY, "10:00"), local(DAY, "10:15")


def look(hall, seen="games", at=AT, by=None, member=None, **more):
    told = {"place": "3号窗口", "witness": "刘芳"} | more
    by = by or factories.actor(hall.chen, at)
    return actions.record_check(member=member or hall.li, seen=seen, by=by, at=at, **told)


def again(check, hall, is_found=False, at=LATER):
    return actions.repeat_check(check=check, is_found=is_found, by=factories.actor(hall.chen, at), at=at)


def reply(check, hall, text="在接办事群众电话"):
    return actions.reply_to_check(check=check, text=text, by=factories.actor(hall.li, LATER), at=LATER)


def decide(check, member, verified=True, note="", at=LATER):
    return actions.decide_check(check=check, verified=verified, note=note, by=factories.actor(member, at), at=at)


def facts(hall):
    return [
        (f.kind, f.status, f.attrs["clause"]) for f in queries.facts(hall.center, ON, ON) if f.id.startswith("attendance.check")
    ]


def test_games_seen_and_verified_are_a_fact_of_1_3_3(hall):
    """ "1.3.3": pending until a third person has heard the person."""
    check = look(hall)
    before = facts(hall)
    reply(check, hall)
    decide(check, hall.zhou)
    assert (before, facts(hall)) == ([("games", "pending", "1.3.3")], [("games", "verified", "1.3.3")])


def test_not_found_once_is_nothing_under_1_4_2(hall):
    """ "1.4.2": only both misses make the fact."""
    check = look(hall, "not_found")
    assert (check.state, facts(hall)) == ("repeat_due", [])


def test_not_found_twice_is_a_fact_of_1_4_2(hall):
    """ "1.4.2"."""
    check = again(look(hall, "not_found"), hall)
    reply(check, hall)
    decide(check, hall.zhou)
    assert facts(hall) == [("not_found", "verified", "1.4.2")]


def test_found_at_the_second_look_ends_it(hall):
    check = again(look(hall, "not_found"), hall, is_found=True)
    assert (check.state, facts(hall)) == ("found", [])


def test_the_second_look_must_wait_n_minutes(hall):
    with pytest.raises(Refused, match="10:15 之后"):
        again(look(hall, "not_found"), hall, at=local(DAY, "10:14"))


def test_a_second_look_nobody_took_that_day_makes_it_nothing(hall):
    check = look(hall, "not_found")
    with pytest.raises(Refused, match="不成立"):
        again(check, hall, at=local(DAY, "17:30"))
    assert (queries.has_lapsed(check, local(DAY, "17:30")), facts(hall)) == (True, [])


def test_the_person_is_told_at_once(hall):
    look(hall)
    assert list(Message.objects.of(hall.center).values_list("to__name", "title").distinct()) == [("李明", "查岗告知")]


def test_nobody_checks_or_verifies_himself(hall):
    """ "1.9": neither the person nor the checker decides."""
    with pytest.raises(Refused, match="本人"):
        look(hall, member=hall.chen)
    check = reply(look(hall, by=factories.actor(hall.zhou, AT)), hall)
    with pytest.raises(Refused, match="不能"):
        decide(check, hall.zhou)
    assert decide(check, hall.sun).state == "verified"


def test_a_clerk_does_not_check(hall):
    with pytest.raises(Refused, match="监督员"):
        look(hall, by=factories.actor(hall.zhang, AT))


def test_no_decision_before_the_person_could_answer(hall):
    """One working day by default; when it is over silence does not hold it up."""
    check = look(hall)
    with pytest.raises(Refused, match="还没有说明"):
        decide(check, hall.zhou)
    assert decide(check, hall.zhou, at=local("2026-10-13", "17:31")).state == "verified"


def test_rejecting_needs_a_reason_and_takes_the_fact_away(hall):
    check = reply(look(hall), hall)
    with pytest.raises(Refused, match="理由"):
        decide(check, hall.zhou, verified=False)
    decide(check, hall.zhou, verified=False, note="是业务系统界面")
    assert facts(hall) == []


def test_two_deciders_one_wins(hall):
    check = reply(look(hall), hall)
    stale = type(check).objects.of(hall.center).select_related("member", "checker", "center").get(pk=check.pk)
    decide(check, hall.zhou)
    with pytest.raises(Refused, match="已被他人处理"):
        decide(stale, hall.sun, verified=False, note="不实")


def test_games_without_photo_or_witness_are_no_evidence(hall):
    with pytest.raises(Refused, match="见证人"):
        look(hall, witness="")


def test_out_of_working_hours_nobody_is_checked(hall):
    with pytest.raises(Refused, match="不是工作时间"):
        look(hall, at=local(DAY, "12:30"))


def test_who_is_on_leave_is_not_checked(hall):
    at = local(DAY, "08:00")
    leave = actions.ask_leave(
        member=hall.li, kind="sick", span=Span((ON, "am"), (ON, "am")), reason="发热", by=factories.actor(hall.li, at), at=at
    )
    actions.decide_leave(leave=leave, approved=True, by=factories.actor(hall.zhou, at), at=at)
    with pytest.raises(Refused, match="已请假"):
        look(hall, "not_found")


def test_not_found_within_an_absence_is_the_same_event(hall, bring):
    """R13: one event, one group; the heavier counts."""
    check = again(look(hall, "not_found"), hall)
    bring(*full_day("3", DAY, "13:55:00", "17:33:00"), at=local("2026-10-13", "02:00"))
    groups = {f.group for f in queries.facts(hall.center, ON, ON) if f.subject == hall.li.code}
    assert (check.state, len(groups)) == ("pending", 1)


def test_off_post_comes_without_a_clause(hall):
    """Unpriced until a rule says so."""
    look(hall, "off_post")
    assert facts(hall) == [("off_post", "pending", "")]


def test_conduct_is_an_observation_under_3_1(hall):
    """ "3.1": recorded and answered, not priced by the founding rulebook."""
    check = look(hall, "conduct")
    assert (check.state, facts(hall)) == ("pending", [])


def test_a_photo_is_cleaned_and_kept_under_a_random_name(hall):
    import io

    from PIL import Image

    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (40, 30)).save(photo, "JPEG", exif=exif)
    check = look(hall, witness="", upload=SimpleUploadedFile("../../x.jpg", photo.getvalue()))
    assert (len(check.evidence), check.evidence.endswith(".jpg"), "x" in check.evidence[:-4]) == (36, True, False)
