"""A screen that refreshes itself does not keep an empty counter logged in (等保 8.1.4.1 b)."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.test import RequestFactory

from shouwen.org import access
from tests import factories


def visit(client, at, **headers):
    """The request the session cookie of `client` makes at that moment; True when it is still somebody's."""
    request = RequestFactory().get("/", headers=headers)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    actor, _ = access.identify(request, at)
    request.session.save()
    return actor.is_member


def test_polls_alone_let_the_counter_lock_after_fifteen_minutes(li, at):
    client = factories.client(li, at)
    polls = [visit(client, at + timedelta(minutes=minute), **{"X-Poll": "1"}) for minute in (5, 10, 15, 16)]
    assert polls == [True, True, True, False]


def test_a_person_at_the_counter_stays_logged_in(li, at):
    client = factories.client(li, at)
    assert [visit(client, at + timedelta(minutes=minute)) for minute in (10, 20, 30)] == [True, True, True]


def test_todays_page_marks_its_own_refreshing(li, client_for):
    assert 'hx-trigger="every 60s" hx-headers=\'{"X-Poll": "1"}\'' in client_for(li).get("/").content.decode()


def test_a_refresh_after_the_end_turns_the_whole_page_to_the_login(client, db):
    answer = client.get("/", headers={"HX-Request": "true", "X-Poll": "1"})
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (204, "/login/", b"")
