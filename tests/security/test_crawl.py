"""Looking changes nothing and breaks nothing: every address, by everybody, with whatever somebody writes into it."""

from __future__ import annotations

import pytest

from tests import town as towns
from tests.security import filling, routes

PEOPLE = {"clerk": "李明", "leader": "周丽", "section and assessor": "何静", "system": "吴芳", "security": "钱进"}
PEOPLE |= {"director": "王主任", "supervisor and audit": "陈监督"}
# What a visit may leave: the trail, when the session was last seen, and the log of copies handed out.
LOGS = ("audit_record", "audit_head", "django_session", "documents_printing")
STRANGE = {"words": "../../etc/passwd' OR 1=1 --😀<script>{{7*7}}", "digit": "²", "nul": "x\x00y", "long": "9" * 40}
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


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_nothing_written_into_an_address_or_its_query_breaks_a_page(town, strange: str):
    client, found = town.client("孙会"), {}
    for route in routes.routes():
        url, given = routes.address(route, town), routes.example(route, town)
        spoilt = [url.replace(str(value), strange, 1) for value in given.values()]
        found |= {one: client.get(one).status_code for one in spoilt}
    for url in filling.pages(town):
        found[f"{url}?…"] = client.get(url, dict.fromkeys(QUERY, strange)).status_code
    assert {url: status for url, status in found.items() if status >= 500} == {}
