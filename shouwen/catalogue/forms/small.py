"""Plain forms of the list, of days, fees and files."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from shouwen.catalogue import queries
from shouwen.catalogue.models import ItemVersion
from shouwen.core.errors import Refused
from shouwen.core.forms import day_field


class Filter(forms.Form):
    """What the list is asked for; whatever is not offered counts for nothing."""

    view = forms.ChoiceField(choices=queries.VIEWS, required=False)
    q = forms.CharField(max_length=60, required=False)
    field = forms.ChoiceField(choices=[("", "全部领域"), *ItemVersion.Field.choices], required=False, label="领域")

    def chosen(self) -> queries.Filter:
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        return queries.Filter(**known)


class Day(forms.Form):
    """From or to which day."""

    active_from = day_field("自哪天起")


class End(forms.Form):
    active_to = day_field("自哪天起不再办理", help_text="这一天起不再受理；已受理的照原版本办完")


class EndFee(forms.Form):
    active_to = day_field("自哪天起不再收取")


class Fee(forms.Form):
    """A row of the schedule; the sum is typed in yuan and kept in fen."""

    item = forms.ChoiceField(label="事项", required=False)
    name = forms.CharField(label="收费项目", max_length=60)
    yuan = forms.DecimalField(label="标准（元）", min_value=0, max_value=1_000_000, max_digits=9, decimal_places=2)
    unit = forms.CharField(label="计费单位", max_length=12, help_text="证、份、页……")
    cap_yuan = forms.DecimalField(
        label="最高（元）", min_value=0, max_value=1_000_000, max_digits=9, decimal_places=2, required=False
    )
    reductions = forms.CharField(
        label="减免情形", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一种：名称 减免比例 依据，如“低保对象 100% 省价费目录”",
    )  # fmt: skip
    basis = forms.CharField(label="收费依据", max_length=200, help_text="文件名称与文号；没有依据的不得收费")
    active_from = day_field("自哪天起")
    active_to = day_field("有效期至（不含）", required=False)

    def __init__(self, *args: Any, items: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {version.item.code: version.item for version in items}
        self.fields["item"].choices = [("", "所有事项"), *((code, row.name) for code, row in self.rows.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the action takes: `item` the row or None, `document` the entry of the fee."""
        found = self.cleaned_data
        if self.errors:
            return found
        day = {name: found[name].isoformat() if found[name] else "" for name in ("active_from", "active_to")}
        document = {
            "name": found["name"],
            "amount": int(found["yuan"] * 100),
            "unit": found["unit"],
            "cap": None if found["cap_yuan"] is None else int(found["cap_yuan"] * 100),
            "reductions": found["reductions"],
            "basis": found["basis"],
            **day,
        }
        return {"item": self.rows.get(found["item"]), "document": document}


class Upload(forms.Form):
    """A file of the catalogue; read here so that what is no such file is told beside the field."""

    file = forms.FileField(label="文件", help_text=".xlsx 表格或 JSON，不超过 4 MB；可先导出一份照样填写")

    def clean_file(self) -> dict[str, Any]:
        try:
            return queries.from_file(self.cleaned_data["file"].read())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None


class Confirm(forms.Form):
    """The dry run was read: the same document again, and what shall become of it."""

    document = forms.CharField(widget=forms.HiddenInput, max_length=3_000_000)
    active_from = day_field("施行日", required=False, help_text="留空则只存为草稿，逐个核对后再施行")

    def clean_document(self) -> dict[str, Any]:
        try:
            return queries.from_json(self.cleaned_data["document"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None

    @staticmethod
    def written(document: dict[str, Any]) -> str:
        """The document as the hidden field carries it."""
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
