"""Every page at a desk and on a phone: it fits, is legible, has names for everything, and the browser has no complaint."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import look
from tests.security import filling

FAULTY = """<title>x</title><h1>甲</h1><h1>乙</h1><p id="a" style="color: #999; background: #fff">淡</p><b id="a">重</b>
<input name="q"><button></button><img src="data:image/png;base64,AA=="><div style="inline-size: 5000px">宽</div>"""


def test_the_eye_that_looks_at_pages_sees_what_is_wrong(site):
    site.page.set_content(FAULTY)
    seen = [problem.split(":")[0].split(" ")[0] for problem in look(site.page)]
    assert seen == ["wider", "h1", "lang", "no", "no", "img", "broken", "two", "faint"]


def test_every_page_of_the_assessor_fits_a_phone_and_is_legible(open_as, town):
    client, site = town.client("孙会"), open_as(town["孙会"], PHONE)
    urls = [url for url in filling.pages(town) if client.get(url).status_code == 200] + ["/audit/", "/nowhere/", "/logout/"]
    found = {url: look(site.open(url)) for url in urls}
    assert {url: problems for url, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    ("name", "size", "night"),
    [("李明", PHONE, True), ("周丽", PHONE, False), ("陈监督", PHONE, False), ("吴芳", PHONE, False), ("王主任", DESK, True)],
    ids=["clerk", "leader", "audit", "system", "director at a desk by night"],
)
def test_every_page_of_the_rail_fits_and_is_legible(open_as, town, name: str, size, night: bool):
    site = open_as(town[name], size, night=night)
    page = site.open("/")
    urls = page.eval_on_selector_all(".rail nav a", "links => links.map(link => link.getAttribute('href'))")
    found = {url: look(site.open(url)) for url in urls}
    assert (len(urls) > 8, {url: problems for url, problems in found.items() if problems}) == (True, {})
