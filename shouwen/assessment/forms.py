"""What people type into the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from shouwen.assessment.models import YearDecision
from shouwen.core.forms import day_field


def words(label: str, length: int, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **more)


class Object(forms.Form):
    text = words("异议的理由", 1000, help_text="写清当时的情况、能证明的人或材料")
    evidence = forms.FileField(label="证据(照片或 PDF)", required=False)


class Answer(forms.Form):
    upheld = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "异议成立,冲销这一笔"), ("no", "维持原结果")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reply = words("答复的理由", 1000, help_text="提出人会看到这段话")


class Finding(forms.Form):
    """Choices are given by the view: people of the centre and the offences the rulebook prices."""

    executor = forms.ChoiceField(label="弄虚作假的考核执行人")
    concerned = forms.ChoiceField(label="被隐瞒扣分的人")
    kind = forms.ChoiceField(label="被隐瞒的是什么")
    fact_date = day_field("发生日期")
    count = forms.DecimalField(label="数量(次、半天)", min_value=1, max_value=20, initial=1, decimal_places=0)
    minutes = forms.IntegerField(label="分钟", required=False, min_value=1, max_value=600, help_text="迟到、早退时填写")
    account = words("弄虚作假的经过", 1000, help_text="什么时候、怎样隐瞒、怎样发现")
    decided_date = day_field("班子会日期")
    decided_by = forms.CharField(label="会议与参加人", max_length=200)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], kinds: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), *people]
        self.fields["executor"].choices = choices  # type: ignore[attr-defined]
        self.fields["concerned"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "请选择"), *kinds]  # type: ignore[attr-defined]


class Adjust(forms.Form):
    member = forms.ChoiceField(label="对象")
    about = forms.ChoiceField(label="更正哪个月", help_text="只列已定案的月份;未定案的请走异议")
    points = forms.DecimalField(
        label="分值", min_value=-100, max_value=100, decimal_places=2, help_text="正数加分,负数扣分;计入当前未冻结的月份"
    )
    reason = words("理由", 500)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], months: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", "请选择"), *months]  # type: ignore[attr-defined]


class Verdict(forms.Form):
    confirmed = forms.TypedChoiceField(
        label="意见",
        choices=[("yes", "确认入账"), ("no", "不确认")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class Announce(forms.Form):
    meeting = forms.CharField(label="在哪次会议上通报", max_length=200, help_text="如:11月16日全镇干部大会")


class Meeting(forms.Form):
    meeting = forms.CharField(label="会议名称", max_length=60, initial="全镇干部大会")


class Decide(forms.Form):
    choice = forms.ChoiceField(label="决定", widget=forms.RadioSelect)
    reason = words("具体情况和理由", 500, help_text="一(七):视具体情况,由人决定并记明理由")
    decided_date = day_field("班子会日期")
    decided_by = forms.CharField(label="会议与参加人", max_length=200)

    def __init__(self, *args: Any, is_vertical: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = YearDecision.Choice.TRANSFER if is_vertical else YearDecision.Choice.STANDBY
        none = YearDecision.Choice.NONE
        self.fields["choice"].choices = [(own.value, own.label), (none.value, none.label)]  # type: ignore[attr-defined]


class Trial(forms.Form):
    """Which months to try a draft on."""

    months = forms.MultipleChoiceField(
        label="月份", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一个月"}
    )

    def __init__(self, *args: Any, months: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(months)
        self.fields["months"].choices = choices  # type: ignore[attr-defined]
        self.fields["months"].initial = [key for key, _ in choices]


class Untried(forms.Form):
    reason = forms.CharField(label="不试算的理由", max_length=200)


class Enact(forms.Form):
    active_from = day_field("施行日", help_text="某月 1 日,且在已冻结的月份之后")

    def clean_active_from(self) -> date:
        found: date = self.cleaned_data["active_from"]
        if not date(2000, 1, 1) <= found <= date(2099, 12, 31):
            raise forms.ValidationError("日期不在可用范围内")
        return found
