"""Hostile words in every field: stored as words, shown as words, exported as words."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from tests.security import hostile, routes
from tests.security.reading import body

READERS = ("周丽", "孙会")
# Where people's own words are kept: if a form stops taking them, this says so.
KEPT = 36


def test_words_meant_to_harm_are_shown_and_exported_as_words(town):
    before = routes.addresses(town).values()
    answers = hostile.poison(town)
    urls = {*before, *routes.addresses(town).values()} - {""}
    assert {url: status for url, status in answers.items() if status >= 500} == {}
    shown, harmful, formulas = 0, [], []
    for name, seen in {**dict.fromkeys(READERS, urls), "陈监督": {"/audit/"}}.items():
        client = town.client(name)
        for url in seen:
            answer = client.get(url)
            content, kind = body(answer), answer.get("Content-Type", "")
            if kind.startswith("text/html"):
                page = content.decode()
                harmful += [(name, url, raw) for raw in hostile.RAW if raw in page]
                shown += page.count("{{7")
            elif "spreadsheetml" in kind:
                formulas += [(url, one.coordinate) for one in cells(content) if one.data_type == "f"]
    assert (harmful, formulas) == ([], [])
    assert shown > 300
    assert len(hostile.poisoned()) >= KEPT


def cells(content: bytes):
    return [one for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for one in row]
