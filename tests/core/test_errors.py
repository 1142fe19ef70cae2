"""A bug: what the person sees, what the log says, and what neither of them may say."""

from __future__ import annotations

import io
import logging
import re

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path

from shouwen import urls
from shouwen.core import web
from shouwen.core.middleware import MaskingFormatter

PRIVATE = {
    "identity": ("11010519491231002X", "****************2X"),
    "old identity": ("110105491231002", "*************02"),
    "phone": ("13812340000", "*********00"),
    "card": ("6222 0213 0001 2345 678", "*********************78"),
    "password": ("password='hunter-Two-2'", "password='***'"),
    "field": ('"密码": "hunter-Two-2"', '"密码": "***"'),
    "database": ("postgres://hall:hunter-Two-2@db/x", "postgres://hall:***@db/x"),
    "feed": ("/duty/feed/ZX-1/Abcdefghijklmnopqrstuvwxyz012345/mine.ics", "/duty/feed/ZX-1/***/mine.ics"),
    "setup": ("/setup/Abcdefghijklmnopqrstuvwx/", "/setup/***/"),
}


@web.allow("anyone")
def fail(request):
    raise RuntimeError("SELECT secret FROM org_member WHERE phone = '13812340000'")


@web.allow("anyone")
def collide(request):
    raise OperationalError("deadlock detected") from psycopg.errors.DeadlockDetected()


@web.allow("anyone")
def wait_too_long(request):
    raise OperationalError("database is locked")


@web.allow("anyone")
def lose_the_database(request):
    raise OperationalError("no such table: case")


STRANGE = [path("collide/", collide), path("wait/", wait_too_long), path("lose/", lose_the_database)]
urlpatterns = [path("fail/", fail), *STRANGE, *urls.urlpatterns]
handler500 = urls.handler500


@pytest.fixture
def log():
    """What the running server would write."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(MaskingFormatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger("shouwen").addHandler(handler)
    yield out
    logging.getLogger("shouwen").removeHandler(handler)


@pytest.fixture
def visitor(settings, db) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_a_bug_shows_an_id_and_nothing_of_the_inside(visitor, log):
    answer = visitor.get("/fail/")
    page = answer.content.decode()
    number = re.search(r"错误编号 <b>([0-9a-f]{8})</b>", page)[1]
    assert (answer.status_code, "系统出错了" in page) == (500, True)
    assert [word for word in ("Traceback", "SELECT", "RuntimeError", "/work", ".py", "1381234") if word in page] == []
    assert log.getvalue().splitlines()[0] == f"ERROR shouwen error {number} at /fail/"


@pytest.mark.parametrize(
    ("address", "status", "words"), [("collide", 409, "再点一次"), ("wait", 409, "再点一次"), ("lose", 500, "系统出错了")]
)
def test_who_loses_to_another_transaction_is_told_to_try_again(visitor, log, address, status, words):
    answer = visitor.post(f"/{address}/")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_the_log_has_the_story_under_the_same_id_without_the_number(visitor, log):
    visitor.get("/fail/")
    assert log.getvalue().splitlines()[-1] == ("    RuntimeError: SELECT secret FROM org_member WHERE phone = '*********00'")


def test_a_bug_around_the_views_has_an_id_too(visitor, log, monkeypatch):
    def broken(request, at):
        raise RuntimeError("disk full")

    monkeypatch.setattr("shouwen.org.access.identify", broken)
    answer = visitor.get("/login/")
    number = re.search(r"错误编号 <b>([0-9a-f]{8})</b>", answer.content.decode())[1]
    assert (answer.status_code, log.getvalue().splitlines()[0]) == (500, f"ERROR shouwen error {number} at /login/")


@pytest.mark.parametrize(("written", "masked"), PRIVATE.values(), ids=PRIVATE)
def test_nothing_private_passes_the_formatter_in_words_or_in_a_traceback(log, written: str, masked: str):
    try:
        raise ValueError(f"bad {written}")
    except ValueError:
        logging.getLogger("shouwen").error("saw %s", written, exc_info=True)
    assert log.getvalue().count(masked) == 2
    assert [word for word in (written, "hunter-Two-2") if word in log.getvalue()] == []


def test_a_line_break_makes_no_second_line_in_the_log(log):
    logging.getLogger("shouwen").warning("path %s", "/x\r\nERROR shouwen everything is fine\x1b[2J")
    assert log.getvalue() == "WARNING shouwen path /x\\r\\nERROR shouwen everything is fine[2J\n"
