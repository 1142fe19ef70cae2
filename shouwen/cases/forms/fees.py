"""What the counter may say about money: which row, how many, which reduction. There is no field for an amount ("3.5")."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms

from shouwen.cases.actions.fees import ChargeLine
from shouwen.cases.forms.joint import long_field
from shouwen.cases.models import Way
from shouwen.cases.queries.fees import Offer
from shouwen.core.forms import day_field
from shouwen.rules.fees import MOST


class Charge(forms.Form):
    """Three small fields for each row of the schedule that holds today."""

    way = forms.ChoiceField(label="收款方式", choices=Way.choices, initial=Way.CASH)
    invoice_number = forms.CharField(label="财政票据号", max_length=40, required=False, help_text="可先收款，日结前补填")
    token = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["token"].initial = str(uuid.uuid4())
        for offer in offers:
            code = offer.fee.code
            self.fields[f"quantity:{code}"] = forms.IntegerField(label="数量", min_value=0, max_value=MOST, required=False)
            if offer.reductions:
                names = [("", "无减免"), *((name, name) for name in offer.reductions)]
                self.fields[f"reduction:{code}"] = forms.ChoiceField(label="减免情形", choices=names, required=False)
            if offer.charged:
                self.fields[f"reason:{code}"] = forms.CharField(label="再次收取的原因", max_length=100, required=False)

    def rows(self) -> Iterator[tuple[Offer, list[Any]]]:
        """Each row of the schedule with its bound fields."""
        for offer in self.offers:
            names = [f"{part}:{offer.fee.code}" for part in ("quantity", "reduction", "reason")]
            yield offer, [self[name] for name in names if name in self.fields]

    def lines(self) -> list[ChargeLine]:
        data, found = self.cleaned_data, []
        for offer in self.offers:
            code = offer.fee.code
            if quantity := data.get(f"quantity:{code}"):
                reduction = data.get(f"reduction:{code}", "")
                found.append(ChargeLine(code, quantity, (reduction,) if reduction else (), data.get(f"reason:{code}", "")))
        return found


class NoteInvoice(forms.Form):
    number = forms.CharField(label="财政票据号", max_length=40)


class AskRefund(forms.Form):
    charges = forms.MultipleChoiceField(
        label="退哪几项", widget=forms.CheckboxSelectMultiple, required=False, help_text="不选为整张退；每项只能整项退"
    )
    reason = forms.CharField(label="退费原因", max_length=200)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charges"].choices = lines  # type: ignore[attr-defined]


class DecideRefund(forms.Form):
    approved = forms.TypedChoiceField(
        label="审批",
        choices=[("yes", "同意退费"), ("no", "不同意")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    opinion = forms.CharField(label="意见", max_length=200, required=False)


class CloseDay(forms.Form):
    counted = forms.DecimalField(label="实点现金（元）", min_value=0, max_digits=10, decimal_places=2)
    explanation = forms.CharField(label="差异说明", max_length=200, required=False, help_text="实点与应有不一致时必填")

    def clean_counted(self) -> int:
        return int(self.cleaned_data["counted"] * 100)


class NoteFeeLead(forms.Form):
    text = long_field("反映内容", most=1000, rows=4, help_text="在哪里、谁、以什么名目、要收多少")
    about = forms.ChoiceField(label="被反映的人", required=False)
    department = forms.ChoiceField(label="被反映的部门", required=False)
    about_words = forms.CharField(label="不在名单里的人或单位", max_length=60, required=False)
    happened_date = day_field("发生日期", required=False)
    informant = forms.CharField(
        label="反映人", max_length=60, required=False, help_text="可以不留；留了也加密保存，只显示首尾字"
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", "不清楚"), *people]  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", "不清楚"), *departments]  # type: ignore[attr-defined]


class SettleFeeLead(forms.Form):
    confirmed = forms.TypedChoiceField(
        label="核查结论",
        choices=[("yes", "属实"), ("no", "不属实")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    finding = long_field("核查情况")


class Reveal(forms.Form):
    reason = forms.CharField(label="查看反映人姓名的用途", max_length=200)
