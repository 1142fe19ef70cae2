"""A question left on the public page, and asking for its answer."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.core.privacy import plain
from shouwen.rules.numbering import normalise


class Ask(forms.Form):
    """Only the question is needed; who wants to be called leaves a telephone."""

    token = forms.CharField(max_length=36, widget=forms.HiddenInput)
    subject = forms.CharField(label="您想问什么事", max_length=120, error_messages={"required": "请写下您想问的事"})
    text = forms.CharField(label="详细情况", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    name = forms.CharField(label="怎么称呼您", max_length=60, required=False)
    phone = forms.CharField(
        label="电话", max_length=20, required=False, help_text="留了电话，我们可以打给您；不留也会答复，凭编号来看"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].widget.attrs |= {"list": "items", "autocomplete": "off"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel"}


class SeeAnswer(forms.Form):
    """`code` comes out as it is written on the receipt, `tail` as four characters or ""."""

    code = forms.CharField(label="留言编号", max_length=40, error_messages={"required": "请填留言编号"})
    tail = forms.CharField(label="电话后四位", max_length=20, required=False, help_text="没有留电话的不用填")

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"], "SW")
        if code is None:
            raise forms.ValidationError("这不是留言编号，请照回执以 SW 开头的编号逐位核对")
        return code

    def clean_tail(self) -> str:
        return plain(self.cleaned_data["tail"])[-4:]
