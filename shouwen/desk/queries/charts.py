"""Charts drawn on the server: where each bar and point stands, in the units of the drawing's view box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shouwen.cases.queries import Week

STEP, BAR, TOP, BASE, HEIGHT = 58, 17, 24, 150, 244
SHARE_TOP, SHARE_BASE = 192, 236


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of a week: `y` and `height` of the bar, `value` written above it."""

    x: int
    y: int
    height: int
    value: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2

    @property
    def above(self) -> int:
        return self.y - 4


@dataclass(frozen=True, slots=True)
class WeekColumn:
    """A week of the chart: both bars, its label, and the point of its share (None when nothing was decided)."""

    week: Week
    middle: int
    label: str
    received: Column
    decided: Column
    share_y: int | None

    @property
    def share_text(self) -> int:
        return (self.share_y or SHARE_BASE) - 6


@dataclass(frozen=True, slots=True)
class WeekChart:
    """`points` is the line of shares for a polyline; `weeks` also fill the table that says the same in numbers."""

    width: int
    height: int
    bar: int
    base: int
    share_top: int
    share_base: int
    weeks: list[WeekColumn]
    points: str

    @property
    def is_empty(self) -> bool:
        return not any(one.week.received or one.week.decided for one in self.weeks)


def week_chart(weeks: Sequence[Week]) -> WeekChart:
    """Two bars a week, received and decided, to one scale; below them the share decided in time, 0 to 100 per cent."""
    most = max((value for week in weeks for value in (week.received, week.decided)), default=0) or 1
    columns = [_column(index, week, most) for index, week in enumerate(weeks)]
    points = " ".join(f"{one.middle},{one.share_y}" for one in columns if one.share_y is not None)
    return WeekChart(max(STEP * len(weeks), STEP), HEIGHT, BAR, BASE, SHARE_TOP, SHARE_BASE, columns, points)


def _column(index: int, week: Week, most: int) -> WeekColumn:
    left = index * STEP + (STEP - 2 * BAR - 3) // 2
    middle = left + BAR + 1
    share = None if week.share is None else SHARE_BASE - round(week.share * (SHARE_BASE - SHARE_TOP) / 100)
    label = f"{week.start.month}/{week.start.day}"
    return WeekColumn(week, middle, label, _bar(left, week.received, most), _bar(left + BAR + 3, week.decided, most), share)


def _bar(x: int, value: int, most: int) -> Column:
    height = round(value * (BASE - TOP) / most)
    return Column(x, BASE - height, height, value)
