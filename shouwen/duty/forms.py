"""What the duty person and the inspectors type: little, and most of it by tapping."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.core.forms import day_field
from shouwen.duty import models

PHOTO = {"accept": "image/*", "capture": "environment", "data-preview": "#preview"}


def photo_field() -> forms.FileField:
    return forms.FileField(label="拍照", required=False, widget=forms.ClearableFileInput(attrs=PHOTO))


def note_field(help_text: str = "") -> forms.CharField:
    return forms.CharField(label="情况", required=False, max_length=200, help_text=help_text)


class Opening(forms.Form):
    note_text = note_field()
    photo = photo_field()


class Closing(forms.Form):
    windows_shut = forms.BooleanField(label="窗户已关好", required=False)
    power_off = forms.BooleanField(label="电脑、空调、插座已断电", required=False)
    note_text = note_field()
    photo = photo_field()


class Cleaning(forms.Form):
    """The four points of 一(三)6; a tick means it holds."""

    spotless = forms.BooleanField(label="洁净", required=False)
    tidy = forms.BooleanField(label="整齐", required=False)
    spit_free = forms.BooleanField(label="无痰迹", required=False)
    clutter_free = forms.BooleanField(label="无杂物堆放", required=False)
    note_text = note_field("有问题时写明在哪里、是什么")
    photo = photo_field()

    @property
    def points(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in ("spotless", "tidy", "spit_free", "clutter_free")}


class Handover(forms.Form):
    receiver = forms.ChoiceField(label="接班人")
    other_matters = forms.CharField(
        label="其他未结事项", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    seals = forms.CharField(label="印章", max_length=100, help_text="名称与枚数,如:受理专用章 1 枚")
    keys = forms.CharField(label="钥匙", max_length=100, help_text="如:大门 2 把、档案柜 1 把")
    equipment = forms.CharField(label="设备", max_length=200, help_text="如:叫号机、高拍仪正常;2 号打印机缺墨")
    abnormal = forms.CharField(label="异常", required=False, max_length=200)

    def __init__(self, *args: Any, receivers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = receivers  # type: ignore[attr-defined]


class Return(forms.Form):
    reason = forms.CharField(label="退回原因", max_length=200)


class Reply(forms.Form):
    text = forms.CharField(label="您的说明", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class Decision(forms.Form):
    upheld = forms.TypedChoiceField(
        label="核实结果",
        choices=[("yes", "属实,计入考核"), ("no", "不予扣分")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="核实意见", max_length=200)


class Swap(forms.Form):
    asked = forms.ChoiceField(label="请谁")
    note = forms.CharField(label="说明", required=False, max_length=100)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = choices  # type: ignore[attr-defined]


class Assign(forms.Form):
    day = day_field("日期")
    kind = forms.ChoiceField(label="班种", choices=models.Kind.choices)
    member = forms.ChoiceField(label="值班人")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = people  # type: ignore[attr-defined]


class Pattern(forms.Form):
    kind = forms.ChoiceField(label="班种", choices=models.Kind.choices)
    active_from = day_field("从哪天起")
    members = forms.CharField(
        label="轮值人员(按先后,每行一人)",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="已列出在岗的人:删去不轮的,排好先后;同名的写工号",
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["members"].initial = "\n".join(person.name for person in people)

    def clean_members(self) -> list[Any]:
        found = []
        for number, line in enumerate(self.cleaned_data["members"].splitlines(), 1):
            name = line.strip()
            if not name:
                continue
            matches = [person for person in self.people if name in (person.name, person.staff_no)]
            if len(matches) != 1:
                problem = "没有这个人" if not matches else "有几个同名的人,请改写工号"
                raise forms.ValidationError(f"第 {number} 行“{name}”:{problem}")
            found.append(matches[0])
        return found
