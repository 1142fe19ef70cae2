"""A phone 420 pixels wide: a row reads as a card, steps stand one under the other, nothing runs out of its box."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE

SAME_LINE = """rows => rows.map(row => {
  const [name, total] = [".who", ".total"].map(part => row.querySelector(part).getBoundingClientRect());
  return Math.abs(name.top - total.top) < 8 && name.width > 60 && total.right <= innerWidth;
})"""
OUT = """() => [...document.querySelectorAll("ol.chain li, .chart, .cards-on-phone td")]
  .filter(one => one.getBoundingClientRect().right > innerWidth).length"""
LONG = "() => document.querySelectorAll('.cards-on-phone td').forEach(cell => cell.textContent = 'W'.repeat(90))"


@pytest.mark.parametrize("address", ["/p/{}/2026-10/", "/board/{}/posting/"])
def test_a_posted_row_has_its_name_and_score_on_the_first_line(open_as, town, address: str):
    page = open_as(town["周丽"], PHONE).open(address.format(town.center.code))
    lines = page.eval_on_selector_all(".scores tbody tr", SAME_LINE)
    assert (len(lines) > 5, set(lines)) == (True, {True})


@pytest.mark.parametrize("address", ["/assessment/", "/people/", "/reception/queue/statistics/"])
def test_steps_charts_and_long_words_stay_in_their_box(open_as, town, address: str):
    page = open_as(town["周丽"], PHONE).open(address)
    page.evaluate(LONG)
    assert (page.evaluate(OUT), page.evaluate("document.documentElement.scrollWidth")) == (0, PHONE["width"])
