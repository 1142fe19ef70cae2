"""A batch: which action, which cases, and why (L31)."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from shouwen.cases.forms.joint import long_field


class StartBatch(forms.Form):
    action = forms.ChoiceField(label="操作")
    codes = long_field("办件编号", most=60_000, rows=8, help_text="一行一件；邮寄送达的在编号后空一格写快递单号")
    receiver = forms.ChoiceField(label="移交给", required=False, help_text="批量移交时选择")
    text = forms.CharField(label="督促内容", max_length=200, required=False, help_text="批量督促时填写")
    reason = forms.CharField(label="原因", max_length=200)
    token = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, actions: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = actions  # type: ignore[attr-defined]
        self.fields["receiver"].choices = [("", "（不移交）"), *people]  # type: ignore[attr-defined]
        self.fields["token"].initial = str(uuid.uuid4())

    def clean_codes(self) -> list[tuple[str, str]]:
        """(case code, parcel number or "") a line."""
        found = []
        for line in self.cleaned_data["codes"].replace("，", " ").replace(",", " ").splitlines():
            code, _, parcel = line.strip().partition(" ")
            if code:
                found.append((code.upper(), parcel.strip()[:60]))
        return found

    def options(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("receiver", "text") if self.cleaned_data.get(name)}
