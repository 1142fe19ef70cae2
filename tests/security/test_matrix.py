"""The three administrators keep the system, not the people's affairs (三员分立): what of another person opens for each role."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories
from tests.security import hall_examples, routes
from tests.security.reading import words

# What every member may open of somebody else: who there is, the rulebook in force, papers meant for all, photos of the hall.
EVERYBODY = {"org:person", "rulebook:version", "rulebook:export", "duty:photo"}
EVERYBODY |= {"documents:detail", "documents:pdf", "documents:preview", "documents:word"}
# And the catalogue, and a ticket of the hall: its number, its item, its way, no name.
EVERYBODY |= {"catalogue:item", "catalogue:version", "reception:ticket"}
# A case file is read by those who work on cases and those who answer for the work ("4.2"), by no administrator.
FILES = {"cases:detail", "cases:joint", "cases:paper", "cases:side_paper", "cases:receipt", "cases:receive", "reception:matter"}
WORK = FILES | {"cases:charge", "cases:plan_follow_up", "reception:person", "reception:edit_person"}
OWN = {
    "system_admin": {"org:change", "org:move", "org:end", "org:department_change", "org:department_end"}
    | {"org:counter_change", "org:counter_end"}
    | {"boards:device", "reception:queue_change", "reception:queue_counters"},
    "security_admin": {"org:secret", "org:disable", "org:grant"},
    "audit_admin": set(),
    "clerk": WORK,
    "section": WORK | {"cases:follow_up", "cases:joint_task", "cases:open_joint", "catalogue:edit"},
    "supervisor": {"attendance:person", "attendance:correct", "attendance:correction", "attendance:leave"}
    | {"attendance:post_check", "attendance:check_photo", "duty:handover", "duty:breach", "assessment:person"}
    | FILES
    | {"cases:batch", "cases:breach", "cases:closed_day", "cases:fee_lead", "cases:follow_up", "cases:joint_task"},
}
NO_ROW = {"text", "number", "key", "kind", "step", "way", "part", "do", "form"}


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


def test_a_paper_of_a_case_is_not_for_the_administrators(town):
    """The same paper by the door of all papers: who may not open the case may not open its paper."""
    url, found = reverse("documents:pdf", args=[hall_examples.paper(town)["paper"]]), {}
    for role in ("clerk", "system_admin", "security_admin", "audit_admin"):
        found[role] = factories.client(factories.member(town.center, f"某{role}", roles=(role,))).get(url).status_code
    assert found == {"clerk": 200, "system_admin": 404, "security_admin": 404, "audit_admin": 404}
