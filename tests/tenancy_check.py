"""The query check (T22) over the whole suite: import `tenant_queries` in conftest.py and it watches every test.

A statement issued by `shouwen` under a test must tie each tenant table to one centre. Statements a test writes itself (factories,
assertions), migrations and what Django's own tools do between tests are not looked at; the named exceptions of the product
stand inside `with across_centers("why"):`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.signals import connection_created

from tests.tenant_sql import findings

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, TESTS = f"{ROOT / 'shouwen'}/", f"{ROOT / 'tests'}/"
TENANCY = f"{PRODUCT}core/tenancy.py"


class Watch:
    """`test` is the id of the running test ("" between tests), `found` what is wrong with its statements."""

    test = ""
    found: dict[str, None] = {}


@lru_cache(maxsize=1)
def tenant_tables() -> frozenset[str]:
    """Tables whose rows belong to a centre; the audit trail's name it without a foreign key."""
    # Not at the top: conftest.py is read before Django has its settings.
    from django.apps import apps

    from shouwen.core.tenancy import TenantModel

    return frozenset(m._meta.db_table for m in apps.get_models() if issubclass(m, TenantModel) or m._meta.app_label == "audit")


@cache
def verdict(sql: str) -> tuple[str, ...]:
    return findings(sql, tenant_tables())


def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """The execute wrapper: notes what is wrong and lets the statement through, so that the test goes on."""
    if Watch.test and (wrong := verdict(str(sql))) and (place := issued_by()) and not on_purpose():
        Watch.found[f"{'; '.join(wrong)}\n    {place}\n    {sql}"] = None
    return execute(sql, params, many, context)


def on_purpose() -> bool:
    from shouwen.core.tenancy import crossing

    return bool(crossing())


def issued_by() -> str:
    """The line of the product that issued the statement; "" when a test, a migration or Django itself did."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(TESTS) and name != __file__:
            return ""
        if name.startswith(PRODUCT) and name != TENANCY:
            return "" if "/migrations/" in name else f"{name.removeprefix(f'{ROOT}/')}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def attach(connection: Any, **_: Any) -> None:
    if look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


connection_created.connect(attach)


@pytest.fixture(autouse=True)
def tenant_queries(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test whose statements name no centre."""
    for connection in connections.all(initialized_only=True):
        attach(connection)
    Watch.test, Watch.found = request.node.nodeid, {}
    yield
    found, Watch.test = list(Watch.found), ""
    if found:
        pytest.fail(f"{request.node.nodeid}: statements that name no center (T22)\n" + "\n".join(found), pytrace=False)
