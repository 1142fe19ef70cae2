"""Pages in a real browser: the machine's own Chromium, headless, against the site in this very process.

A test that leaves the browser with a script error, a blocked resource or a failed request of its own fails.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, sync_playwright

from shouwen.org.models import Member
from tests import factories
from tests import town as towns

# Playwright's loop runs in this thread; Django would take that for an asynchronous view and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 420, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("没有找到 Chromium:请安装 Debian 软件包 chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield running
        running.close()


class Site:
    """`open(path)` shows a page of the site; `sign_in(member)` makes its visitor that person; `complaints` must stay empty.

    A box the browser opens is a complaint, unless `says_yes` is set: then the questions before grave steps are answered.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url, self.says_yes = context, url, False
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self.hear)
        self.page.on("dialog", self.answer)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def answer(self, dialog: Dialog) -> None:
        if self.says_yes and dialog.type == "confirm":
            dialog.accept()
        else:
            self.complaints.append(f"{dialog.type}: {dialog.message}")
            dialog.dismiss()

    def hear(self, message: ConsoleMessage) -> None:
        # An expected "no" is a page with status 403, 404 or 409, which the browser also reports as an error of loading.
        # The hall's stream is a process of its own which these tests do not start: the screen then asks by itself.
        if message.type != "error" or "/stream/" in message.location["url"]:
            return
        if "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, member: Member) -> None:
        cookie = next(iter(factories.client(member).cookies.values()))
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])


def said(page: Page) -> str:
    """What the page tells the person about the last press."""
    return page.locator("#said").inner_text().strip()


@pytest.fixture
def open_site(browser: Browser, live_server) -> Iterator[Callable[..., Site]]:
    """`open_site()` is a fresh visitor at a desk, `open_site(PHONE)` on a phone, `open_site(javascript=False)` without scripts."""
    sites: list[Site] = []

    def start(size: dict[str, int] = DESK, *, javascript: bool = True, night: bool = False) -> Site:
        context = browser.new_context(
            viewport=size,
            java_script_enabled=javascript,
            color_scheme="dark" if night else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(10_000)
        sites.append(Site(context, live_server.url))
        return sites[-1]

    yield start
    for site in sites:
        site.context.close()
    assert [complaint for site in sites for complaint in site.complaints] == []


@pytest.fixture
def town(live_server, settings) -> towns.Town:
    """青山镇 and 白河镇 on the demo morning, behind the running site."""
    settings.DEMO_DATE = towns.DAY.isoformat()
    return towns.lay()


@pytest.fixture
def open_as(open_site) -> Callable[..., Site]:
    """`open_as(member, PHONE)` is the browser of that person, just logged in."""

    def start(member: Member, size: dict[str, int] = DESK, **more: bool) -> Site:
        opened: Site = open_site(size, **more)
        opened.sign_in(member)
        return opened

    return start


@pytest.fixture
def site(open_site) -> Site:
    """A fresh visitor at a desk."""
    return open_site()
