"""Headers on every kind of answer, cookies, and what an error page says and does not say."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.test import Client

from shouwen.core.middleware import HEADERS
from tests.security import routes

KINDS = {
    "page": "/",
    "list": "/attendance/leaves/",
    "sheet": "/attendance/month.xlsx",
    "public": "/p/",
    "calendar": "duty:feed",
    "photo": "duty:photo",
    "paper": "documents:pdf",
    "picture": "documents:preview",
    "word": "documents:word",
    "style": "/static/core/shouwen.css",
    "refused": "assessment:step",
    "missing": "/nowhere/",
    "not ours": "/documents/WS-0000-00000/",
    "wrong method": "/logout/",
    "broken": "/people/%00/",
}
OWN_POLICY = {"photo": "default-src 'none'; sandbox"}
OWN_POLICY |= dict.fromkeys(
    ("sheet", "paper", "picture", "word"), "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
)


def test_every_kind_of_answer_carries_the_strict_headers(town):
    client, addresses, found, wanted = town.client("孙会"), routes.addresses(town), {}, {}
    for kind, url in KINDS.items():
        answer = client.get(url if "/" in url else addresses[url])
        found[kind] = {name: answer.get(name) for name in (*HEADERS, "Cache-Control")}
        wanted[kind] = HEADERS | {"Cache-Control": "max-age=3600, public" if kind == "style" else "no-store"}
        wanted[kind] |= {"Content-Security-Policy": OWN_POLICY.get(kind, HEADERS["Content-Security-Policy"])}
    assert found == wanted


def test_policy_allows_no_inline_code_no_other_host_and_no_frame():
    policy = dict(part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


def test_over_https_browsers_are_told_to_stay_there(client, settings, db):
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    assert client.get("/login/")["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_deployment_check_of_django_finds_nothing(settings, monkeypatch):
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # the browser tests need it, a server does not have it
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    said = io.StringIO()
    call_command("check", deploy=True, fail_level="WARNING", stdout=said)
    assert said.getvalue() == "System check identified no issues (2 silenced).\n"


def test_cookies_are_for_this_site_alone_and_out_of_reach_of_scripts(town, settings):
    browser = Client(HTTP_HOST="hall.example")
    browser.get("/login/")
    browser.post("/login/", {"username": "liming", "password": "shouwen-QS-2026"})
    kept = {name: (one["httponly"], one["samesite"], one["path"], one["domain"]) for name, one in browser.cookies.items()}
    assert kept == {"shouwen": (True, "Lax", "/", ""), "shouwen-csrf": (True, "Strict", "/", "")}
    assert len(browser.cookies["shouwen"].value) * 5 >= 128


NOES = {
    "/people/%00/": (400, "没有看懂这次提交"),
    "/people/RY-NONE/": (404, "没有找到"),
    "/nowhere/": (404, "没有找到"),
    "/logout/": (405, "这里不能直接打开"),
    "/audit/": (409, "没有办成"),
}


def test_each_no_is_a_whole_page_in_chinese(town):
    client, found = town.client("孙会"), {}
    for url in NOES:
        answer = client.get(url)
        found[url] = (
            answer.status_code,
            re.search(r'lang="zh-Hans">.*<title>(.+) · 首问</title>', answer.content.decode(), re.S)[1],
        )
    assert found == NOES


def test_a_form_of_a_thousand_fields_too_many_is_a_400(town):
    answer = town.client("孙会").post("/attendance/recompute/", {f"f{index}": "1" for index in range(1100)})
    assert (answer.status_code, "没有看懂这次提交" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    "length", [str(64 * 1024 * 1024 + 1), "9" * 30, "-5", "x"], ids=["large", "huge", "negative", "no number"]
)
def test_more_than_anybody_needs_to_send_is_refused_unread(client, length: str):
    """Before the login, before the database: the limit is named."""
    answer = client.generic("POST", "/login/", b"x", CONTENT_LENGTH=length)
    assert (answer.status_code, "一次提交不能超过 64 MB" in answer.content.decode()) == (413, True)
    assert answer["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/duty/", "http://testserver/duty/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
    ids=["ours", "elsewhere", "script", "none"],
)
def test_a_no_leads_back_to_a_page_of_ours_alone(sun, client_for, referer: str, back: str):
    page = client_for(sun).get("/audit/", headers={"Referer": referer}).content.decode()
    assert re.search(r'<a class="btn primary" href="([^"]*)"', page)[1] == back
