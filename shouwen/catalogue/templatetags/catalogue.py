"""Limits, money and states of the catalogue in words: {% load catalogue %}."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from shouwen.catalogue import queries
from shouwen.catalogue.models import ItemVersion, Material
from shouwen.rules.fees import yuan

register = template.Library()


@register.filter
def limit(version: ItemVersion, which: str) -> str:
    """version|limit:"promised" → 20 工作日, 当日办结; — when the law sets none."""
    return queries.short(queries.limit_of(version, which))


@register.filter
def fen(amount: int) -> str:
    """1250 → 12.50 元."""
    return yuan(amount)


@register.filter
def necessity(value: str) -> str:
    return str(Material.Necessity(value).label)


@register.filter
def standing(version: ItemVersion, today: date) -> str:
    """The state on a day: what is in force only later is 待施行, what ends later still is 施行."""
    start, end = version.active_from, version.active_to
    if start and start > today and (end is None or end > start):
        return "待施行"
    if start and end and today < end:
        return "施行"
    return version.get_state_display()


@register.filter
def faults(words: str) -> list[Any]:
    """A refusal that names several faults, one a line."""
    return words.split("；")
