"""The screen in the hall: ten people at a time, turning by itself without a script."""

from __future__ import annotations

import re

import pytest

from tests import town as towns


@pytest.fixture
def board(db, settings, client):
    """`board("?page=2")` is what the screen shows."""
    settings.DEMO_DATE = towns.DAY.isoformat()
    url = f"/board/{towns.lay().center.code}/posting/"
    return lambda query="": client.get(url + query)


def shown(answer) -> tuple[int, int, str]:
    """People on the screen, its number, and the page it turns to."""
    turns = re.search(r'http-equiv="refresh" content="15; url=[^"?]+\?page=(\d+)"', answer.content.decode())[1]
    return len(answer.context["people"]), answer.context["number"], turns


def test_the_screen_turns_through_everybody_and_begins_again(board):
    """The town's sixteen assessed people."""
    assert [shown(board(query)) for query in ("", "?page=2")] == [(10, 1, "2"), (6, 2, "1")]


@pytest.mark.parametrize(("query", "number"), [("?page=99", 2), ("?page=0", 1), ("?page=²", 1), ("?page=" + "9" * 5000, 1)])
def test_a_page_that_is_not_there_is_the_nearest(board, query: str, number: int):
    assert board(query).context["number"] == number


def test_before_the_first_posting_the_screen_says_so(client, center):
    page = client.get(f"/board/{center.code}/posting/").content.decode()
    assert page.count("还没有公示的月份") == 1


def test_an_unknown_center_has_no_screen(client, db):
    assert client.get("/board/ZX-0000-00000/posting/").status_code == 404
