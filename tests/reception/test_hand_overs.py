"""A hand-over ends only when the other side accepts; until then the sender holds the matter ("4.3.2.1")."""

from datetime import timedelta

import pytest

from shouwen.core.errors import Refused
from shouwen.notifications.models import Message
from shouwen.org.models import Counter
from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver
from shouwen.reception.queries import facts
from tests import factories


def told(member):
    rows = Message.objects.of(member.center).filter(to=member, transport="in_app").order_by("created_at", "id")
    return list(rows.values_list("title", flat=True))


def test_4_3_2_1_the_sender_holds_until_the_other_side_accepts(offer, matter, hall, actor, at):
    row = offer()
    pending = queries.holder_of(matter, at).member
    actions.take_over(hand_over=row, by=actor(hall.zhang), at=at + timedelta(minutes=4))
    assert (pending, queries.holder_of(matter, at + timedelta(minutes=4)).member) == (hall.li, hall.zhang)


def test_3_2_another_windows_matter_is_led_there_with_name_and_time_on_record(offer, matter, hall, actor, at):
    actions.take_over(hand_over=offer(), by=actor(hall.zhang), at=at + timedelta(minutes=4))
    last = queries.chain(matter)[-1]
    matter.refresh_from_db()
    assert (last.name, last.unit_label, last.role, last.clause, matter.outcome) == (
        "张敏",
        "2号窗口 便民服务办公室",
        "承办",
        "4.3.2.1",
        "handed_over",
    )


def test_a_returned_offer_needs_a_reason_and_leaves_the_matter_with_the_sender(offer, matter, hall, actor, at):
    row = offer()
    with pytest.raises(Refused, match="不能推诿"):
        actions.return_hand_over(hand_over=row, reason=" ", by=actor(hall.zhang), at=at)
    actions.return_hand_over(hand_over=row, reason="应找民政所", by=actor(hall.zhang), at=at)
    assert (queries.holder_of(matter, at).member, told(hall.li)[-1]) == (hall.li, "移交被退回")


def test_withdrawn_before_anybody_accepts(offer, matter, hall, actor, at):
    row = offer()
    actions.withdraw_hand_over(hand_over=row, by=actor(hall.li), at=at)
    with pytest.raises(Refused, match="已被他人处理"):
        actions.take_over(hand_over=row, by=actor(hall.zhang), at=at)
    assert queries.holder_of(matter, at).member == hall.li


def test_the_sender_cannot_accept_the_own_offer_nor_can_an_outsider(offer, hall, actor, at):
    row = offer()
    with pytest.raises(Refused, match="不能由移交人自己"):
        actions.take_over(hand_over=row, by=actor(hall.li), at=at)
    with pytest.raises(Refused, match="移交给了2号窗口"):
        actions.take_over(hand_over=row, by=actor(hall.sun), at=at)


def test_a_colleague_of_the_unit_may_take_it_and_one_wins(hall, offer, actor, at):
    row = offer(department=hall.affairs)
    actions.take_over(hand_over=row, by=actor(hall.zhou), at=at)
    with pytest.raises(Refused, match="已被他人处理"):
        actions.take_over(hand_over=row, by=actor(hall.zhang), at=at)


def test_one_offer_at_a_time(offer, hall):
    offer()
    with pytest.raises(Refused, match="正在移交"):
        offer(receiver=hall.zhou)


def test_an_offer_nobody_could_take_is_refused(hall, offer):
    empty = factories.counter(hall.civil, 9)
    with pytest.raises(Refused, match="现在没有人可以接手"):
        offer(counter=empty)


def test_4_3_3_a_joint_matter_goes_to_the_business_section(hall, offer, matter, actor, at):
    factories.grant(hall.zhou, "section")
    actions.take_over(hand_over=offer(kind="section", counter=None), by=actor(hall.zhou), at=at)
    last = queries.chain(matter)[-1]
    matter.refresh_from_db()
    assert (last.name, last.role, last.clause, matter.outcome) == ("周丽", "业务科协调", "4.3.3", "section")


def test_the_minutes_are_opening_time_and_the_rulebooks(offer, hm):
    """ "4.3.2.1": 15 minutes from 11:50 end at 14:05, after the noon break."""
    assert offer(hm("11:50")).remind_at == hm("14:05")


def test_4_3_2_1_without_an_answer_the_head_is_told_once_and_the_sender_still_holds(offer, matter, hall, actor, hm):
    from shouwen.core.actors import system

    offer(hm("9:00"))
    for text in ("9:14", "9:15", "9:16"):
        actions.sweep(by=system(hall.center), at=hm(text))
    assert (told(hall.zhou), queries.holder_of(matter, hm("9:16")).member) == (["移交过时未接"], hall.li)


def test_the_head_is_the_director_when_the_leader_is_the_sender(hall, matter, actor, hm):
    from shouwen.core.actors import system

    own = actions.open_inquiry(
        channel="phone", subjects=[(None, "路灯坏了")], first_asked=hall.zhou, by=actor(hall.zhou), at=hm("9:00")
    ).matters.get()
    actions.hand_over(matter=own, kind="internal", receiver=hall.li, by=actor(hall.zhou), at=hm("9:00"))
    actions.sweep(by=system(hall.center), at=hm("9:20"))
    assert (told(hall.wang), told(hall.zhou)) == (["移交过时未接"], [])


def test_r19_a_missed_hand_over_is_a_fact_of_the_receiving_side_even_when_taken_late(offer, hall, actor, hm):
    """R19: listed as "handover_missed", priced only where a rulebook does ("4.3.2.1")."""
    row = offer(hm("9:00"))
    actions.take_over(hand_over=row, by=actor(hall.zhang), at=hm("9:40"))
    found = facts(hall.center, hm("9:00").date(), hm("9:00").date())
    assert [(fact.id, fact.kind, fact.subject, fact.at) for fact in found] == [
        (f"reception.hand_over:{row.code}", "handover_missed", hall.affairs.code, hm("9:40"))
    ]


def test_an_offer_answered_in_time_is_no_fact(offer, hall, actor, hm):
    actions.take_over(hand_over=offer(hm("9:00")), by=actor(hall.zhang), at=hm("9:15"))
    assert facts(hall.center, hm("9:00").date(), hm("9:00").date()) == []


def test_r19_the_founding_rulebook_lists_it_without_a_price(offer, hall, actor, hm):
    from shouwen.rulebook import queries as rulebook

    item = rulebook.in_force(hall.center, hm("9:00").date()).document["items"]["handover_missed"]
    assert (item["clause"], item["deduct"]["off"]) == ("4.3.2.1", 0)


def test_a_cover_takes_what_was_offered_to_the_person_away(offer, hall, away, actor, at):
    away(hall.zhang, hall.sun, at)
    row = offer(receiver=hall.zhang)
    actions.take_over(hand_over=row, by=actor(hall.sun), at=at)
    assert HandOver.objects.of(hall.center).get().answered_by == hall.sun


def test_a_leader_appoints_a_handler_and_the_holder_holds_until_then(matter, hall, actor, at):
    """forms.md 2.5: 承办人不明确的,报领导指定 ("4.2")."""
    row = actions.hand_over(matter=matter, kind="internal", receiver=hall.zhang, by=actor(hall.zhou), at=at)
    assert (row.sender, row.asked_by, queries.holder_of(matter, at).member) == (hall.li, "周丽", hall.li)


def test_a_stranger_to_the_matter_cannot_hand_it_over(matter, hall, actor, at):
    with pytest.raises(Refused, match="现在由李明负责"):
        actions.hand_over(matter=matter, kind="internal", receiver=hall.sun, by=actor(hall.zhang), at=at)


def test_4_2_the_first_asked_keeps_a_follow_up_duty_and_urges(offer, matter, hall, actor, at):
    actions.take_over(hand_over=offer(), by=actor(hall.zhang), at=at)
    kinds = {member.name: [owed.kind for owed in queries.obligations(actor(member), at)] for member in (hall.li, hall.zhang)}
    actions.urge_matter(matter=matter, text="群众在等", by=actor(hall.li), at=at)
    assert (kinds, told(hall.zhang)[-1]) == ({"李明": ["跟踪督促"], "张敏": ["首问事项"]}, "首问督促")


def test_an_offer_shows_what_time_is_left(offer, hall, actor, at):
    row = offer()
    owed = queries.obligations(actor(hall.zhang), at)
    assert [(one.kind, one.title, one.due_at, one.clause) for one in owed] == [
        ("待您接手", "低保怎么办", row.remind_at, "4.3.2.1")
    ]


def test_obligations_cost_two_queries(offer, hall, actor, at, django_assert_num_queries):
    offer()
    zhang = actor(hall.zhang)
    with django_assert_num_queries(2):
        owed = queries.obligations(zhang, at)
    assert len(owed) == 1


def test_4_2_a_matter_that_slips_is_told_once_to_holder_and_first_asked(offer, matter, hall, actor, at):
    from shouwen.core.actors import system

    actions.take_over(hand_over=offer(), by=actor(hall.zhang), at=at)
    second = actions.add_matter(inquiry=matter.inquiry, subject="还有医保", by=actor(hall.li), at=at)
    for days in (1, 2, 3):
        actions.sweep(by=system(hall.center), at=at + timedelta(days=days))
    second.refresh_from_db()
    assert (second.slipped_at, told(hall.li).count("首问事项待处理")) == (at + timedelta(days=2), 1)


def test_counter_of_another_centre_is_no_place(hall, matter, actor, at):
    theirs = Counter.objects.of(hall.other_center).get(number=1)
    with pytest.raises(ValueError, match="another center"):
        actions.hand_over(matter=matter, kind="escorted", counter=theirs, by=actor(hall.li), at=at)
