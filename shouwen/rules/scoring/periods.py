"""Weeks, months, quarters, half-years and years, and how they nest. Serves clause 1.1 (by month) and 1.6 (by year)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

KINDS = ("day", "week", "month", "quarter", "half_year", "year")
DAY = timedelta(days=1)
ROLLING = re.compile(r"last_(\d+)_(days|months)$")
YEARS = range(1900, 3000)
CONSECUTIVE = ("consecutive_days", "consecutive_weeks", "consecutive_months", "consecutive_quarters", "consecutive_years")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days. `key` is its name ("2026-10", "2026-Q4"); `first` and `last` are both inside."""

    kind: str
    key: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.first <= day <= self.last


def _months(kind: str, key: str, year: int, month: int, length: int) -> Period:
    end_year, end_month = divmod(year * 12 + month - 1 + length, 12)
    return Period(kind, key, date(year, month, 1), date(end_year, end_month + 1, 1) - DAY)


@lru_cache(maxsize=200_000)
def period_of(kind: str, day: date) -> Period:
    """The period of that kind in which a day lies."""
    year, month = day.year, day.month
    if kind == "month":
        return _months(kind, f"{year}-{month:02}", year, month, 1)
    if kind == "year":
        return _months(kind, str(year), year, 1, 12)
    if kind == "quarter":
        quarter = (month - 1) // 3
        return _months(kind, f"{year}-Q{quarter + 1}", year, quarter * 3 + 1, 3)
    if kind == "half_year":
        half = (month - 1) // 6
        return _months(kind, f"{year}-H{half + 1}", year, half * 6 + 1, 6)
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        iso = day.isocalendar()
        return Period(kind, f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(days=6))
    return Period("day", day.isoformat(), day, day)


def parse_period(text: str) -> Period | None:
    """A period from its key, or an interval "2026-10-01/2026-10-20" (kind "any"); None when it is neither."""
    patterns = (
        (r"(\d{4})", "year", lambda y: date(y, 1, 1)),
        (r"(\d{4})-(\d{2})", "month", lambda y, m: date(y, m, 1)),
        (r"(\d{4})-Q([1-4])", "quarter", lambda y, q: date(y, q * 3 - 2, 1)),
        (r"(\d{4})-H([12])", "half_year", lambda y, h: date(y, h * 6 - 5, 1)),
        (r"(\d{4})-W(\d{2})", "week", lambda y, w: date.fromisocalendar(y, w, 1)),
        (r"(\d{4})-(\d{2})-(\d{2})", "day", date),
    )
    try:
        for pattern, kind, first in patterns:
            if found := re.fullmatch(pattern, text, re.ASCII):
                period = period_of(kind, first(*map(int, found.groups())))
                return period if period.first.year in YEARS else None
        if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})", text):
            start, end = map(date.fromisoformat, found.groups())
            return Period("any", text, start, end) if start <= end and start.year in YEARS and end.year in YEARS else None
    except ValueError:
        return None
    return None


@lru_cache(maxsize=20_000)
def inside(outer: Period, kind: str) -> tuple[Period, ...]:
    """The periods of a kind that belong to an outer one, in order. A week belongs where its Thursday lies."""
    if kind in {"any", outer.kind}:
        return (outer,)
    found: list[Period] = []
    day = outer.first
    while day <= outer.last:
        one = period_of(kind, day)
        anchor = one.first + 3 * DAY if kind == "week" else one.first
        if outer.holds(anchor) and (kind == "week" or one.last <= outer.last):
            found.append(one)
        day = one.last + DAY
    return tuple(found)


def before(period: Period, steps: int) -> Period:
    """The period of the same kind a number of steps earlier."""
    for _ in range(steps):
        if period.kind == "any":
            length = period.last - period.first + DAY
            first, last = period.first - length, period.last - length
            period = Period("any", f"{first}/{last}", first, last)
        else:
            period = period_of(period.kind, period.first - DAY)
    return period


def window(name: str, day: date) -> tuple[date, date]:
    """First and last day of the window of that name that ends with, or holds, a day."""
    if name == "lifetime":
        return date.min, date.max
    if found := ROLLING.match(name):
        amount = int(found[1])
        if found[2] == "days":
            return day - timedelta(days=amount - 1), day
        return _months_back(day, amount) + DAY, day
    period = period_of(name, day)
    return period.first, period.last


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = _months("month", "", year, month + 1, 1).last
    return min(last, date(year, month + 1, 1) + timedelta(days=day.day - 1))
