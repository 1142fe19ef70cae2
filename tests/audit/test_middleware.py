"""A "no" leaves exactly one row, written after the business transaction has rolled back (等保 8.1.4.3 a)."""

from __future__ import annotations

import pytest
from django import forms
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.urls import include, path

from shouwen.audit import queries
from shouwen.audit.actions import record
from shouwen.audit.models import Record
from shouwen.core import web
from shouwen.core.errors import Refused
from tests.audit.conftest import AT


def act(*, who) -> None:
    """An action that writes, and then finds that it may not."""
    with transaction.atomic():
        record(by=who, at=AT, verb="demo.thing.do")
        raise Refused("须先交接，电话 13812345678", "1.4.1")


@web.allow("anyone")
def refusing(request, code=""):
    act(who=request.actor)


@web.allow("anyone")
def plain(request):
    raise Refused("今天不办")


@web.allow("member")
def form_page(request):
    web.attempt(request, forms.Form({}), act, who=request.actor)
    return HttpResponse("again")


@web.allow("member")
def missing(request, secret=""):
    raise Http404


@web.allow("director")
def directors_only(request):
    return HttpResponse("in")


@web.allow("member")
def crashing(request):
    raise ZeroDivisionError


@web.allow("member")
def fine(request):
    return HttpResponse("ok")


urlpatterns = [
    path("", include("shouwen.urls")),
    path("t/refusing/<str:code>/", refusing, name="refusing"),
    path("t/plain/", plain, name="plain"),
    path("t/form/", form_page, name="form"),
    path("t/feed/<str:secret>.ics", missing, name="feed"),
    path("t/directors/", directors_only, name="directors"),
    path("t/crashing/", crashing, name="crashing"),
    path("t/fine/", fine, name="fine"),
]
handler404, handler500 = "shouwen.core.web.not_found", "shouwen.core.web.server_error"


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = "tests.audit.test_middleware"


@pytest.fixture
def li_browser(pages, client_for, li):
    """李明 logged in; the login itself is not counted."""
    browser = client_for(li)
    browser.raise_request_exception = False
    return browser


def rows(center) -> list[tuple]:
    found = queries.records(center).exclude(verb__startswith="org.")
    return [(row.verb, row.result, row.actor_label, row.details) for row in found]


def test_refusal_is_recorded_although_the_action_rolled_back(li_browser, center):
    response = li_browser.post("/t/refusing/QJ-1/?q=secret")
    detail = {"message": "须先交接，电话 *********78", "clause": "1.4.1", "method": "POST", "path": "/t/refusing/QJ-1/"}
    assert (response.status_code, rows(center)) == (409, [("refusing", "refused", "李明", detail)])
    assert queries.verify(center).problems == []


def test_refusal_shown_in_a_form_is_recorded_once(li_browser, center):
    li_browser.post("/t/form/")
    assert [(verb, result) for verb, result, *_ in rows(center)] == [("form", "refused")]


def test_refusal_of_a_stranger_goes_to_the_installations_chain(pages, client, center):
    client.post("/t/refusing/QJ-1/")
    assert ([row[:3] for row in rows(None)], rows(center)) == ([("refusing", "refused", "访客")], [])


def test_closed_door_is_recorded(li_browser, center):
    response = li_browser.get("/t/directors/")
    (row,) = rows(center)
    assert (response.status_code, row[:3], row[3]["path"]) == (409, ("directors", "refused", "李明"), "/t/directors/")


def test_what_is_not_ones_own_is_recorded_by_path_without_its_secret(li_browser, center):
    response = li_browser.get("/t/feed/kjh2g3.ics?name=张三")
    detail = {"status": 404, "method": "GET", "path": "/t/feed/….ics"}
    assert (response.status_code, rows(center)) == (404, [("access.denied", "refused", "李明", detail)])


def test_form_from_elsewhere_is_recorded(li_browser, center):
    li_browser.handler.enforce_csrf_checks = True
    response = li_browser.post("/t/form/")
    (row,) = rows(center)
    assert (response.status_code, row[0], row[3]["status"]) == (403, "access.denied", 403)


def test_own_failure_is_recorded(li_browser, center):
    response = li_browser.post("/t/crashing/")
    detail = {"status": 500, "method": "POST", "path": "/t/crashing/"}
    assert (response.status_code, rows(center)) == (500, [("crashing", "failed", "李明", detail)])


def test_address_that_does_not_exist_and_page_that_works_leave_no_row(li_browser, center):
    codes = [li_browser.get(where).status_code for where in ("/nowhere/", "/t/fine/")]
    assert (codes, rows(center)) == ([404, 200], [])


def test_stranger_looking_for_what_does_not_exist_leaves_no_row(pages, client, db):
    client.get("/nowhere/")
    assert Record.objects.count() == 0


@pytest.fixture
def no_trail(transactional_db):
    """A database in which no record can be written."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_head RENAME TO audit_gone")
        yield
        cursor.execute("ALTER TABLE audit_gone RENAME TO audit_head")


def test_answer_reaches_the_person_even_when_the_trail_cannot_be_written(no_trail, pages, client, caplog):
    response = client.post("/t/plain/")
    messages = [log.message for log in caplog.records if log.name == "shouwen.audit"]
    assert (response.status_code, messages) == (409, ["no audit row for plain refused"])
