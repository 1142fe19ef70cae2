"""赵强 of 白河镇, with every role there, asks each address of the site for rows of 青山镇."""

from __future__ import annotations

import pytest

from shouwen.org.models import EXCLUSIVE_ROLES, Role
from tests import factories
from tests import town as towns
from tests.security import routes
from tests.security.reading import words

# A "no" leaves its row, a visit its time: everything else must stand still.
TRACES = ("audit_record", "audit_head", "django_session")
# What an address carries besides rows: a day, a month, a year, a word.
NO_ROW = {"text", "number", "key", "kind", "step", "day", "session", "side", "role", "way", "part"}


def almighty(town: towns.Town, exclusive: str):
    """A client of 赵强 with all roles that go together and one of those that exclude each other."""
    for role in {*Role.values} - set(EXCLUSIVE_ROLES) - {"leader"} | {exclusive}:
        factories.grant(town["赵强"], role)
    return town.client("赵强")


def names_a_row(route: routes.Route) -> bool:
    return not route.is_open and bool(set(route.kwargs) - NO_ROW)


@pytest.mark.parametrize("exclusive", sorted(EXCLUSIVE_ROLES))
def test_every_row_of_the_other_center_is_not_there_to_see_or_to_change(town, exclusive: str):
    client, found = almighty(town, exclusive), {}
    before = towns.everything(TRACES)
    for route in filter(names_a_row, routes.routes()):
        url = routes.address(route, town)
        got, posted = client.get(url), client.post(url, {"confirm": "1", "answer": "yes", "confirmed": "yes"})
        closed = not (route.view.allowed & {"member", *Role.values} - set(EXCLUSIVE_ROLES) | route.view.allowed & {exclusive})
        wanted = ({409}, {409}) if closed else ({404, 405}, {404, 405})
        if (
            not ({got.status_code} <= wanted[0] and {posted.status_code} <= wanted[1])
            or got.status_code == posted.status_code == 405
        ):
            found[route.name] = (got.status_code, posted.status_code)
    assert found == {}
    assert towns.everything(TRACES) == before


def secrets(town: towns.Town) -> set[str]:
    """Every name and every public code of the first centre."""
    found = {town.center.code, town.center.name, "青山镇", *town.names()}
    for model in towns.tables():
        fields = {field.name for field in model._meta.fields}
        if {"code", "center"} <= fields:
            found |= set(model._base_manager.filter(center=town.center).values_list("code", flat=True))
    return found


@pytest.mark.parametrize("exclusive", sorted(EXCLUSIVE_ROLES))
def test_no_page_list_or_export_names_anybody_or_anything_of_the_other_center(town, exclusive: str):
    client, hidden, found = almighty(town, exclusive), secrets(town), {}
    for route in routes.routes():
        if not route.is_open and not names_a_row(route):
            url = routes.address(route, town)
            text = words(client.get(url)) + words(client.get(f"{url}?q=明&department=便民办&month=2026-10&state=open"))
            found[route.name] = sorted(one for one in hidden if one in text)
    assert {name: leaked for name, leaked in found.items() if leaked} == {}
