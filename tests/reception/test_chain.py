"""Exactly one holder at every moment ("4.2"), whoever stands in ("1.4.1")."""

from datetime import timedelta

import pytest

from shouwen.core.errors import Refused
from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver, Holding, Matter
from shouwen.rules import chain as rules


def name_at(matter, at):
    holder = queries.holder_of(matter, at)
    return holder.name if holder else None


def test_4_2_nobody_before_the_contact_one_person_after_it_nobody_after_the_end(matter, hall, actor, at):
    actions.close_matter(matter=matter, outcome="answered", answer="可以", by=actor(hall.li), at=at + timedelta(minutes=9))
    moments = [at - timedelta(seconds=1), at, at + timedelta(minutes=8), at + timedelta(minutes=9)]
    assert [name_at(matter, moment) for moment in moments] == [None, "李明", "李明", None]


def test_4_2_the_past_keeps_its_holder_after_a_hand_over(offer, matter, hall, actor, at):
    later = at + timedelta(minutes=5)
    actions.take_over(hand_over=offer(), by=actor(hall.zhang), at=later)
    assert [name_at(matter, moment) for moment in (at, later - timedelta(seconds=1), later)] == ["李明", "李明", "张敏"]


def test_1_4_1_while_somebody_stands_in_the_cover_is_the_holder_and_afterwards_the_person_again(matter, hall, away, at):
    away(hall.li, hall.zhang, at, hours=2)
    assert [name_at(matter, at + timedelta(hours=hours)) for hours in (1, 2)] == ["张敏(代李明)", "李明"]
    assert Holding.objects.of(hall.center).count() == 1


def test_1_4_1_a_cover_who_is_covered_is_followed_to_the_end(matter, hall, away, at):
    away(hall.li, hall.zhang, at)
    away(hall.zhang, hall.zhou, at)
    assert queries.holder_of(matter, at).member == hall.zhou


def test_1_4_1_covers_that_point_at_each_other_lose_no_matter(matter, hall, away, at):
    away(hall.li, hall.zhang, at)
    away(hall.zhang, hall.li, at)
    assert queries.holder_of(matter, at).member == hall.li


def test_while_away_the_person_may_not_act_and_the_cover_may(matter, hall, away, actor, at):
    away(hall.li, hall.zhang, at)
    with pytest.raises(Refused, match="现在由张敏\\(代李明\\)负责"):
        actions.close_matter(matter=matter, outcome="answered", answer="可以", by=actor(hall.li), at=at)
    actions.close_matter(matter=matter, outcome="answered", answer="可以", by=actor(hall.zhang), at=at)
    assert matter.closed_by == "张敏"


def test_the_chain_tells_who_stood_in_during_each_link(matter, hall, away, at):
    away(hall.li, hall.zhang, at, hours=2)
    assert queries.chain(matter)[0].stand_ins == (("张敏", at, at + timedelta(hours=2)),)


def test_names_and_windows_stay_as_they_were(matter, hall, at):
    """ "4.2": a renamed person does not rewrite the chain (L26)."""
    hall.li.name = "李明明"
    hall.li.save()
    assert [(link.name, link.unit_label) for link in queries.chain(matter)] == [("李明", "3号窗口 民政所")]


def test_holders_of_many_matters_cost_two_queries(ask, hall, at, django_assert_num_queries):
    matters = [ask(f"第{number}件").matters.get() for number in range(4)]
    with django_assert_num_queries(2):
        found = queries.holders_of(matters, at)
    assert {holder.member for holder in found.values()} == {hall.li}


def test_the_database_refuses_a_second_open_link(matter, hall, at):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            center=hall.center,
            matter=matter,
            position=2,
            member=hall.zhang,
            member_name="张敏",
            role="承办",
            clause="4.2",
            started_at=at,
        )


def test_4_2_of_two_asked_at_once_the_higher_post_is_first_asked():
    ranks = {"李明": 0, "周丽": 1, "王主任": 2}
    assert [rules.first_asked(*pair, ranks) for pair in (("李明", "周丽"), ("王主任", "周丽"), ("李明", "张敏"))] == [
        "周丽",
        "王主任",
        "李明",
    ]


def test_faults_of_a_chain_are_named():
    whole = [rules.Link("a", 1, 3), rules.Link("b", 3, None)]
    gap, both = [rules.Link("a", 1, 2), rules.Link("b", 3, None)], [rules.Link("a", 1, 4), rules.Link("b", 3, None)]
    assert [rules.faults(links, 1, None) for links in (whole, gap, both, [])] == [
        [],
        ["中间有一段没有责任人"],
        ["同时有两个责任人"],
        ["没有责任人"],
    ]


def stored(matter):
    """Links and passings of a matter as the database has them."""
    links = [
        rules.Link(row.member_id, row.started_at, row.ended_at)
        for row in Holding.objects.of(matter.center_id).filter(matter=matter).order_by("position")
    ]
    passings = [
        rules.Passing(row.sender_id, row.asked_at, row.status, row.answered_at, row.answered_by_id)
        for row in HandOver.objects.of(matter.center_id).filter(matter=matter).order_by("asked_at", "id")
    ]
    return links, passings


def test_replaying_the_hand_overs_gives_the_stored_chain(offer, matter, hall, actor, at):
    actions.return_hand_over(hand_over=offer(), reason="应找4号窗口村建", by=actor(hall.zhang), at=at)
    actions.take_over(hand_over=offer(at), by=actor(hall.zhang), at=at + timedelta(minutes=3))
    fresh = Matter.objects.of(hall.center).get(pk=matter.pk)
    links, passings = stored(fresh)
    assert rules.replay(fresh.first_asked_id, fresh.opened_at, passings, fresh.closed_at) == links
