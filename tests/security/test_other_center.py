"""赵强 of 白河镇, with every role there, asks each address of the site for rows of 青山镇."""

from __future__ import annotations

from shouwen.org.models import EXCLUSIVE_ROLES, Role
from tests import factories
from tests import town as towns
from tests.security import routes
from tests.security.reading import words

# A "no" leaves its row, a visit its time: everything else must stand still.
TRACES = ("audit_record", "audit_head", "django_session")
# What an address carries besides rows: a day, a month, a year, a word.
NO_ROW = {"text", "number", "key", "kind", "step", "day", "session", "side", "role", "way", "part", "do", "form"}


def almighty(town: towns.Town, exclusive: str):
    """A client of 赵强 with all roles that go together and one of those that exclude each other."""
    for role in {*Role.values} - set(EXCLUSIVE_ROLES) - {"leader"} | {exclusive}:
        factories.grant(town["赵强"], role)
    return town.client("赵强")


def names_a_row(route: routes.Route) -> bool:
    return not route.is_open and bool(set(route.kwargs) - NO_ROW)


def opened_by(exclusive: str, route: routes.Route, already: set[str]) -> bool:
    """Whether 赵强 with that role gets past the door, and no role tried before let him in."""
    if route.name in already or not route.view.allowed & ({"member", *Role.values} - set(EXCLUSIVE_ROLES) | {exclusive}):
        return False
    already.add(route.name)
    return True


def test_every_row_of_the_other_center_is_not_there_to_see_or_to_change(town):
    found, already, asked = {}, set(), [route for route in routes.routes() if names_a_row(route)]
    for exclusive in sorted(EXCLUSIVE_ROLES):
        with towns.undone():
            client = almighty(town, exclusive)
            before = towns.everything(TRACES)
            found |= {route.name: tried(client, route, town) for route in asked if opened_by(exclusive, route, already)}
            assert towns.everything(TRACES) == before
    assert set(found) == {route.name for route in asked}
    assert {name: got for name, got in found.items() if got not in {(404, 404), (404, 405), (405, 404)}} == {}


def tried(client, route: routes.Route, town: towns.Town) -> tuple[int, int]:
    url = routes.address(route, town)
    return client.get(url).status_code, client.post(url, {"confirm": "1", "answer": "yes", "confirmed": "yes"}).status_code


def secrets(town: towns.Town) -> set[str]:
    """Every name and every public code of the first centre."""
    found = {town.center.code, town.center.name, "青山镇", *town.names()}
    for model in towns.tables():
        fields = {field.name for field in model._meta.fields}
        if {"code", "center"} <= fields:
            found |= set(model._base_manager.filter(center=town.center).values_list("code", flat=True))
    return found


def test_no_page_list_or_export_names_anybody_or_anything_of_the_other_center(town):
    hidden, found, already = secrets(town), {}, set()
    asked = [route for route in routes.routes() if not route.is_open and not names_a_row(route)]
    for exclusive in sorted(EXCLUSIVE_ROLES):
        with towns.undone():
            client = almighty(town, exclusive)
            for route in asked:
                if opened_by(exclusive, route, already):
                    text = said(client, routes.address(route, town))
                    found[route.name] = sorted(one for one in hidden if one in text)
    assert set(found) == {route.name for route in asked}
    assert {name: leaked for name, leaked in found.items() if leaked} == {}


def said(client, url: str) -> str:
    return words(client.get(url)) + words(client.get(f"{url}?q=明&department=便民办&month=2026-10&state=open"))
