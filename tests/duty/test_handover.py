"""The hand-over the successor must confirm ("1.3.5")."""

import pytest

from shouwen.core.errors import Refused
from shouwen.duty import actions, models, queries

THINGS = {"seals": "受理专用章 1 枚", "keys": "大门 2 把", "equipment": "高拍仪正常"}


@pytest.fixture
def give(shift, li, zhang, actor, hm):
    """李明 hands over to 张敏 at 17:40, or at the moment given."""

    def hand_over(at=None):
        return actions.give(
            shift=shift, receiver=zhang, open_matters=["补正答复"], by=actor(li), at=at or hm("17:40"), **THINGS
        )

    return hand_over


def test_1_3_5_the_shift_is_handed_over_only_when_the_successor_confirms(give, shift, zhang, actor, hm):
    handover = give()
    assert [one.kind for one in queries.obligations(actor(zhang), hm("17:41"))] == ["值日待接班"]
    actions.confirm(handover=handover, by=actor(zhang), at=hm("17:45"))
    shift.refresh_from_db()
    assert (shift.confirmed_at, queries.obligations(actor(zhang), hm("17:46"))) == (hm("17:45"), [])


def test_a_returned_hand_over_stays_with_the_giver_who_gives_again(give, shift, zhang, actor, hm):
    actions.send_back(handover=give(), reason="少一把档案柜钥匙", by=actor(zhang), at=hm("17:42"))
    shift.refresh_from_db()
    assert shift.given_at is None
    again = give(hm("17:50"))
    actions.confirm(handover=again, by=actor(zhang), at=hm("17:52"))
    states = models.ShiftHandover.objects.of(shift.center).order_by("given_at").values_list("state", flat=True)
    assert list(states) == ["returned", "confirmed"]


def test_only_the_receiver_answers_and_only_once(give, zhou, zhang, actor, hm):
    handover = give()
    with pytest.raises(Refused, match="只能由接班人"):
        actions.confirm(handover=handover, by=actor(zhou), at=hm("17:45"))
    actions.confirm(handover=handover, by=actor(zhang), at=hm("17:45"))
    with pytest.raises(Refused, match="已被他人处理"):
        actions.send_back(handover=handover, reason="晚了", by=actor(zhang), at=hm("17:46"))


def test_giving_twice_or_to_oneself_is_refused(give, shift, li, actor, hm):
    with pytest.raises(Refused, match="不能移交给自己"):
        actions.give(shift=shift, receiver=li, open_matters=[], by=actor(li), at=hm("17:40"), **THINGS)
    give()
    with pytest.raises(Refused, match="已被他人处理"):
        give()


def test_1_3_5_confirming_after_the_doors_opened_is_the_successors_breach(give, shift, zhang, actor, hm):
    actions.confirm(handover=give(), by=actor(zhang), at=hm("9:30", 24))
    actions.sweep(start=shift.date, end=shift.date, by=actor(zhang), at=hm("10:00", 24))
    late = models.Breach.objects.of(shift.center).get(key=f"{shift.code}:confirm")
    assert (late.member, late.clause, late.text) == (zhang, "1.3.5", "已移交,应 11月24日 08:30 前接班,接班人过后才确认")


def test_what_a_person_is_asked_about_names_its_own_clause(shift, li, actor, hm):
    """ "1.3.4" for doors, "1.3.5" for the hand-over, "1.3.6" for cleaning."""
    actions.sweep(start=shift.date, end=shift.date, by=actor(li), at=hm("23:00"))
    asked = {one.clause for one in queries.obligations(actor(li), hm("23:00")) if one.kind == "请您说明"}
    assert asked == {"1.3.4", "1.3.5", "1.3.6"}
