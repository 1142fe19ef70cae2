"""The one thing typed here."""

from __future__ import annotations

from django import forms


class Void(forms.Form):
    reason = forms.CharField(
        label="作废原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="文号保留不再使用，查验页会显示已作废",
    )
