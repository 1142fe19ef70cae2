"""What is written down after a call or a visit ("2.2")."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.cases.forms.joint import long_field
from shouwen.cases.models import FollowUp
from shouwen.cases.queries.follow_up import DAYS


class PlanFollowUp(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=FollowUp.Kind.choices, initial=FollowUp.Kind.AFTERCARE)
    days = forms.IntegerField(label="几个工作日内", min_value=1, max_value=60, initial=DAYS, required=False)
    plan = forms.CharField(label="回访内容", max_length=200, required=False)


class DoFollowUp(forms.Form):
    way = forms.ChoiceField(label="方式", choices=FollowUp.Way.choices, widget=forms.RadioSelect, initial=FollowUp.Way.PHONE)
    result = forms.ChoiceField(label="结果", widget=forms.RadioSelect)
    text = long_field("情况", required=False)
    again_days = forms.IntegerField(label="几个工作日内再次回访", min_value=1, max_value=60, required=False)

    def __init__(self, *args: Any, results: list[tuple[str, str]], again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = results  # type: ignore[attr-defined]
        if not again:
            del self.fields["again_days"]
