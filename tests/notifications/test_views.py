"""The list of messages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.notifications import actions
from shouwen.notifications.models import Message


@pytest.fixture
def tell(wang, actor, at):
    def run(to, key):
        actions.enqueue(to=to, title=f"消息{key}", text="请查看", url="/calendar/", key=key, by=actor(wang), at=at)

    return run


def titles(response) -> list[str]:
    return re.findall(r"<b>(消息\w+)</b>", response.content.decode())


def test_list_shows_own_messages_newest_first(tell, li, zhang, client_for):
    tell(li, "1")
    tell(li, "2")
    tell(zhang, "3")

    assert titles(client_for(li).get("/messages/")) == ["消息2", "消息1"]
    assert titles(client_for(zhang).get("/messages/")) == ["消息3"]


def test_open_marks_read_and_leads_to_the_matter(tell, li, center, client_for):
    tell(li, "1")
    message = Message.objects.of(center).get()

    response = client_for(li).post(f"/messages/{message.code}/")

    message.refresh_from_db()
    assert (response.status_code, response.url, message.read_at is None) == (302, "/calendar/", False)


def test_somebody_elses_message_is_404(tell, li, zhang, zhao, center, client_for):
    tell(li, "1")
    message = Message.objects.of(center).get()

    assert [client_for(one).post(f"/messages/{message.code}/").status_code for one in (zhang, zhao)] == [404, 404]


def test_read_all_empties_the_count(tell, li, center, client_for):
    tell(li, "1")
    tell(li, "2")

    client_for(li).post("/messages/read/")

    assert Message.objects.of(center).filter(read_at__isnull=True).count() == 0


def test_list_costs_the_same_with_more_rows(tell, li, client_for):
    browser = client_for(li)
    counts = []
    for key in ("1", "2", "3"):
        tell(li, key)
        with CaptureQueriesContext(connection) as seen:
            browser.get("/messages/")
        counts.append(len(seen))

    assert counts[0] == counts[2]
    assert counts[0] <= 12
