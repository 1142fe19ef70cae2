"""Input for the machines and screens of the hall."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from shouwen.boards import queries
from shouwen.reception.models import HallDevice


class AddDevice(forms.Form):
    kind = forms.ChoiceField(label="种类", choices=HallDevice.Kind.choices)
    name = forms.CharField(label="名称", max_length=30, help_text="放在哪里,如“东门取号机”")


class Pair(forms.Form):
    code = forms.CharField(
        label="登记码", max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class ChangeDevice(forms.Form):
    """A screen has rows and no buttons, a kiosk buttons and no rows; both a line of notice and their queues."""

    name = forms.CharField(label="名称", max_length=30)
    queues = forms.MultipleChoiceField(
        label="队列", required=False, widget=forms.CheckboxSelectMultiple, help_text="一个都不选即为全部"
    )
    buttons = forms.CharField(
        label="常办事项",
        required=False,
        widget=forms.Textarea,
        help_text="每行一个,先写队列字母再写事项,如“A 社会保障卡”;取号机上队列和事项合计不超过 12 个",
    )
    rows = forms.IntegerField(label="最近叫号行数", min_value=1, max_value=8, initial=5)
    notice = forms.CharField(label="提示语", required=False, max_length=80)

    def __init__(self, data: Any = None, *, device: HallDevice, on: date) -> None:
        self.device, self.on = device, on
        chosen = queries.choices(device.center, device, on)
        kept = {name: getattr(device, name) for name in ("name", "queues", "rows", "notice")}
        super().__init__(data, initial=kept | {"buttons": chosen.buttons})
        self.letters = chosen.letters
        self.fields["queues"].choices = chosen.queues  # type: ignore[attr-defined]
        del self.fields["rows" if device.kind == HallDevice.Kind.KIOSK else "buttons"]

    def clean_buttons(self) -> list[list[str]]:
        try:
            found = queries.read_buttons(self.device.center, self.cleaned_data["buttons"], self.letters, self.on)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if len(found) + len(self.cleaned_data.get("queues") or self.letters) > 12:
            raise forms.ValidationError("队列和事项合计不超过 12 个,字才够大")
        return found
