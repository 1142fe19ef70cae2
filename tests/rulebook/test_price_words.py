"""A price that is no number is read and typed as a word."""

from __future__ import annotations

import pytest

from shouwen.rulebook.queries.leaves import changed, groups

DOCUMENT = {"items": {"off_post": {"title": "脱岗", "deduct": "unpriced"}, "late": {"title": "迟到", "deduct": 1}}}


def test_prices_are_shown_in_words():
    shown = {leaf.name: leaf.shown for group in groups(DOCUMENT, "items") for leaf in group.leaves if leaf.is_price}

    assert shown == {"items~off_post~deduct": "未定分值", "items~late~deduct": "1"}


@pytest.mark.parametrize(("typed", "stored"), [("未定分值", "unpriced"), ("未定", "unpriced"), ("全部扣完", "all"), ("2", 2)])
def test_a_typed_word_becomes_the_value_of_the_rulebook(typed: str, stored: object):
    document, said = changed(DOCUMENT, "items", {"items~late~deduct": typed})

    assert (document["items"]["late"]["deduct"], said) == (stored, [f"迟到 扣分:1 → {typed}"])
