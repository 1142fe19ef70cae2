"""The counter workbench: one key a step, and no visit ends while somebody is still owed an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.core import clock
from shouwen.reception.models import HandOver, Matter, Ticket
from tests import factories
from tests.reception.queue_scene import open_scene


@pytest.fixture
def scene(cast):
    return open_scene(cast, clock.now())


@pytest.fixture
def zhang_page(scene):
    return factories.client(scene.cast.zhang)


def post(browser, name, *args, **data):
    return browser.post(reverse(f"desk:{name}", args=args), data)


def taken(scene, minutes=5):
    return scene.take(clock.now() - timedelta(minutes=minutes))


def status(scene, ticket):
    return scene.status(ticket)


def test_call_next_calls_the_first_in_line(scene, zhang_page):
    first, second = taken(scene, 9), taken(scene, 5)
    post(zhang_page, "call_next")
    assert (status(scene, first), status(scene, second)) == ("called", "waiting")


def test_begin_makes_the_clerk_the_first_asked(scene, zhang_page):
    ticket = taken(scene)
    post(zhang_page, "call_next")
    post(zhang_page, "move_ticket", ticket.code, "begin")
    matter = Matter.objects.of(scene.center).get()
    assert (matter.holder, matter.first_asked) == (scene.cast.zhang, scene.cast.zhang)


def test_4_3_1_visit_cannot_end_without_an_outcome(scene, zhang_page):
    ticket = taken(scene)
    post(zhang_page, "call_next")
    post(zhang_page, "move_ticket", ticket.code, "begin")
    answer = post(zhang_page, "move_ticket", ticket.code, "finish")
    assert (answer.status_code, status(scene, ticket)) == (409, "serving")


def test_4_3_2_answer_on_the_spot_ends_the_visit(scene, zhang_page):
    ticket = taken(scene)
    post(zhang_page, "call_next")
    post(zhang_page, "move_ticket", ticket.code, "begin")
    post(zhang_page, "answer_visit", ticket.code, answer="已说明参保条件和缴费办法")
    matter = Matter.objects.of(scene.center).get()
    assert (status(scene, ticket), matter.outcome, matter.answer) == ("finished", "answered", "已说明参保条件和缴费办法")


def test_4_3_2_1_lead_over_offers_the_matter_and_keeps_the_sender(scene, zhang_page):
    ticket = taken(scene)
    post(zhang_page, "call_next")
    post(zhang_page, "move_ticket", ticket.code, "begin")
    post(zhang_page, "lead_visit", ticket.code, to=scene.three.code, note="办低保")
    offer, matter = HandOver.objects.of(scene.center).get(), Matter.objects.of(scene.center).get()
    assert (offer.counter, offer.status, matter.holder) == (scene.three, "pending", scene.cast.zhang)
    assert status(scene, ticket) == "finished"


def test_nothing_typed_is_lost_when_refused(scene, zhang_page):
    ticket = taken(scene)
    post(zhang_page, "call_next")
    answer = post(zhang_page, "answer_visit", ticket.code, answer="还没开始")
    assert answer.status_code == 409
    assert Ticket.objects.of(scene.center).get(pk=ticket.pk).status == "called"


def test_another_centre_finds_no_ticket(scene):
    ticket = taken(scene)
    browser = factories.client(scene.cast.zhao)
    assert post(browser, "move_ticket", ticket.code, "begin").status_code == 404


@pytest.mark.parametrize("waiting", [1, 3])
def test_counter_page_asks_the_same_however_many_wait(scene, zhang_page, waiting):
    for number in range(waiting):
        taken(scene, 9 - number)
    zhang_page.get(reverse("desk:counter"))
    with CaptureQueriesContext(connection) as asked:
        zhang_page.get(reverse("desk:counter"))
    assert len(asked) == 12
