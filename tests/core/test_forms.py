"""A day in any form: years nobody can mean are refused in words, before anything reckons with them."""

from __future__ import annotations

import pytest
from django import forms

from shouwen.core.forms import day_field


class Asked(forms.Form):
    day = day_field("日期")


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("2000-01-01", []),
        ("2099-12-31", []),
        ("1999-12-31", ["请写 2000 年至 2099 年之间的日期"]),
        ("9999-12-31", ["请写 2000 年至 2099 年之间的日期"]),
        ("2026-02-31", ["输入一个有效的日期。"]),
    ],
)
def test_a_day_lies_within_the_years_the_calendar_knows(text, errors):
    assert Asked({"day": text}).errors.get("day", []) == errors
