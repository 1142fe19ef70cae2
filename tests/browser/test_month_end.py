"""The month's end in a real browser: frozen, posted, on the wall and the board; an objection upheld takes it back."""

from __future__ import annotations

from datetime import date

import pytest

from shouwen.core.actors import system
from shouwen.rulebook import actions as rulebook
from tests import factories
from tests.assessment import scenes
from tests.browser.conftest import PHONE, said

OCTOBER = "/assessment/month/2026-10/"


@pytest.fixture
def hall(live_server, cast, at):
    """October with two verified offences of 李明, collected but not closed."""
    rulebook.adopt_founding(center=cast.center, active_from=date(2026, 1, 1), by=system(cast.center), at=at)
    scenes.open_doors(cast.center, date(2026, 11, 1))
    scenes.offend(cast.li, "games", 2)
    scenes.bring(date(2026, 10, 1), "provisional", by=factories.actor(cast.sun), at=at)
    return cast


def press(site, button: str) -> None:
    site.page.get_by_role("button", name=button).first.click()
    site.page.wait_for_load_state()


def on_the_wall(site, code: str) -> dict[str, str]:
    """Names and scores of the public page; the board shows the same."""
    rows = site.open(f"/p/{code}/2026-10/").locator("tbody tr").all()
    wall = {row.locator("td").nth(1).inner_text(): row.locator("td").last.inner_text() for row in rows}
    rows = site.open(f"/board/{code}/posting/").locator("tbody tr").all()
    assert {row.locator("td").nth(1).inner_text(): row.locator("td").last.inner_text() for row in rows} == wall
    return wall


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_month_is_closed_posted_contested_and_put_right_1_2(open_site, open_as, hall, javascript: bool):
    """ "1.2": every step on its page; the wall shows what was decided, and the corrected edition after the objection."""
    assessor, leader = open_as(hall.sun, javascript=javascript), open_as(hall.zhou, javascript=javascript)
    member, citizen = open_as(hall.li, PHONE, javascript=javascript), open_site(PHONE, javascript=javascript)
    assessor.says_yes = True
    assessor.open(OCTOBER)
    press(assessor, "冻结")
    assert said(assessor.page) == "2026年10月已冻结"
    leader.open(OCTOBER)
    press(leader, "确认孙会的结果")
    assessor.open(OCTOBER)
    press(assessor, "张榜公示")
    assert on_the_wall(citizen, hall.center.code)["李明"] == "8"

    member.open(f"/assessment/people/{hall.li.code}/2026-10/").get_by_role("link", name="提出异议").first.click()
    member.page.get_by_label("异议的理由").fill("当时在教群众用自助机,有照片")
    press(member, "提交异议")
    assert said(member.page) == "异议已提交,由他人答复"
    leader.open(member.page.url.removeprefix(member.url)).get_by_label("异议成立,冲销这一笔").check()
    leader.page.get_by_label("答复的理由").fill("查实,撤销")
    press(leader, "答复")
    assert said(leader.page) == "已答复"
    assert on_the_wall(citizen, hall.center.code)["李明"] == "9"
