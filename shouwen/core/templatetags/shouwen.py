"""How things are written on screen: clauses, days, moments, points, time left."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template

from shouwen.core.actors import Actor
from shouwen.core.clock import local
from shouwen.core.obligations import Obligation
from shouwen.rules.clauses import cite as cite_clause
from shouwen.rules.masking import mask_name

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.filter
def cite(clause: str) -> str:
    """ "1.3.1" → 〔一(三)1〕."""
    return cite_clause(clause) if clause else ""


@register.filter
def masked(name: str) -> str:
    """王小兰 → 王*兰: how a citizen's name stands in a list."""
    return mask_name(name)


@register.filter
def day(value: date | datetime | None) -> str:
    """11月23日 星期一 (a moment is shown on its local day)."""
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{on.month}月{on.day}日 星期{WEEKDAYS[on.weekday()]}"


@register.filter
def weekday(value: date) -> str:
    """周四."""
    return f"周{WEEKDAYS[value.weekday()]}"


@register.filter
def fullday(value: date | datetime | None) -> str:
    """2026年11月23日."""
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter
def month(value: date | None) -> str:
    """2026年11月."""
    return f"{value.year}年{value.month}月" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """11月23日 08:34, local."""
    if value is None:
        return ""
    here = local(value)
    return f"{here.month}月{here.day}日 {here:%H:%M}"


@register.filter
def hm(value: datetime | None) -> str:
    """08:34, local."""
    return f"{local(value):%H:%M}" if value else ""


@register.filter
def points(value: Decimal | int | str | None) -> str:
    """Points without idle zeros and with a true minus: −2, 9.5, 0."""
    if value is None or value == "":
        return "—"
    text = format(Decimal(value).normalize(), "f")
    return "−" + text[1:] if text.startswith("-") else text


@register.filter
def points2(value: Decimal | Fraction | int | str | None) -> str:
    """Points rounded to two places for a table (a mean of 2/3 is 0.67); what is compared is the exact value."""
    if value is None or value == "":
        return "—"
    exact = Fraction(value)
    near = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return points(near)


@register.filter
def signed(value: Decimal | int | str | None) -> str:
    """Points of one entry, always with their sign: −2, +1.5."""
    shown = points(value)
    return shown if shown[0] in "−—0" else f"+{shown}"


@register.filter
def holds(actor: Actor | None, roles: str) -> bool:
    """Whether the actor has one of the roles: actor|holds:"leader director"."""
    return actor is not None and actor.has(*roles.split())


@register.filter
def yuan(value: Decimal | None) -> str:
    """Two places, e.g. 50.00 元."""
    return "—" if value is None else f"{value:.2f} 元"


@register.filter
def left(due: datetime, at: datetime) -> str:
    """Time to the due moment in words: 剩 3 天 2 小时, 剩 8 分钟, 超过 2 小时."""
    seconds = int((due - at).total_seconds())
    word = "剩" if seconds >= 0 else "超过"
    minutes = abs(seconds) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{word} {days} 天" + (f" {hours} 小时" if hours and days < 3 else "")
    if hours:
        return f"{word} {hours} 小时" + (f" {minutes % 60} 分钟" if minutes % 60 else "")
    return f"{word} {minutes} 分钟"


@register.filter
def spent(owed: Obligation, at: datetime) -> int:
    """Per cent of the time used, 0–100."""
    if owed.due_at is None:
        return 0
    whole = (owed.due_at - owed.started_at).total_seconds()
    return max(0, min(100, round((at - owed.started_at).total_seconds() * 100 / whole))) if whole > 0 else 100


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """mapping[key] in a template, None when missing."""
    return mapping.get(key) if mapping else None
