"""Pages of first inquiry: they work for the centre's people and are closed to others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.reception import actions, queries
from shouwen.reception.models import HandOver, Inquiry, Matter

GIVEN = {"channel": "walk_in", "subject": "低保怎么办", "token": "t1"}


@pytest.fixture
def send(client_for, hall):
    """`send(member, name, code, data)` posts a form and returns the answer."""

    def posted(member, page, *codes, **data):
        return client_for(member).post(reverse(f"reception:{page}", args=codes), data)

    return posted


def test_new_inquiry_by_keyboard_needs_the_question_alone(send, hall):
    answer = send(hall.li, "new_inquiry", **GIVEN, first_asked=hall.li.code)
    matter = Matter.objects.of(hall.center).get()
    assert (answer["Location"], matter.subject, matter.holder) == (
        reverse("reception:matter", args=[matter.code]),
        "低保怎么办",
        hall.li,
    )


def test_new_inquiry_sent_twice_is_one(send, hall):
    for _ in range(2):
        send(hall.li, "new_inquiry", **GIVEN, name="王小兰", first_asked=hall.li.code)
    assert (Inquiry.objects.of(hall.center).count(), Matter.objects.of(hall.center).count()) == (1, 1)


def test_the_matter_page_shows_the_chain_and_offers_no_refusal(client_for, hall, matter):
    page = client_for(hall.li).get(reverse("reception:matter", args=[matter.code])).content.decode()
    assert [word in page for word in ("首问 · 李明", "〔四(二)〕", "当场答复", "不归", "拒绝")] == [
        True,
        True,
        True,
        False,
        False,
    ]
