"""What the section and the departments fill in for a joint matter ("4.3.3")."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from shouwen.cases.models import JointHandling
from shouwen.cases.models import Opinion as OpinionRow


def long_field(label: str, *, most: int = 300, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class OpenJoint(forms.Form):
    lead = forms.ChoiceField(label="牵头部门")
    silence = forms.ChoiceField(
        label="超时默认处理",
        choices=JointHandling.Silence.choices,
        required=False,
        help_text="只在流转单上注明，系统不会替部门作出意见",
    )

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = departments  # type: ignore[attr-defined]


class TaskRow(forms.Form):
    """One department; a row left without a department is no row."""

    department = forms.ChoiceField(label="部门", required=False)
    subject = forms.CharField(label="承办事项", max_length=120, required=False)
    n = forms.IntegerField(label="答复时限（工作日）", min_value=1, max_value=60, required=False)
    attachments = forms.CharField(label="附件", max_length=120, required=False)
    is_mandatory = forms.BooleanField(label="必须答复", required=False, initial=True)

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", "（不选）"), *departments]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("department"):
            for name, words in (("subject", "请写承办什么"), ("n", "请写几个工作日")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data


TaskRows = forms.formset_factory(TaskRow, extra=2, max_num=12, absolute_max=12)


class Plain(forms.Form):
    """A button and nothing else; an error still needs a place."""


class Answer(forms.Form):
    opinion = forms.ChoiceField(label="意见", choices=OpinionRow.Kind.choices, widget=forms.RadioSelect)
    text = long_field("意见内容", required=False)
    basis = forms.CharField(label="不同意的依据", max_length=200, required=False)
    materials = long_field(
        "需补正的材料", most=1000, required=False, help_text="一行一项：材料，空一格写缺什么、应怎样。由业务科统一告知申请人"
    )

    def clean_materials(self) -> list[dict[str, str]]:
        found = []
        for line in self.cleaned_data["materials"].splitlines():
            name, _, defect = re.sub(r"[\s:：]+", " ", line.strip()).partition(" ")
            if name:
                found.append({"name": name[:120], "defect": defect[:200]})
        return found


class ObjectToRouting(forms.Form):
    reason = forms.CharField(label="为什么不是本部门的事、应由谁办", max_length=200)


class RuleOnRouting(forms.Form):
    upheld = forms.TypedChoiceField(
        label="处理", choices=[("no", "异议不成立，仍由该部门办"), ("yes", "异议成立，另定部门")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    department = forms.ChoiceField(label="另定的部门", required=False)
    ruling = forms.CharField(label="处理意见", max_length=200)

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", "（不改）"), *departments]  # type: ignore[attr-defined]


class Urge(forms.Form):
    text = forms.CharField(label="催办内容", max_length=200, initial="请按时答复会办意见")


class MergeCorrections(forms.Form):
    reason = forms.CharField(label="受理后再要材料的原因", max_length=200, help_text="受理时没有一次告知的，会记录在案")


class ConcludeJoint(forms.Form):
    conclusion = long_field("汇总结论")
