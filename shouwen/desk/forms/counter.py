"""The few fields of the workbench."""

from __future__ import annotations

from django import forms


class Answer(forms.Form):
    answer = forms.CharField(label="怎样答复的", max_length=500, required=False)
    has_told = forms.BooleanField(label="已一次性告知条件、依据、收费、时限和下一步", required=False)


class Lead(forms.Form):
    to = forms.ChoiceField(label="带到")
    note = forms.CharField(label="交代的话", max_length=200, required=False)

    def __init__(self, data: object = None, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["to"].choices = places  # type: ignore[attr-defined]
