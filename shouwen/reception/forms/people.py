"""Finding a person, correcting what was entered, and why a number is to be shown."""

from __future__ import annotations

from django import forms

from shouwen.reception.actions.people import FIELDS

OFF = {"autocomplete": "off"}


class FindPeople(forms.Form):
    """Sent by POST: a number typed here must not stand in an address or a log."""

    text = forms.CharField(
        label="姓名、证件号码、电话,或后四位", max_length=60, widget=forms.TextInput(attrs=OFF | {"data-search": ""})
    )


class Reveal(forms.Form):
    field = forms.ChoiceField(
        label="查看哪一项", choices=[(name, label) for name, (_, label) in FIELDS.items()], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="用途", max_length=200, help_text="如:与本人核对证件。查看会连同用途留下记录")


class PersonEdit(forms.Form):
    name = forms.CharField(label="姓名或名称", max_length=60)
    phone = forms.CharField(
        label="新电话", max_length=20, required=False, help_text="不改就空着", widget=forms.TextInput(attrs=OFF)
    )
    address = forms.CharField(label="住址", max_length=120, required=False)
    reason = forms.CharField(label="更正原因", max_length=200)
