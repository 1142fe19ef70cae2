"""Sixteen take numbers, two press "next", one form is sent twice: real processes, on the database of the run."""

from __future__ import annotations

from shouwen.reception import actions
from shouwen.reception.models import HandOver, Holding, Matter, Period, Ticket
from tests import factories
from tests.factories import AT

CLIENTS, EACH = 16, 4


def take_over(who):
    offer = HandOver.objects.of(who.center).select_related("matter").get(status="pending")
    return actions.take_over(hand_over=offer, by=factories.actor(who), at=AT).status


def test_sixteen_who_take_numbers_at_once_get_each_its_own_without_a_gap(scene, race):
    taken = race(lambda count: [scene.take(AT).label for _ in range(count)], *[EACH] * CLIENTS)
    labels = [label for labels in taken for label in labels]
    assert sorted(labels) == [f"A{number:03}" for number in range(1, CLIENTS * EACH + 1)]
    assert Ticket.objects.of(scene.center).count() == Period.objects.of(scene.center).count() == CLIENTS * EACH


def test_two_counters_that_press_next_at_once_call_two_people(scene, race):
    first, second = scene.take(AT), scene.take(AT)
    called = race(lambda counter: scene.call(AT, counter).label, scene.two, scene.three)
    assert sorted(called) == [first.label, second.label]
    assert {scene.status(first), scene.status(second)} == {"called"}


def test_of_two_counters_and_one_person_one_wins_and_the_other_is_told(scene, race):
    only = scene.take(AT)
    called = race(lambda counter: scene.call(AT, counter).label, scene.two, scene.three)
    assert sorted(answer == only.label for answer in called) == [False, True]
    assert [answer for answer in called if answer != only.label] == ["没有等候的人"]
    assert scene.log(only) == ["waiting", "called"]


def test_one_counter_pressed_twice_at_once_has_one_person(scene, race):
    scene.take(AT)
    scene.take(AT)
    called = race(lambda counter: scene.call(AT, counter).label, scene.two, scene.two)
    assert sorted(answer in ("A001", "A002") for answer in called) == [False, True]
    assert Ticket.objects.of(scene.center).filter(status="called").count() == 1


def test_a_form_sent_eight_times_at_once_is_one_number(scene, race):
    assert set(race(lambda token: scene.take(AT, token=token).label, *["a-form-sent-twice"] * 8)) == {"A001"}
    assert Ticket.objects.of(scene.center).count() == 1


def test_4_3_2_1_two_who_accept_one_hand_over_at_once_one_wins(scene, race):
    scene.take(AT, scene.b)
    ticket = actions.begin_ticket(ticket=scene.call(AT, scene.three), by=scene.li, at=AT)
    matter = Matter.objects.of(scene.center).get(inquiry=ticket.inquiry_id)
    actions.hand_over(matter=matter, kind="escorted", department=scene.cast.affairs, by=scene.li, at=AT)
    said = race(take_over, scene.cast.zhang, scene.cast.zhou)
    assert sorted(answer == "accepted" for answer in said) == [False, True]
    assert HandOver.objects.of(scene.center).get().status == "accepted"
    assert Holding.objects.of(scene.center).filter(ended_at=None).count() == 1
