"""What is typed when somebody asks: little, in the order people say it, and everything but the question may be left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from shouwen.core.forms import day_field
from shouwen.reception import models
from shouwen.reception.actions.outcomes import TOLD
from shouwen.rules.chain import first_asked

SUBJECTS = 3
AREA = {"rows": 2}
Kind = models.HandOver.Kind


class NewInquiry(forms.Form):
    """`people` are `queries.askable` rows, `items` names → items in force, `me` the code chosen first."""

    token = forms.CharField(max_length=36, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label="来访方式", choices=models.Inquiry.Channel.choices[:3], widget=forms.RadioSelect)
    subject = forms.CharField(label="问什么事", max_length=120)
    subject2 = forms.CharField(label="还问什么", max_length=120, required=False)
    subject3 = forms.CharField(label="还问什么", max_length=120, required=False)
    name = forms.CharField(label="姓名或单位", max_length=60, required=False, help_text="不愿留名的可以空着")
    phone = forms.CharField(label="电话", max_length=20, required=False)
    id_number = forms.CharField(label="证件号码", max_length=40, required=False, help_text="只是咨询的不用登记")
    id_kind = forms.ChoiceField(label="证件种类", choices=models.Person.IdKind.choices[1:], required=False)
    confirmed = forms.BooleanField(label="号码已核对,证件上就是这样", required=False)
    address = forms.CharField(label="住址", max_length=120, required=False)
    text = forms.CharField(label="详细情况", max_length=2000, required=False, widget=forms.Textarea(attrs=AREA))
    materials = forms.CharField(label="所收材料及数量", max_length=200, required=False)
    first_asked = forms.ChoiceField(label="首问责任人", help_text="先被问到的人,没有账号的也可以")
    beside = forms.ChoiceField(
        label="同时被问的另一人", required=False, help_text="两人同时被问,职位高的是首问责任人;职位一样的以上面选的为准"
    )
    received_at = forms.DateTimeField(
        label="来访时间",
        required=False,
        help_text="补登记时填写,现在来的不填",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, people: list[Any], items: dict[str, Any], me: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.items, self.at = {person.code: person for person in people}, items, at
        shown = [(person.code, f"{person.name} · {person.label}" if person.label else person.name) for person in people]
        self.fields["first_asked"].choices = shown  # type: ignore[attr-defined]
        self.fields["beside"].choices = [("", "没有"), *shown]  # type: ignore[attr-defined]
        self.fields["first_asked"].initial = me
        self.fields["channel"].initial = models.Inquiry.Channel.WALK_IN
        for name in ("subject", "subject2", "subject3"):
            self.fields[name].widget.attrs |= {"list": "items", "autocomplete": "off"}
        self.fields["subject"].widget.attrs["autofocus"] = True
        for name in ("name", "phone", "id_number"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_received_at(self) -> datetime | None:
        value: datetime | None = self.cleaned_data["received_at"]
        if value is not None and value > self.at:
            raise forms.ValidationError("来访时间不能晚于现在")
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and any(data.get(name) for name in ("phone", "id_number", "address")):
            self.add_error("name", "留了电话、证件或住址的,请填写姓名或称呼")
        return data

    @property
    def opening(self) -> dict[str, Any]:
        """Arguments of `open_inquiry`."""
        data = self.cleaned_data
        words = [data[name].strip() for name in ("subject", "subject2", "subject3") if data[name].strip()]
        asked, beside = self.people[data["first_asked"]], self.people.get(data["beside"])
        first, note = asked, ""
        if beside is not None and beside.pk != asked.pk:
            first = first_asked(asked, beside, {person: person.rank for person in (asked, beside)})
            other = beside if first is asked else asked
            note = f"与{other.name}同时被问,{'职位高者为首问' if first.rank != other.rank else '两人商定'}"
        told = {name: data[name] for name in ("channel", "text", "materials", "received_at", "token")}
        return told | {
            "subjects": [(self.items.get(word), word) for word in words],
            "first_asked": first,
            "note": note,
        }

    @property
    def person(self) -> dict[str, Any] | None:
        """Arguments of `register_person`, None when no name was given."""
        data = self.cleaned_data
        if not data["name"].strip():
            return None
        kind = data["id_kind"] if data["id_number"] else ""
        names = ("name", "phone", "id_number", "address", "confirmed")
        return {name: data[name] for name in names} | {"id_kind": kind, "is_unit": kind == "credit_code"}


class Answer(forms.Form):
    """The answer and the five points that are told at once."""

    outcome = forms.ChoiceField(
        label="怎样处理", choices=[("answered", "当场答复"), ("notified", "一次性告知")], widget=forms.RadioSelect
    )
    answer = forms.CharField(label="怎样答复的", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, has_item: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in TOLD.items():
            self.fields[key] = forms.CharField(
                label=label, max_length=500, required=has_item, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields["answer"].required = not has_item
        self.fields["outcome"].initial = "answered"
        if not has_item:
            del self.fields["outcome"]

    @property
    def points(self) -> list[Any]:
        """The five fields, to be shown side by side."""
        return [self[key] for key in TOLD]

    @property
    def told(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in TOLD}


class PhoneCall(forms.Form):
    called = forms.CharField(label="打给谁", max_length=60, help_text="单位、窗口和姓名,如:县医保局 张股长")
    agreed = forms.CharField(label="商定结果", max_length=300, widget=forms.Textarea(attrs=AREA))
    is_settled = forms.BooleanField(label="问题已当场解决", required=False)


class HandOver(forms.Form):
    """One field for the place: a window, a department, a person or the business section."""

    to = forms.ChoiceField(label="移交给")
    is_escorted = forms.BooleanField(label="已当面引导过去", required=False, initial=True)
    note = forms.CharField(label="交代的话", max_length=200, required=False)

    def __init__(self, *args: Any, places: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        if self.cleaned_data["to"] == "section":
            return Kind.SECTION
        return Kind.ESCORTED if self.cleaned_data["is_escorted"] else Kind.INTERNAL


class Return(forms.Form):
    reason = forms.CharField(label="退回理由", max_length=200, help_text="写明应当找谁")


class Complaint(forms.Form):
    text = forms.CharField(label="投诉什么", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    against = forms.ChoiceField(label="投诉谁", required=False)
    against_words = forms.CharField(label="不知道姓名的,写窗口或单位", max_length=60, required=False)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(person.code, f"{person.name} · {person.label}" if person.label else person.name) for person in people]
        self.fields["against"].choices = [("", "不在名单上"), *shown]  # type: ignore[attr-defined]
        self.people = {person.code: person for person in people}

    @property
    def accused(self) -> Any:
        return self.people.get(self.cleaned_data["against"])


class Urge(forms.Form):
    text = forms.CharField(label="督促内容", max_length=200, required=False)


class AddMatter(forms.Form):
    subject = forms.CharField(label="还问什么事", max_length=120)

    def __init__(self, *args: Any, items: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["subject"].widget.attrs |= {"list": "items", "autocomplete": "off"}

    @property
    def item(self) -> Any:
        return self.items.get(self.cleaned_data["subject"].strip())


class FilterRegister(forms.Form):
    """The register's filters; whatever is not understood narrows nothing."""

    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *models.Matter.Status.choices])
    channel = forms.ChoiceField(label="来访方式", required=False, choices=[("", "全部"), *models.Inquiry.Channel.choices])
    whose = forms.ChoiceField(
        label="谁的", required=False, choices=[("", "全部"), ("mine", "我负责的"), ("followed", "我首问、别人在办的")]
    )
    first = day_field("从", required=False)
    last = day_field("到", required=False)
    text = forms.CharField(
        label="查找",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"data-search": "", "placeholder": "事由、姓名、编号"}),
    )
