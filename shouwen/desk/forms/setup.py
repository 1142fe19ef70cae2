"""The first-run page: the centre, its hours, its people typed or as a sheet."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.org import queries
from shouwen.org.forms import CenterSettings, day, read_people
from shouwen.org.models import Center, Role
from shouwen.org.queries import Newcomer
from shouwen.workcalendar.forms import Hours

LINES, MOST_LINES = 8, 60
KINDS = [(kind.value, kind.label) for kind in Center.Kind if kind is not Center.Kind.VILLAGE]


class CenterForm(CenterSettings):
    """The centre's particulars; a station below another centre is a village station and is not asked its kind."""

    kind = forms.ChoiceField(label="类型", choices=KINDS, initial=Center.Kind.TOWNSHIP)
    field_order = ("name", "short_name", "kind", "report_phone", "office_name", "address")

    def __init__(self, *args: Any, station: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if station:
            del self.fields["kind"]


class Start(forms.Form):
    active_from = day("启用日期", "从这天起计算人员在岗、办公时间,创始制度开始施行;要补录更早的考勤就填更早的日期")
    sheet = forms.FileField(
        label="人员表",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text="填好的 .xlsx 模板,不超过 20 MB;上传了表就不看下面逐行填写的内容",
    )

    def clean_sheet(self) -> list[Newcomer] | None:
        upload = self.cleaned_data["sheet"]
        return read_people(upload) if upload else None


class OpeningHours(Hours):
    """Only the four times; seasons are added later on the calendar pages."""

    def __init__(self, *args: Any, active_from: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "active_from", "last_date", "make_up_from", "make_up_to"):
            del self.fields[name]
        self.active_from = active_from

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= {"name": "全年", "active_from": self.active_from}
        return super().clean()


class PersonRow(forms.Form):
    name = forms.CharField(label="姓名", max_length=30, required=False)
    staff_no = forms.CharField(label="工号", max_length=24, required=False)
    phone = forms.CharField(label="手机", max_length=20, required=False)
    department = forms.CharField(label="部门", max_length=40, required=False)
    counter = forms.IntegerField(label="窗口号", required=False, min_value=1, max_value=999)
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "—"), *((role.value, role.label) for role in Role)])


class PeopleRows(forms.BaseFormSet):
    """The typed lines; empty ones do not count."""

    def people(self) -> list[Newcomer]:
        found = []
        for line, form in enumerate(self.forms, 1):
            data = form.cleaned_data
            if not any(data.get(name) for name in ("name", "staff_no", "phone", "department", "role")):
                continue
            roles = frozenset({data["role"]} if data.get("role") else ())
            found.append(
                Newcomer(
                    line=line,
                    name=data.get("name", "").strip(),
                    department=data.get("department", "").strip(),
                    staff_no=data.get("staff_no", "").strip(),
                    phone=data.get("phone", "").strip(),
                    counter=data.get("counter"),
                    username=queries.clean_username(data.get("name", "")),
                    roles=roles,
                )
            )
        return found
