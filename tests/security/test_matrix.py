"""The three administrators keep the system, not the people's affairs (三员分立): what of another person opens for each role."""

from __future__ import annotations

import pytest

from tests import factories
from tests.security import routes
from tests.security.reading import words

# What every member may open of somebody else: who there is, the rulebook in force, papers meant for all, photos of the hall.
EVERYBODY = {"org:person", "rulebook:version", "rulebook:export", "duty:photo"}
EVERYBODY |= {"documents:detail", "documents:pdf", "documents:preview", "documents:word"}
OWN = {
    "system_admin": {"org:change", "org:move", "org:end", "org:department_change", "org:department_end"}
    | {"org:counter_change", "org:counter_end"},
    "security_admin": {"org:secret", "org:disable", "org:grant"},
    "audit_admin": set(),
    "clerk": set(),
    "section": set(),
    "supervisor": {"attendance:person", "attendance:correct", "attendance:correction", "attendance:leave"}
    | {"attendance:post_check", "attendance:check_photo", "duty:handover", "duty:breach", "assessment:person"},
}
NO_ROW = {"text", "number", "key", "kind", "step", "way", "part"}


@pytest.mark.parametrize("role", OWN)
def test_a_role_opens_of_others_what_it_is_for_and_nothing_else_1_9(town, role: str):
    """ "1.9": who does not assess, approve or inspect reads nobody's attendance, leave, checks, objections or score."""
    client = factories.client(factories.member(town.center, "某人", roles=(role,)))
    rows = [route for route in routes.routes() if set(route.kwargs) - NO_ROW and not route.is_open]
    opened = {route.name for route in rows if client.get(routes.address(route, town)).status_code == 200}
    assert opened == EVERYBODY | OWN[role]


def test_the_reason_of_a_leave_is_not_for_the_supervisor_1_4_1(town):
    """ "1.4.1": an illness is known to who approves and books it."""
    url = routes.addresses(town)["attendance:leave"]
    pages = {name: town.client(name).get(url).content.decode() for name in ("周丽", "孙会", "陈监督")}
    assert {name: "牙科手术" in page for name, page in pages.items()} == {"周丽": True, "孙会": True, "陈监督": False}


def test_the_reason_of_a_leave_is_on_no_list_and_in_no_export(town):
    client = town.client("周丽")
    pages = [
        client.get(url) for url in ("/attendance/leaves/", "/attendance/leaves.xlsx", "/attendance/month.xlsx", "/audit/", "/")
    ]
    assert ["牙科" in words(page) for page in pages] == [False] * 5
