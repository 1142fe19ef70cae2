"""Every address: who may open it, and what a stranger and a forged form get."""

from __future__ import annotations

from django.test import Client

from tests.security import routes

# What opens without an account, each on purpose: a new one is added here by hand.
OPEN = {
    "org:login",
    "desk:setup",
    "desk:setup_template",
    "documents:check",
    "duty:feed",
    "public:centers",
    "public:front",
    "public:month",
    "boards:posting",
}
# The citizens' part: guides, progress, questions, a number by phone or at the kiosk; and the hall's screens.
OPEN |= {"public:guides", "public:guide", "public:fees", "public:size", "public:ask", "public:answer"}
OPEN |= {"public:progress", "public:progress_of", "public:progress_shown", "public:progress_done"}
OPEN |= {"public:take", "public:line", "public:leave", "public:kiosk", "public:slip", "public:slip_pdf"}
OPEN |= {"boards:hall", "boards:hall_code", "boards:screen", "boards:pair"}


def test_every_address_has_an_example_here_and_says_who_may_open_it(town):
    assert [name for name, url in routes.addresses(town).items() if not url] == []
    assert [route.name for route in routes.routes() if not getattr(route.view, "allowed", None)] == []


def test_what_needs_no_account_is_a_closed_list(town):
    assert {route.name for route in routes.routes() if route.is_open} == OPEN


def test_a_stranger_is_sent_to_the_login_page_whatever_he_asks_and_posts(town):
    stranger, found = Client(), {}
    for route in routes.routes():
        url = routes.address(route, town)
        if not route.is_open:
            answers = stranger.get(url), stranger.post(url, {"state": "final"})
            found[url] = [(one.status_code, one.get("Location"), one.content) for one in answers]
    assert {url: sent for url, sent in found.items() if sent != login(url)} == {}


def login(url: str) -> list[tuple[int, str, bytes]]:
    """Back again after logging in only where somebody looked; what was typed is gone either way."""
    return [(302, f"/login/?next={url}", b""), (302, "/login/", b"")]


def test_a_form_without_its_token_is_refused_by_every_address(town):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = town.client("孙会").cookies
    answers = {name: browser.post(url, {"state": "final"}) for name, url in routes.addresses(town).items()}
    assert {name: one.status_code for name, one in answers.items() if one.status_code != 403} == {}
    assert {name for name, one in answers.items() if "页面已过期" not in one.content.decode()} == set()
