"""The other centre sees nothing: what 赵强 finds is the same whether 青山镇 has two months of life or none at all.

Every list, search, export, paper and figure is compared word for word, so a count, a rank or a next number that took a row of
the first centre into account would show as surely as a name.
"""

from __future__ import annotations

import re

from django.urls import reverse

from shouwen.documents.models import Document
from tests import factories
from tests import town as towns
from tests.security import routes
from tests.security.reading import words

# Pages for everybody (a list of centres, their postings) are not his; setting up a station is nobody's page.
ROLES = ("director", "assessor", "supervisor", "section", "clerk")
SEARCHES = ("", "?q=李明&department=便民办&month=2026-10", "?q=0&state=open&kind=notice&seen=games&verb=org", "?page=2")
# Other each time: form tokens, public codes, one-time secrets, the moment a sheet was written.
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="\w+|name="token" value="[\w-]+|X-CSRFToken": "\w+|[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{5}|<dcterms:.*?</dcterms:\w+>'
)


def test_nothing_another_center_does_shows_in_any_page_search_export_paper_or_figure(db, settings):
    settings.DEMO_DATE = towns.DAY.isoformat()
    with towns.undone():
        alone = what_zhao_sees(towns.lay(without="青山镇"))
    beside = what_zhao_sees(towns.lay())
    assert {place for place in beside if beside[place] != alone[place]} == set()
    assert len(beside) > 200


def test_the_same_look_notices_one_more_colleague_of_his_own(db, settings):
    settings.DEMO_DATE = towns.DAY.isoformat()
    town = towns.lay(without="青山镇")
    before = what_is_seen(town.client("赵强"), town, [""])
    factories.member(town.other, "新同事")
    after = what_is_seen(town.client("赵强"), town, [""])
    assert {place for place in after if after[place] != before[place]} >= {("org:people", ""), ("org:export", "")}


def what_zhao_sees(town: towns.Town) -> dict[tuple[str, str], str]:
    """He works a little, as anybody would, and then looks everywhere."""
    for role in ROLES:
        factories.grant(town["赵强"], role)
    client = town.client("赵强")
    work(client)
    return what_is_seen(client, town) | papers(client, town)


def work(client) -> None:
    """A roster with its numbered paper, a decision on record, a terminal: rows, a first number and figures of his own."""
    pattern = {"kind": "hall", "active_from": "2026-11-01", "members": "赵强"}
    decision = {
        "kind": "other",
        "text": "值班安排",
        "decided_date": "2026-11-02",
        "decided_by": "班子会",
        "active_from": "2026-11-02",
    }
    sent = {
        reverse("duty:pattern"): pattern,
        reverse("duty:fill", args=["2026-11"]): {},
        reverse("duty:roster_paper", args=["2026-11"]): {},
        reverse("org:decision_add"): decision,
        reverse("attendance:devices"): {"name": "大厅考勤机", "kind": "terminal"},
    }
    assert [client.post(url, data).status_code for url, data in sent.items()] == [302] * len(sent)


def what_is_seen(client, town: towns.Town, searches=SEARCHES) -> dict[tuple[str, str], str]:
    plain = [
        route for route in routes.routes() if not route.is_open and not set(route.kwargs) - {"text", "number", "key", "kind"}
    ]
    asked = [(route.name, routes.address(route, town), query) for route in plain for query in searches]
    return {(name, query): CHANGING.sub("…", words(client.get(url + query))) for name, url, query in asked}


def papers(client, town: towns.Town) -> dict[tuple[str, str], str]:
    """Each of his papers in every form, and the whole of the trail."""
    found = {}
    for document in Document.objects.of(town.other):
        for form in ("detail", "pdf", "word", "void"):
            found[document.number, form] = CHANGING.sub(
                "…", words(client.get(reverse(f"documents:{form}", args=[document.code])))
            )
    return found
