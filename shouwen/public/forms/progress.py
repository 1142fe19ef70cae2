"""Asking how a case stands."""

from __future__ import annotations

from django import forms

from shouwen.core.privacy import plain
from shouwen.rules.numbering import normalise


class AskProgress(forms.Form):
    """`code` comes out as it is written on papers, `tail` as four characters; a whole telephone number is cut to its end."""

    code = forms.CharField(
        label="办件编号", max_length=40, error_messages={"required": "请填办件编号，在收件凭证、受理通知书上"}
    )
    tail = forms.CharField(label="手机号后四位", max_length=20, error_messages={"required": "请填办事时留的手机号后四位"})

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"], "QS")
        if code is None:
            raise forms.ValidationError("这不是办件编号，请照纸上以 QS 开头的编号逐位核对；编号里没有数字 0、1 和字母 I、L、O")
        return code

    def clean_tail(self) -> str:
        tail = plain(self.cleaned_data["tail"])[-4:]
        if len(tail) < 4:
            raise forms.ValidationError("请填四位")
        return tail
