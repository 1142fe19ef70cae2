"""Login and one's own password. Pasting is allowed; the whole string is checked."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST = 128


def secret(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget, help_text=help_text)


class Login(forms.Form):
    username = forms.CharField(
        label="账号",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = secret("密码", "current-password")


class NewPassword(forms.Form):
    """Right after a one-time secret: only the new one, twice."""

    new = secret("新密码", "new-password")
    again = secret("再输一次", "new-password")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新密码不一致")
        return data


class Password(NewPassword):
    old = secret("原密码", "current-password")
    field_order = ("old", "new", "again")
