"""The login page as a person meets it."""

from __future__ import annotations

import pytest

from tests import factories
from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_person_logs_in_and_is_taken_where_they_wanted(open_site, zhou, javascript: bool):
    site = open_site(javascript=javascript)
    page = site.open("/me/")
    page.get_by_label("账号").fill("zhouli")
    page.get_by_label("密码", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{site.url}/me/")
    assert page.get_by_text("周丽").first.is_visible()


def test_a_wrong_password_keeps_the_account_and_says_so(site, zhou):
    page = site.open("/login/")
    page.get_by_label("账号").fill("zhouli")
    page.get_by_label("密码", exact=True).fill("wrong-Password-1")
    page.get_by_role("button", name="登录").click()
    assert page.get_by_text("账号或密码不正确").is_visible()
    assert page.get_by_label("账号").input_value() == "zhouli"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_fits_and_has_its_style(open_site, center, size):
    page = open_site(size).open("/login/")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("() => getComputedStyle(document.body).fontFamily") != "serif"
