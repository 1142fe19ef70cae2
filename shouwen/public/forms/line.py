"""Taking a number, at a machine or on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from shouwen.public.queries import PRIORITIES


class Take(forms.Form):
    """`choice` becomes a queue and an item or None, `priority` a class of priority with the button's words as reason; `token` makes a resent form harmless."""

    choice = forms.CharField(max_length=40)
    priority = forms.CharField(max_length=12, required=False)
    token = forms.CharField(min_length=8, max_length=36)

    def __init__(self, *args: Any, find: Callable[[str], tuple[Any, Any] | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find

    def clean_choice(self) -> tuple[Any, Any]:
        chosen = self.find(self.cleaned_data["choice"])
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
        (queue, item), priority = data["choice"], data["priority"]
        reason = PRIORITIES.get(priority, "")
        return {"queue": queue, "item": item, "priority": priority, "reason": reason, "token": data["token"]}
