"""Fields a form does not have change nothing: the database is told word for word the same with and without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.test import Client

from tests import town as towns
from tests.security import filling

# Row ids, hashes, public codes, one-time secrets, hashed passwords, sealed texts: other each time.
RANDOM = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}|[0-9a-f]{32}"
    r"|\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{5}\b|^(md5\$|argon2).*|[0-9a-f]{8}\.[A-Za-z0-9_-]{24,}={0,2}|^[A-Za-z0-9_-]{32,43}$"
)


def slipped(town: towns.Town) -> dict[str, str]:
    """What somebody would try: another centre, another person, another state, another time, more rights."""
    other, zhao = str(town.other.pk), str(town["赵强"].pk)
    found = {"center": town.other.code, "center_id": other, "member": town["赵强"].code, "member_id": zhao, "id": zhao}
    found |= {"state": "final", "status": "final", "code": "XX-1111-11111", "at": "2020-01-01T00:00", "by": town["赵强"].code}
    found |= {"role": "leader", "roles": "leader", "is_active": "0", "points": "-99", "decided_by_id": zhao, "password": "x"}
    return found | {"active_to": "2020-01-01", "closed_at": "2020-01-01", "result": "ok", "is_assessed": "0", "edition": "9"}


@contextmanager
def told() -> Iterator[list[str]]:
    """What the database is told to write, sessions aside; undone at the end."""
    said: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE") and '"django_session"' not in sql:
            said.append(f"{sql} {[plain(one) for one in params or ()]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen), transaction.atomic():
        yield said
        transaction.set_rollback(True)


def plain(value: Any) -> str:
    """A value without what is random in it; a paper carries its own code, so of its PDF only that it is there."""
    return "…" if isinstance(value, bytes | memoryview) or type(value).__name__ == "Binary" else RANDOM.sub("…", str(value))


def effect(browser: Client, form: filling.Form, more: dict[str, str]) -> tuple[int, str, list[str]]:
    visitor = Client()
    visitor.cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
    with told() as said:
        answer = visitor.post(form.url, more | form.filled(filling.as_it_stands))
    return answer.status_code, plain(answer.get("Location")), said


def moved(bare: tuple[int, str, list[str]], more: tuple[int, str, list[str]]) -> list[tuple[str, str]]:
    """The words in which two effects differ."""
    lines = zip([*map(str, bare[:2]), *bare[2]], [*map(str, more[:2]), *more[2]], strict=False)
    pairs = [pair for one, other in lines for pair in zip(one.split(", "), other.split(", "), strict=False)]
    return [pair for pair in pairs if pair[0] != pair[1]] or [(f"{len(bare[2])} statements", f"{len(more[2])} statements")]


def test_fields_slipped_into_a_form_change_nothing(town):
    clients, extra, effects = {name: town.client(name) for name in filling.PEOPLE}, slipped(town), {}
    for known in filling.every_form(town):
        more = {name: value for name, value in extra.items() if name not in known.form.names}
        effects[known.form.url] = [effect(clients[known.name], known.form, sent) for sent in ({}, more)]
    assert {url: moved(*pair) for url, pair in effects.items() if pair[0] != pair[1]} == {}
    assert sum(bare[0] == 302 for bare, _ in effects.values()) > 60
