"""Public pages for everybody: axe, the checker most used, finds nothing serious on any of them, by day, by night and enlarged."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from shouwen.public.access.line import DEVICE
from tests.browser import outside
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import look

GRAVE = frozenset({"serious", "critical"})
OUTSIDE = ("centers", "front", "guides", "guide", "fees", "progress", "scanned", "shown", "line", "take", "ask", "month")
HALL = ("kiosk", "hall", "posting")
FAULTY = "<html lang='zh'><title>x</title><main><h1>甲</h1><img src='data:image/png;base64,AA=='><input><p style='color:#bbb'>很淡的字</p></main>"


def faults(page: Page, *but: str) -> list[str]:
    """Each grave fault with the first place it is in, without the rules named."""
    rules = {rule: {"enabled": False} for rule in but}
    found: list[dict[str, Any]] = (
        Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]
    )
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in GRAVE]


@pytest.fixture
def around(live_server, cast) -> outside.Outside:
    return outside.lay(cast)


def enter(page: Page, url: str, around: outside.Outside, name: str) -> Page:
    """Open a page; the case is shown to who knows the tail."""
    if name == "shown":
        page.goto(url + around.path("scanned"))
        page.get_by_label("手机号后四位").fill("2046")
        page.get_by_role("button", name="查询").click()
        page.wait_for_url(f"**{around.path('shown')}")
    else:
        page.goto(url + around.path(name))
    return page


def test_axe_sees_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content(FAULTY)
    assert [one.split(":")[0] for one in faults(page)] == ["color-contrast", "image-alt", "label"]
    page.close()


@pytest.mark.parametrize(("night", "large"), [(False, False), (True, True)], ids=["by day", "by night, enlarged"])
def test_no_public_page_has_a_serious_fault_on_a_phone(browser, live_server, around, night: bool, large: bool):
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if night else "light", locale="zh-CN")
    if large:
        context.add_cookies([{"name": "size", "value": "large", "url": live_server.url}])
    page, found = context.new_page(), {}
    for name in OUTSIDE:
        enter(page, live_server.url, around, name)
        found[name] = faults(page) + look(page)
    context.close()
    assert {name: seen for name, seen in found.items() if seen} == {}


def test_what_stands_in_the_hall_has_no_serious_fault(browser, live_server, around):
    context = browser.new_context(viewport=DESK, locale="zh-CN")
    context.add_cookies([{"name": DEVICE, "value": outside.KIOSK, "url": live_server.url}])
    page, found = context.new_page(), {}
    for name in HALL:
        # The machine goes back for the next person and the wall turns its pages by itself: that is what they stand there for.
        found[name] = faults(enter(page, live_server.url, around, name), "meta-refresh")
    context.close()
    assert {name: seen for name, seen in found.items() if seen} == {}
