"""What people type in attendance: plain forms; who may, and whether it is the time, the actions decide."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from shouwen.attendance import formats
from shouwen.attendance.models import Correction, Device, Leave, Seen
from shouwen.core.clock import local
from shouwen.core.forms import day_field
from shouwen.rules.leaves import Span
from shouwen.rules.workdays import ZONE

Choices = list[tuple[str, str]]
PHOTO = {"accept": "image/*", "capture": "environment", "data-preview": "#preview"}


def people_of(members: Any, *, without: Any = None, blank: str = "") -> Choices:
    """Choices of colleagues by code, one person left out."""
    found = [(member.code, member.name) for member in members if without is None or member.pk != without.pk]
    return [("", blank), *found] if blank else found


def moment_field(label: str, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)


def text_area(label: str, length: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **more)


def file_field(label: str, help_text: str = "jpg、png、webp 或 pdf,不超过 20 MB") -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
    return forms.FileField(label=label, required=False, widget=widget, help_text=help_text)


def photo_field() -> forms.FileField:
    return forms.FileField(label="拍照", required=False, widget=forms.FileInput(attrs=PHOTO))


class AskLeave(forms.Form):
    """Leave to the half day; `member` and the 补假 reason only for those who may file for others."""

    member = forms.ChoiceField(label="请假人", required=False)
    kind = forms.ChoiceField(label="类别", choices=Leave.Kind, initial=Leave.Kind.PERSONAL)
    start_date = day_field("从哪天")
    start_half = forms.ChoiceField(label="上午或下午起", choices=Leave.Half)
    end_date = day_field("到哪天")
    end_half = forms.ChoiceField(label="上午或下午止", choices=Leave.Half, initial=Leave.Half.PM)
    reason = text_area("事由", 300, help_text="只有审批人和考核员看得到")
    cover = forms.ChoiceField(label="代班人", required=False, help_text="超过半天须有代班人,并由本人确认")
    upload = file_field("书面材料", "在这里填写即为书面请假;可另附请假条、病历的照片或扫描件")
    backdated_reason = forms.CharField(
        label="补假理由", required=False, max_length=200, help_text="已经开始的请假,由您说明理由补办"
    )

    def __init__(self, *args: Any, colleagues: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = [("", "不需要"), *colleagues]  # type: ignore[attr-defined]
        self.fields["member"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["member"], self.fields["backdated_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            first, last = (data.pop("start_date"), data.pop("start_half")), (data.pop("end_date"), data.pop("end_half"))
            if last < first:
                raise ValidationError("结束时间早于开始时间")
            if (last[0] - first[0]).days > 366:
                raise ValidationError("一次请假不能超过一年")
            data["span"] = Span(first, last)
        return data


class Answer(forms.Form):
    """Yes or no by the button pressed, with a note."""

    answer = forms.ChoiceField(choices=[("yes", "同意"), ("no", "不同意")], widget=forms.HiddenInput)
    note = forms.CharField(label="意见", required=False, max_length=200)

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")


class Cover(forms.Form):
    cover = forms.ChoiceField(label="改由谁代班")

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].choices = colleagues  # type: ignore[attr-defined]


class Return(forms.Form):
    last_date = day_field("实际请到")
    last_half = forms.ChoiceField(label="半天", choices=Leave.Half)


class Correct(forms.Form):
    claimed = forms.TimeField(label="实际时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    reason = text_area("情况说明", 200, help_text="为什么没有打上卡,谁可以证明")
    upload = file_field("证据")


class DecideSlot(forms.Form):
    outcome = forms.ChoiceField(
        label="认定为",
        choices=[choice for choice in Correction.Outcome.choices if choice[0] != Correction.Outcome.CLAIMED],
        widget=forms.RadioSelect,
    )
    reason = text_area("理由", 200)


class Check(forms.Form):
    """One look, on a phone: who, what was seen, where."""

    member = forms.ChoiceField(label="被查人")
    seen = forms.ChoiceField(label="所见", choices=Seen, widget=forms.RadioSelect)
    place = forms.CharField(label="地点", max_length=60, help_text="如:3号窗口")
    note = forms.CharField(label="情况", max_length=200, required=False)
    witness = forms.CharField(label="见证人", max_length=40, required=False)
    upload = photo_field()

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "选择"), *people]  # type: ignore[attr-defined]


class Repeat(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", "人在"), ("no", "仍不在")], widget=forms.HiddenInput)
    note = forms.CharField(label="情况", max_length=200, required=False)
    upload = photo_field()


class Reply(forms.Form):
    text = text_area("我的说明", 300)


class Upload(forms.Form):
    """A file and where it comes from: a known source, or a new one with a name."""

    device = forms.ChoiceField(label="来源", required=False, widget=forms.Select(attrs={"data-opens": "#new-source"}))
    name = forms.CharField(label="新来源的名称", max_length=40, required=False, help_text="如:大厅考勤机、钉钉")
    kind = forms.ChoiceField(
        label="新来源的类型",
        required=False,
        choices=[choice for choice in Device.Kind.choices if choice[0] not in (Device.Kind.WEB, Device.Kind.REGISTER)],
    )
    upload = forms.FileField(label="文件", help_text="attlog.dat、考勤机文本、Excel(.xlsx)或 CSV,不超过 20 MB")

    def __init__(self, *args: Any, devices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device"].choices = [*devices, ("", "新来源…")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("device") and not (data.get("name") or "").strip():
            self.add_error("name", "请给新来源起个名称")
        return data


class Columns(forms.Form):
    """What each column of the uploaded sheet means; one select a column, and the first row of data."""

    sheet = forms.ChoiceField(label="工作表", required=False)
    first_row = forms.IntegerField(label="数据从第几行开始", min_value=1, max_value=1000)

    def __init__(self, data: Any = None, *, sheets: tuple[str, ...], columns: formats.Columns) -> None:
        initial: dict[str, Any] = {"sheet": columns.sheet, "first_row": columns.first_row}
        initial |= {f"c{index}": role for index, role in enumerate(columns.roles)}
        super().__init__(data, initial=initial)
        self.fields["sheet"].choices = [(name, name) for name in sheets or (columns.sheet,)]  # type: ignore[attr-defined]
        self.width = len(columns.roles)
        for index, role in enumerate(columns.roles):
            self.fields[f"c{index}"] = forms.ChoiceField(choices=_roles(role), required=False, label=f"第 {index + 1} 列")

    @property
    def selects(self) -> list[Any]:
        return [self[f"c{index}"] for index in range(self.width)]

    @property
    def columns(self) -> formats.Columns:
        data = self.cleaned_data
        return formats.Columns(data["sheet"], data["first_row"], tuple(data[f"c{index}"] for index in range(self.width)))


def _roles(role: str) -> Choices:
    found = list(formats.ROLES.items())
    if role.startswith("day:"):
        day = date.fromisoformat(role[4:])
        found.append((role, f"{day.month}月{day.day}日的打卡"))
    return found


class Confirm(forms.Form):
    synced_until = moment_field(
        "数据截至", required=False, help_text="文件里到这个时刻为止的打卡都齐了;不填则以最后一次打卡为准"
    )


class ChangeDevice(forms.Form):
    name = forms.CharField(label="名称", max_length=40)
    utc_offset = forms.TypedChoiceField(
        label="设备时钟走的是", coerce=int, choices=[(480, "北京时间"), (0, "世界时(比北京时间晚 8 小时)")]
    )
    is_source = forms.BooleanField(label="数据到齐之前不判缺卡", required=False)
    synced_until = moment_field("数据截至", required=False)


class AddDevice(forms.Form):
    name = forms.CharField(label="名称", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=Device.Kind)


class MapPin(forms.Form):
    pin = forms.CharField(label="打卡编号", max_length=32)
    member = forms.ChoiceField(label="是谁的")
    active_from = day_field("从哪天起")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "选择"), *people]  # type: ignore[attr-defined]


class Register(forms.Form):
    """One day of the paper register: a row a person, the times as they stand on paper, e.g. "08:25 12:01"."""

    day = day_field("日期")
    note = forms.CharField(label="说明", max_length=120, required=False, help_text="如:当日考勤机停电")

    def __init__(self, *args: Any, members: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            attrs = {"placeholder": "08:25 12:01 13:58 17:35", "inputmode": "numeric"}
            self.fields[f"t_{member.code}"] = forms.CharField(
                label=member.name, required=False, max_length=60, widget=forms.TextInput(attrs=attrs)
            )

    @property
    def rows(self) -> list[Any]:
        return [self[f"t_{member.code}"] for member in self.members]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = []
        for member in self.members if data.get("day") else ():
            for word in (data.get(f"t_{member.code}") or "").replace(",", " ").replace(":", ":").split():
                try:
                    moment = datetime.combine(data["day"], time.fromisoformat(word.zfill(5)), ZONE)
                    lines.append((member, moment))
                except ValueError:
                    self.add_error(f"t_{member.code}", f"“{word[:10]}”不是时刻,请写作 08:25")
        if not lines and not self.errors:
            raise ValidationError("一行也没有填")
        return {"lines": lines, "note": data.get("note", "")}


class RejectEntry(forms.Form):
    note = forms.CharField(label="哪里不符", max_length=120)


def shown_moment(value: datetime | None) -> str:
    """A moment as a datetime-local input shows it."""
    return f"{local(value):%Y-%m-%dT%H:%M}" if value else ""
