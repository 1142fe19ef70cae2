"""The rail of links: what a person may use, and where she is."""

from __future__ import annotations

import re

import pytest

CURRENT = re.compile(r'<a href="[^"]*" aria-current="(page|true)">([^<]+)</a>')


def rail(browser, path: str) -> str:
    page = browser.get(path, follow=True).content.decode()
    return page[page.index('aria-label="主导航"') : page.index("</nav>")]


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/", ("page", "今日")),
        ("/duty/roster/", ("true", "值守")),
        ("/duty/rounds/", ("page", "保洁检查")),
        ("/attendance/corrections/", ("true", "考勤")),
        ("/attendance/leaves/ask/", ("true", "请假")),
        ("/attendance/pins/", ("true", "打卡导入")),
        ("/assessment/objections/", ("true", "考核公示")),
        ("/assessment/year/2026/", ("true", "年度考核")),
        ("/decisions/", ("true", "中心与人员")),
        ("/calendar/2026/", ("true", "日历与时间")),
    ],
)
def test_rail_marks_the_section_of_every_page(sun, client_for, path: str, mark: tuple[str, str]):
    assert CURRENT.findall(rail(client_for(sun), path)) == [mark]


def test_rail_shows_only_links_the_person_may_use(cast, client_for):
    labels = re.findall(r">([^<>]+)</a>", rail(client_for(cast.li), "/"))

    assert labels == [
        "今日",
        "接待叫号",
        "大厅现在",
        "首问登记",
        "办件",
        "值守",
        "考勤",
        "请假",
        "查岗",
        "事项指南",
        "考核公示",
        "年度考核",
        "中心与人员",
        "制度",
        "日历与时间",
        "公示页",
        "叫号屏",
    ]
