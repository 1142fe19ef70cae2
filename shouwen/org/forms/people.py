"""Plain forms of the people, structure, settings and decisions pages."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.core.forms import day_field
from shouwen.org.models import Counter, Decision, Department, Role


def day(label: str, help_text: str = "", required: bool = True) -> forms.DateField:
    return day_field(label, help_text=help_text, required=required)


class Rows(forms.TypedChoiceField):
    """A choice among rows given by the view, by public code; what is not offered is not accepted."""

    def __init__(self, label: str, required: bool = True, empty: str = "请选择") -> None:
        super().__init__(label=label, required=required, empty_value=None)
        self.rows: dict[str, Any] = {}
        self.empty = empty

    def offer(self, rows: list[Any]) -> None:
        self.rows = {row.code: row for row in rows}
        self.choices = [("", self.empty), *((code, str(row)) for code, row in self.rows.items())]
        self.coerce = self.rows.__getitem__


class Search(forms.Form):
    q = forms.CharField(label="查找", max_length=30, required=False)


class Person(forms.Form):
    name = forms.CharField(label="姓名", max_length=30)
    staff_no = forms.CharField(
        label="工号（打卡编号）", max_length=24, required=False, help_text="与考勤机里的编号一致,导入打卡时据此对人"
    )
    phone = forms.RegexField(
        r"^[0-9+\- ]{5,20}$",
        label="手机",
        required=False,
        error_messages={"invalid": "电话填 5 至 20 位数字,如 13812340000 或 0731-8800001"},
    )


class Post(forms.Form):
    """Where somebody stands from a day on."""

    department = Rows("部门")
    counter = Rows("窗口", required=False, empty="不在窗口")
    post = forms.CharField(label="岗位", max_length=40, initial="窗口工作人员")
    is_assessed = forms.BooleanField(label="参加量化考核", required=False, initial=True, help_text="只考核实际在岗人员")
    active_from = day("自哪天起")

    def __init__(self, *args: Any, departments: list[Department], counters: list[Counter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(departments)  # type: ignore[attr-defined]
        self.fields["counter"].offer(counters)  # type: ignore[attr-defined]


class Add(Post, Person):
    field_order = ("name", "staff_no", "phone", "department", "counter", "post", "is_assessed", "active_from")


class Change(Person):
    """Name, number, phone."""


class Move(Post):
    """A new post; the present one ends the day before."""


class Last(forms.Form):
    last_date = day("最后一天", "这一天仍然有效,过了这一天即终止")


class End(Last):
    reason = forms.CharField(label="原因", max_length=100, required=False)


class Reveal(forms.Form):
    reason = forms.CharField(label="查看完整号码的原因", max_length=100)


class Secret(forms.Form):
    username = forms.CharField(
        label="账号", max_length=40, required=False, help_text="首次开通时填写,用姓名或工号均可;全系统不能重名"
    )


class Disable(forms.Form):
    reason = forms.CharField(label="停用原因", max_length=100)


class Grant(forms.Form):
    role = forms.ChoiceField(label="角色", choices=Role)


class DepartmentForm(forms.Form):
    name = forms.CharField(label="名称", max_length=40)
    short_name = forms.CharField(label="简称", max_length=12, required=False)
    is_vertical = forms.BooleanField(label="条管（垂直管理）单位", required=False)
    superior_name = forms.CharField(
        label="上级主管部门", max_length=60, required=False, help_text="条管单位必填,建议调离函发往此处"
    )


class CounterForm(forms.Form):
    number = forms.IntegerField(label="窗口号", min_value=1, max_value=999)
    name = forms.CharField(label="名称", max_length=40, help_text="如“社保医保”")
    department = Rows("部门")

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(departments)  # type: ignore[attr-defined]


class CenterSettings(forms.Form):
    name = forms.CharField(label="中心名称", max_length=60)
    short_name = forms.CharField(label="简称", max_length=20, help_text="用于文号与抬头,如“某某镇”")
    office_name = forms.CharField(label="考核执行机构", max_length=40, initial="党政办公室")
    report_phone = forms.RegexField(
        r"^[0-9+\-() 转]{5,30}$",
        label="举报电话",
        help_text="须向社会公布:见于大厅屏、公示页和每份文书",
        error_messages={"invalid": "电话填 5 至 20 位数字,如 13812340000 或 0731-8800001"},
    )
    address = forms.CharField(label="地址", max_length=120, required=False)
    pinyin = forms.RegexField(
        r"^[A-Za-z]{2,40}$",
        label="地名拼音",
        required=False,
        help_text="如 qingshan;只用来拒绝过于好猜的密码",
        error_messages={"invalid": "只填字母"},
    )
    objection_contact = forms.CharField(label="异议受理人", max_length=30, required=False)
    objection_phone = forms.CharField(label="异议受理电话", max_length=30, required=False)


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(label="事项", choices=Decision.Kind)
    value = forms.DecimalField(
        label="数值", max_digits=10, decimal_places=2, required=False, help_text="每分分值填元,异议期限填工作日;其他事项不填"
    )
    text = forms.CharField(label="决定内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    decided_date = day("会议日期")
    decided_by = forms.CharField(label="会议与参加人", max_length=200, help_text="如“党政班子会(第12次),王某、李某……”")
    active_from = day("自哪天起生效")
