"""A citizen with a phone 420 pixels wide, with scripts and without: from the printed code to the case, and larger letters."""

from __future__ import annotations

import pytest

from shouwen.cases.queries import papers
from shouwen.catalogue import actions as catalogue
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.looking import look
from tests.cases.hall import Hall, when

scripts = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def hall(live_server, settings, cast):
    """Papers are printed with the address of the running site."""
    settings.PUBLIC_URL = live_server.url
    return Hall(cast)


@scripts
def test_the_square_code_on_the_paper_leads_to_the_case_3_3(hall, open_site, javascript: bool):
    """ "3.3": scan, four figures, and one knows by when; "4.2": and who answers for it."""
    case = hall.accepted("11-16 09:00")
    printed = papers(case)[-1].data["frame"]["address"]
    site = open_site(PHONE, javascript=javascript)
    page = site.open(printed.removeprefix(site.url))
    page.get_by_label("手机号后四位").fill("2046")
    page.get_by_role("button", name="查询").click()
    page.wait_for_url(f"{site.url}/p/{hall.center.code}/case/")
    seen = [page.locator(place).inner_text() for place in (".state", "p.due", ".facts dd >> nth=0")]
    assert seen == ["已受理，正在办理", "应于 11月30日（周一） 17:30 前办结", "李明（3号窗口 民政所）负责"]
    assert (look(page), case.code in page.url) == ([], False)
    page.get_by_role("button", name="看完了，退出").click()
    page.wait_for_url(f"{site.url}/p/{hall.center.code}/")
    assert site.open(f"/p/{hall.center.code}/case/").url == f"{site.url}/p/{hall.center.code}/progress/"


@scripts
def test_a_typed_number_with_a_wrong_tail_says_only_that_it_does_not_match(hall, open_site, javascript: bool):
    case = hall.accepted("11-16 09:00")
    site = open_site(PHONE, javascript=javascript)
    page = site.open(f"/p/{hall.center.code}/")
    page.get_by_role("link", name="查办事进度").click()
    page.get_by_label("办件编号").fill(case.code.lower().replace("-", " "))
    page.get_by_label("手机号后四位").fill("0000")
    page.get_by_role("button", name="查询").click()
    assert page.get_by_role("alert").inner_text().startswith("没有查到：办件编号或后四位不对")
    assert (look(page), page.url) == ([], f"{site.url}/p/{hall.center.code}/progress/")


@scripts
def test_larger_letters_go_along_from_page_to_page(hall, open_site, javascript: bool):
    catalogue.load_sample(by=factories.actor(hall.cast.wang), at=when("11-23 08:50"))
    site = open_site(PHONE, javascript=javascript)
    page = site.open(f"/p/{hall.center.code}/")
    before = page.locator("h1").bounding_box()["height"]
    page.get_by_role("link", name="长辈版").click()
    assert (page.url, page.locator("h1").bounding_box()["height"] > before) == (f"{site.url}/p/{hall.center.code}/", True)
    page.get_by_label("想办什么").fill("低保")
    page.get_by_role("button", name="查指南").click()
    page.get_by_role("link", name="最低生活保障申请").click()
    assert (page.locator("html").get_attribute("data-size"), page.locator("h1").inner_text(), look(page)) == (
        "large",
        "最低生活保障申请",
        [],
    )
    page.get_by_role("link", name="标准版").click()
    assert page.locator("html").get_attribute("data-size") is None
