"""Without a mouse: everything is reached, and one sees where one is."""

from __future__ import annotations

import pytest

from shouwen.reception.models import HandOver
from tests.browser.conftest import said

# Inside a date the key moves from part to part and Chromium marks the part: only the arrival counts.
AT = """() => { const el = document.activeElement, style = getComputedStyle(el), same = el === window.before; window.before = el;
  return [el.tagName, same || el === document.body || el.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2]; }"""


@pytest.mark.parametrize("path", ["/", "/attendance/leaves/ask/", "/duty/rounds/"])
def test_where_one_is_can_be_seen_at_every_stop(open_as, town, path: str):
    page = open_as(town["李明"]).open(path)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(tuple(page.evaluate(AT)))
    assert {name for name, is_seen in stops if not is_seen} == set()
    assert len({name for name, _ in stops}) > 1


def test_the_first_stop_skips_the_rail(open_as, town):
    page = open_as(town["李明"]).open("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_a_slash_goes_to_the_search_and_stays_a_letter_while_typing(open_as, town):
    page = open_as(town["周丽"]).open("/people/")
    page.keyboard.press("/")
    page.keyboard.type("李/明")
    assert page.get_by_role("textbox", name="查找姓名、工号、部门").input_value() == "李/明"


def test_the_menu_closes_with_escape(open_as, town):
    page = open_as(town["李明"]).open("/")
    page.locator("details.menu summary").click()
    assert page.get_by_role("link", name="我的资料").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="我的资料").is_visible()


def test_4_3_2_1_who_is_at_the_window_is_led_on_by_three_keys(open_as, town):
    """H, the number of the window, Enter; the matter stays with the sender until it is taken."""
    page = open_as(town["李明"]).open("/counter/")
    for key in ("h", "4", "Enter"):
        page.keyboard.press(key)
    assert "村建国土" in said(page)
    assert HandOver.objects.of(town.center).filter(sender=town["李明"], status="pending").latest("id").counter.number == 4
