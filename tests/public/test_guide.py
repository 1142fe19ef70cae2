"""Guides and fees for everybody: found by everyday words, right for one's own situation, open about money."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from shouwen.catalogue import actions, queries
from tests import factories
from tests.catalogue.conftest import base

TODAY = date(2026, 11, 23)


@pytest.fixture
def item(cast, at):
    """最低生活保障申请 in force, and one fee that holds for it."""
    by = factories.actor(cast.wang)
    draft = actions.create_item(document=base(), by=by, at=at)
    version = actions.put_in_force(draft=draft, active_from=TODAY, by=by, at=at)
    row = {"name": "工本费", "amount": 1050, "unit": "证", "basis": "发改价格〔2003〕2322号", "active_from": "2026-11-23",
           "active_to": "2027-01-01"}  # fmt: skip
    actions.enter_fee(document=row, item=version.item, by=by, at=at)
    return version


def text(answer) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize(("q", "found"), [("低保", 1), ("db", 1), ("最低生活保障申请", 1), ("营业执照", 0), ("", 1)])
def test_guides_are_found_by_everyday_words(client, item, center, q: str, found: int):
    answer = client.get(reverse("public:guides", args=[center.code]), {"q": q})
    assert [row.name for row in answer.context["rows"].items] == ["最低生活保障申请"] * found


def test_the_guide_lists_what_to_bring_in_ones_own_situation_4_3_2(client, item, center):
    """ "4.3.2": all of it at once, by a plain link; what is no answer counts as the usual one."""
    url = reverse("public:guide", args=[center.code, item.item.code])
    agent = next(one for question in queries.questions(item) for one in question.choices if one.choice == "委托他人办理")
    lists = [
        [line.name for line in client.get(url, given).context["guide"].lines] for given in ({}, {"q0": agent.code}, {"q0": "x"})
    ]
    assert lists == [["居民身份证", "照片"], ["居民身份证", "授权委托书", "照片"], ["居民身份证", "照片"]]


def test_the_schedule_names_basis_standard_validity_and_where_to_report_3_5(client, item, center):
    """ "3.5": public; and the telephone of "3.6" beside it."""
    page = text(client.get(reverse("public:fees", args=[center.code])))
    wanted = [
        "工本费",
        "10.50 元/证",
        "发改价格〔2003〕2322号",
        "2026年12月31日止",
        "目录之外一分不收",
        "0731-8800001",
        "〔三(五)〕",
    ]
    assert [word for word in wanted if word not in page] == []


def test_an_item_without_a_fee_says_so_3_5(client, cast, at, center):
    """ "3.5": 不收费 is said, not left open."""
    by = factories.actor(cast.wang)
    draft = actions.create_item(document=base(), by=by, at=at)
    actions.put_in_force(draft=draft, active_from=TODAY, by=by, at=at)
    page = text(client.get(reverse("public:guide", args=[center.code, draft.item.code])))
    assert ("不收费" in page, "本中心所有事项都不收费" in text(client.get(reverse("public:fees", args=[center.code])))) == (
        True,
        True,
    )


def test_drafts_ended_items_and_other_centres_items_are_not_public(client, cast, item, at):
    by = factories.actor(cast.wang)
    draft = actions.create_item(document=base(name="草稿"), by=by, at=at)
    actions.end_version(version=item, active_to=TODAY, by=by, at=at)
    urls = [(cast.center, draft), (cast.center, item), (cast.other_center, item)]
    found = [client.get(reverse("public:guide", args=[center.code, one.item.code])).status_code for center, one in urls]
    assert (found, list(client.get(reverse("public:guides", args=[cast.center.code])).context["rows"].items)) == ([404] * 3, [])
