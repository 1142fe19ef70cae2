"""What fills an address: each says where its row is found, when there is a town."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps

from tests.town import Town

Found = Callable[[Town], dict[str, Any]]


def row(model: str, **lookup: Any) -> Callable[[Town], dict[str, Any]]:
    """The code of some row of the first centre."""

    def find(town: Town) -> dict[str, Any]:
        rows = apps.get_model(model)._base_manager.filter(center=town.center, **lookup).order_by("-id")
        code = rows.values_list("code", flat=True).first()
        return {} if code is None else {"code": code}

    return find


def also(found: Callable[[Town], dict[str, Any]], **more: Any) -> Callable[[Town], dict[str, Any]]:
    """The same and something more."""
    return lambda town: {**found(town), **more}


def always(**kwargs: Any) -> Callable[[Town], dict[str, Any]]:
    return lambda town: kwargs


def person(name: str, **more: Any) -> Callable[[Town], dict[str, Any]]:
    return lambda town: {"code": town[name].code, **more}


def center(**more: Any) -> Callable[[Town], dict[str, Any]]:
    return lambda town: {"code": town.center.code, **more}
