"""Choosing what the case list shows."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.cases.queries import VIEWS, Filter
from shouwen.catalogue.models import ItemVersion
from shouwen.core.forms import day_field


class CaseFilter(forms.Form):
    """By GET; what cannot be read is left out rather than refused, so that an old bookmark still opens."""

    view = forms.ChoiceField(label="范围", choices=list(VIEWS.items()), required=False)
    name = forms.CharField(label="申请人姓名", max_length=30, required=False)
    department = forms.ChoiceField(label="承办部门", required=False)
    kind = forms.ChoiceField(label="办件类型", choices=[("", "全部"), *ItemVersion.OfficialKind.choices], required=False)
    start = day_field("收件从", required=False)
    end = day_field("收件到", required=False)
    item = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    window = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, departments: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["department"].choices = [("", "全部"), *departments]  # type: ignore[attr-defined]

    def chosen(self) -> Filter:
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return Filter(**found)

    def as_choices(self) -> dict[str, str]:
        """What is set, as text: the query of the page, or what a saved filter keeps."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
