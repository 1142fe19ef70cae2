"""Looking changes nothing and breaks nothing: every address, by everybody, with whatever somebody writes into it."""

from __future__ import annotations

import pytest

from tests import town as towns
from tests.security import filling, routes

PEOPLE = {"clerk": "李明", "leader": "周丽", "section and assessor": "何静", "system": "吴芳", "security": "钱进"}
PEOPLE |= {"director": "王主任", "supervisor and audit": "陈监督"}
# What a visit may leave: the trail, when the session was last seen, and the log of copies handed out.
LOGS = ("audit_record", "audit_head", "django_session", "documents_printing")
STRANGE = ("../../etc/passwd' OR 1=1 --😀<script>{{7*7}}", "²", "x\x00y", "9" * 40)
QUERY = (
    "month",
    "page",
    "state",
    "seen",
    "kind",
    "q",
    "department",
    "sheet",
    "months",
    "verb",
    "size",
    "left",
    "member",
    "next",
)


@pytest.mark.parametrize("name", PEOPLE.values(), ids=PEOPLE)
def test_a_look_at_every_page_changes_nothing_and_never_fails(town, name: str):
    client, before = town.client(name), towns.everything(LOGS)
    answers = {url: client.get(url).status_code for url in routes.addresses(town).values()}
    assert {url: status for url, status in answers.items() if status >= 500} == {}
    after = towns.everything(LOGS)
    assert [table for table in before if before[table] != after[table]] == []


def test_nothing_written_into_an_address_breaks_a_page(town):
    client, found = town.client("孙会"), {}
    for route in routes.routes():
        url, given = routes.address(route, town), routes.example(route, town)
        spoilt = [url.replace(str(value), strange, 1) for value in given.values() for strange in STRANGE]
        found |= {one: client.get(one).status_code for one in spoilt}
    assert {url: status for url, status in found.items() if status >= 500} == {}


def test_nothing_written_into_a_query_breaks_a_page(town):
    client, found = town.client("孙会"), {}
    for turn, url in enumerate(filling.pages(town)):
        query = {name: STRANGE[(turn + place) % len(STRANGE)] for place, name in enumerate(QUERY)}
        readable = {name: value.replace("\x00", "") for name, value in query.items()}
        found |= {(url, str(sent)): client.get(url, sent).status_code for sent in (readable, dict.fromkeys(QUERY, STRANGE[1]))}
    assert {asked: status for asked, status in found.items() if status >= 500} == {}
