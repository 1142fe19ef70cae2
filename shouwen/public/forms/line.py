"""Taking a number, at a machine or on a phone."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.public.queries import PRIORITIES, Choice


class Take(forms.Form):
    """`choice` becomes a `Choice`, `priority` a class of priority with the button's words as reason; `token` makes a resent form harmless."""

    choice = forms.CharField(max_length=40)
    priority = forms.CharField(max_length=12, required=False)
    token = forms.CharField(min_length=8, max_length=36)

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.key: one for one in choices}

    def clean_choice(self) -> Choice:
        chosen = self.offered.get(self.cleaned_data["choice"])
        if chosen is None:
            raise forms.ValidationError("请选择要办的事")
        return chosen

    def clean_priority(self) -> str:
        given: str = self.cleaned_data["priority"]
        if given and given not in PRIORITIES:
            raise forms.ValidationError("没有这一类优先")
        return given

    def ticket(self) -> dict[str, Any]:
        """Keywords for `issue_ticket`."""
        data = self.cleaned_data
        chosen, priority = data["choice"], data["priority"]
        reason = PRIORITIES.get(priority, "")
        return {"queue": chosen.queue, "item": chosen.item, "priority": priority, "reason": reason, "token": data["token"]}
