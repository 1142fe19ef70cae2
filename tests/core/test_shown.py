"""How things are written on screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from shouwen.core import clock
from shouwen.core.obligations import Obligation, state_at
from shouwen.core.templatetags import shouwen as shown

AT = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
SHOWN = [
    (shown.cite("1.3.1"), "〔一(三)1〕"),
    (shown.cite(""), ""),
    (shown.day(date(2026, 11, 23)), "11月23日 星期一"),
    (shown.day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)), "11月23日 星期一"),
    (shown.fullday(date(2026, 1, 5)), "2026年1月5日"),
    (shown.month(date(2026, 10, 1)), "2026年10月"),
    (shown.moment(AT), "11月23日 09:12"),
    (shown.hm(AT), "09:12"),
    (shown.points(Decimal("-2.00")), "−2"),
    (shown.points(Decimal("9.50")), "9.5"),
    (shown.points(Decimal("1E+2")), "100"),
    (shown.points(None), "—"),
    (shown.points2(Fraction(2, 3)), "0.67"),
    (shown.signed(Decimal("1.5")), "+1.5"),
    (shown.signed(Decimal(-1)), "−1"),
    (shown.signed(Decimal(0)), "0"),
    (shown.yuan(Decimal(50)), "50.00 元"),
    (shown.left(AT + timedelta(minutes=8), AT), "剩 8 分钟"),
    (shown.left(AT - timedelta(hours=2, minutes=5), AT), "超过 2 小时 5 分钟"),
    (shown.left(AT + timedelta(days=2, hours=3), AT), "剩 2 天 3 小时"),
    (shown.left(AT + timedelta(days=9, hours=3), AT), "剩 9 天"),
]


@pytest.mark.parametrize(("written", "wanted"), SHOWN, ids=range(len(SHOWN)))
def test_written_as_officials_write_it(written: str, wanted: str):
    assert written == wanted


@pytest.mark.parametrize(("hours", "spent", "state"), [(4, 50, "ok"), (2.5, 80, "warn"), (2, 100, "ok"), (1, 100, "late")])
def test_a_clock_runs_from_green_to_late(hours: float, spent: int, state: str):
    owed = Obligation("k", "t", "s", "c", "1.1", AT - timedelta(hours=2), AT + timedelta(hours=hours - 2), "ok", "a", "/")
    assert shown.spent(owed, AT) == spent
    assert state_at(owed.due_at, AT) == ("warn" if hours == 2 else state)


def test_what_has_no_limit_is_never_late():
    assert state_at(None, AT) == "ok"


def test_the_demo_clock_runs_on_from_its_morning(settings, monkeypatch):
    settings.DEMO_DATE = "2026-11-05"
    assert clock.now() == datetime(2026, 11, 5, 1, 12, tzinfo=UTC)
    monkeypatch.setenv("SHOUWEN_DEMO_EPOCH", "1000000000")
    assert clock.now() > datetime(2026, 11, 6, tzinfo=UTC)
