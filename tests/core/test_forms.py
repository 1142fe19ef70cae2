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
        ("2026-02-31", ["没有这一天,请写成 2026-11-05 的样子"]),
    ],
)
def test_a_day_lies_within_the_years_the_calendar_knows(text, errors):
    assert Asked({"day": text}).errors.get("day", []) == errors


class Told(forms.Form):
    name = forms.CharField(max_length=3)
    count = forms.IntegerField(min_value=0)


def test_what_is_wrong_with_a_field_is_said_in_words_of_the_day():
    errors = Told({"name": "一二三四", "count": "-1"}).errors
    assert (errors["name"], errors["count"]) == (["最多 3 个字,现在有 4 个"], ["不能小于 0"])
    assert Told({"name": "", "count": "几个"}).errors == {"name": ["请填写这一项"], "count": ["请填数字"]}
