"""Told once, in the same transaction; delivered at least once; read by the receiver only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from shouwen.core.actors import system
from shouwen.notifications import actions, queries
from shouwen.notifications.models import Message
from shouwen.notifications.transports import TRANSPORTS, Undelivered


class Gateway:
    """A transport whose other side fails as often as told."""

    failures = 0
    taken: list[str] = []

    def deliver(self, message):
        if type(self).failures:
            type(self).failures -= 1
            raise Undelivered("busy")
        type(self).taken.append(message.code)


@pytest.fixture
def gateway(monkeypatch):
    monkeypatch.setitem(TRANSPORTS, "sms", Gateway)
    Gateway.failures, Gateway.taken = 0, []
    return Gateway


@pytest.fixture
def tell(li, wang, actor, at):
    def run(key="leave.asked:QJ-1:RY-1", **more):
        told = {"to": li, "title": "请假待批", "text": "周丽的请假等您审批", "url": "/attendance/leaves/", "key": key}
        return actions.enqueue(**told | {"by": actor(wang), "at": at} | more)

    return run


def rows(center):
    return Message.objects.of(center)


def test_enqueue_writes_one_message_a_transport(tell, gateway, center):
    assert tell() == 2
    assert sorted(rows(center).values_list("transport", flat=True)) == ["in_app", "sms"]


def test_enqueue_with_the_same_key_tells_once(tell, center):
    assert [tell(), tell()] == [1, 0]
    assert rows(center).count() == 1


def test_the_same_key_in_another_centre_is_another_message(tell, zhao, actor, other_center):
    tell()

    assert tell(to=zhao, by=actor(zhao)) == 1
    assert rows(other_center).count() == 1


def test_enqueue_rolls_back_with_the_change_it_tells_of(tell, center):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert rows(center).count() == 0


def test_texts_carry_no_personal_numbers_and_one_line(tell, center):
    tell(title="请\n假", text="身份证430111199001011234,电话13812345678")

    message = rows(center).get()
    assert message.title == "请 假"
    assert [number for number in ("430111199001011234", "13812345678") if number in message.text] == []


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_urls_leaving_the_site_are_a_bug(tell, url):
    with pytest.raises(ValueError, match="path of this site"):
        tell(url=url)


def test_deliver_due_marks_what_arrived(tell, gateway, center, at):
    tell()

    assert actions.deliver_due(by=system(center), at=at) == 2
    assert set(rows(center).values_list("delivered_at", flat=True)) == {at}
    assert actions.deliver_due(by=system(center), at=at) == 0
    assert len(gateway.taken) == 1


def test_a_failing_gateway_is_tried_again_later_each_time(tell, gateway, center, at):
    tell()
    gateway.failures = 2
    moments = [at, at + timedelta(seconds=59), at + timedelta(minutes=1), at + timedelta(minutes=3)]

    arrived = [actions.deliver_due(by=system(center), at=moment) for moment in moments]

    assert arrived == [1, 0, 0, 1]
    assert rows(center).get(transport="sms").attempts == 3


def test_after_the_last_attempt_a_message_rests(tell, gateway, center, at):
    tell()
    gateway.failures = 99
    for day in range(queries.MOST_ATTEMPTS + 2):
        actions.deliver_due(by=system(center), at=at + timedelta(days=day))

    assert rows(center).get(transport="sms").attempts == queries.MOST_ATTEMPTS


def test_a_message_another_sender_claimed_is_left_alone(tell, gateway, center, at):
    tell()
    (waiting,) = [message for message in queries.due(center, at) if message.transport == "sms"]
    rows(center).filter(pk=waiting.pk).update(attempts=1)

    assert actions._claim(waiting, at) is False


def test_mark_read_once_and_only_by_the_receiver(tell, li, zhang, actor, center, at):
    tell()
    message = rows(center).get()

    with pytest.raises(ValueError, match="only the receiver"):
        actions.mark_read(message=message, by=actor(zhang), at=at)
    assert [actions.mark_read(message=message, by=actor(li), at=at) for _ in range(2)] == [True, False]


def test_unread_count_is_the_receivers_own(tell, gateway, li, zhang, zhao, actor, at):
    tell("a")
    tell("b")

    assert [queries.unread_count(actor(one)) for one in (li, zhang, zhao)] == [2, 0, 0]
    assert actions.mark_all_read(by=actor(li), at=at) == 2
    assert queries.unread_count(actor(li)) == 0
