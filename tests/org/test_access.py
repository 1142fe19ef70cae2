"""Sessions, client addresses, the privilege matrix (等保 8.1.4.1, 8.1.4.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver

from shouwen.core import clock
from shouwen.core.errors import Refused
from shouwen.org import access, actions, queries
from shouwen.org.models import RIGHTS, Role, RoleGrant
from tests import factories


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=5)`: the pages' clock goes on."""
    start = clock.now()
    passed = [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: start + passed[0])

    def move(**delta) -> None:
        passed[0] += timedelta(**delta)

    return move


def is_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


def test_idle_counter_is_logged_out_after_15_minutes(cast, client_for, later):
    browser = client_for(cast.li)
    later(minutes=15)
    assert is_in(browser)
    later(minutes=15, seconds=1)
    assert (is_in(browser), Session.objects.count()) == (False, 0)


def test_idle_office_is_logged_out_after_30_minutes(cast, client_for, later):
    browser = client_for(cast.wang)
    later(minutes=30)
    assert is_in(browser)
    later(minutes=30, seconds=1)
    assert is_in(browser) is False


def test_busy_person_is_logged_out_after_8_hours(cast, client_for, later):
    browser = client_for(cast.wang)
    for _ in range(24):
        later(minutes=20)
        assert is_in(browser)
    later(minutes=1)
    assert is_in(browser) is False


def test_last_seen_is_written_at_most_once_a_minute(cast, client_for, later, django_assert_num_queries):
    browser = client_for(cast.li)
    later(seconds=59)
    before = Session.objects.get().session_data
    is_in(browser)
    assert Session.objects.get().session_data == before
    later(seconds=1)
    is_in(browser)
    assert Session.objects.get().session_data != before


def test_who_is_asking_costs_one_query(cast, client_for, rf, django_assert_num_queries):
    request = rf.get("/")
    request.session = SessionStore(client_for(cast.li).cookies["shouwen"].value)
    assert request.session["who"]["member"] == str(cast.li.pk)
    with django_assert_num_queries(1):
        actor, ended = access.identify(request, clock.now())
    assert (actor.member, actor.center, actor.roles, ended) == (cast.li, cast.center, {"clerk"}, "")


def disable(cast, at, actor):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    actions.disable_account(member=cast.li, reason="调查", by=actor(wu), at=at)


def leave(cast, at, actor):
    actions.end_member(member=cast.li, last_date=(at - timedelta(days=1)).date(), by=actor(cast.zhou), at=at)


def change_password(cast, at, actor):
    actions.change_password(new="Hall-2026-desk", old=factories.PASSWORD, by=actor(cast.li), at=at)


def reset(cast, at, actor):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    actions.issue_secret(member=cast.li, by=actor(wu), at=at)


def end_everywhere(cast, at, actor):
    actions.end_sessions(by=actor(cast.li), at=at)


@pytest.mark.parametrize("event", [disable, leave, change_password, reset, end_everywhere])
def test_every_session_ends_at_once(cast, at, actor, client_for, event):
    browsers = [client_for(cast.li), client_for(cast.li)]
    assert [is_in(browser) for browser in browsers] == [True, True]
    event(cast, at, actor)
    assert [is_in(browser) for browser in browsers] == [False, False]


def test_logout_kills_the_old_cookie(cast, client_for):
    browser, thief = client_for(cast.li), Client()
    thief.cookies["shouwen"] = browser.cookies["shouwen"].value
    assert is_in(thief)
    browser.post("/logout/")
    assert is_in(thief) is False


def test_login_gives_a_new_session_id_and_a_hidden_cookie(cast, client):
    client.cookies["shouwen"] = "a" * 32
    answer = client.post("/login/", {"username": "liming", "password": factories.PASSWORD})
    cookie = answer.cookies["shouwen"]
    assert (cookie.value == "a" * 32, len(cookie.value), bool(cookie["httponly"]), cookie["samesite"]) == (
        False,
        32,
        True,
        "Lax",
    )


def test_own_new_password_keeps_this_browser_and_ends_the_others(cast, client_for):
    mine, other = client_for(cast.li), client_for(cast.li)
    new = {"old": factories.PASSWORD, "new": "Hall-2026-desk", "again": "Hall-2026-desk"}
    assert mine.post("/password/", new).status_code == 302
    assert (is_in(mine), is_in(other)) == (True, False)


def test_role_taken_back_works_at_the_next_request(cast, at, actor, client_for):
    wu = factories.member(cast.center, "吴安全", roles=("security_admin",))
    browser = client_for(cast.zhou)
    assert browser.get("/people/add/").status_code == 200
    grant = RoleGrant.objects.of(cast.center).get(member=cast.zhou)
    actions.end_role(grant=grant, by=actor(wu), at=at)
    assert browser.get("/people/add/").status_code == 409


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.7", "198.51.100.1", (), "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", ("192.0.2.0/24",), "198.51.100.1"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", ("192.0.2.7",), "198.51.100.1"),
        ("192.0.2.7", "203.0.113.9, 192.0.2.8", ("192.0.2.0/24",), "203.0.113.9"),
        ("192.0.2.7", "", ("192.0.2.7",), "192.0.2.7"),
    ],
)
def test_forwarded_address_counts_only_from_a_trusted_proxy(settings, remote, forwarded, proxies, address):
    settings.TRUSTED_PROXIES = frozenset(proxies)
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert access.client_address(request) == address


def test_forged_forwarded_header_does_not_escape_the_lock(cast, client):
    for number in range(5):
        client.post("/login/", {"username": "liming", "password": "wrong"}, HTTP_X_FORWARDED_FOR=f"198.51.{number}.1")
    answer = client.post("/login/", {"username": "liming", "password": factories.PASSWORD}, HTTP_X_FORWARDED_FOR="203.0.113.1")
    assert answer.status_code == 403


LOADERS = [
    (access.member_for, lambda cast: cast.li.code),
    (access.department_for, lambda cast: cast.civil.code),
]


@pytest.mark.parametrize(("load", "code"), LOADERS)
def test_row_of_another_center_is_not_there(cast, actor, load, code):
    assert load(actor(cast.zhou), code(cast)).code == code(cast)
    for wrong in (code(cast), "RY-0000-0000"):
        with pytest.raises(Http404):
            load(actor(cast.zhao), wrong)
    assert load(actor(cast.zhou), code(cast)).center == cast.center


@pytest.mark.parametrize("right", sorted(RIGHTS))
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_matrix_is_what_actions_obey(cast, actor, right, role):
    """Every role against every right: allowed exactly where `RIGHTS` says so."""
    person = factories.member(cast.center, "某人", roles=(role,))
    try:
        queries.require(actor(person), right)
        passed = True
    except Refused:
        passed = False
    assert passed is (role in RIGHTS[right])


def test_unknown_right_is_nobodys(cast, actor):
    assert [queries.may(actor(member), "everything") for member in (cast.zhou, cast.wang)] == [False, False]


def views():
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", []):
            if inner.callback.__module__.startswith(("shouwen.org", "shouwen.desk.views.setup")):
                yield inner.name, getattr(inner.callback, "allowed", frozenset())


def test_every_page_says_who_may_open_it():
    found = dict(views())
    assert [name for name, allowed in found.items() if not allowed] == []
    assert sorted(name for name, allowed in found.items() if "anyone" in allowed) == ["login", "setup", "setup_template"]
