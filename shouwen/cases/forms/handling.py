"""What is typed while a case is handled; `values()` is what the action is called with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from shouwen.cases.models import Case, ChecklistLine, Delivery
from shouwen.cases.queries import Ground
from shouwen.core.forms import day_field
from shouwen.rules.workdays import ZONE


def text(label: str, longest: int = 200, *, required: bool = True, rows: int = 0, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def wrong_field(name: str) -> forms.CharField:
    """What is wrong with a material that was handed in."""
    label = f"{name} 不合要求之处"
    shown = {"placeholder": "不合要求的，写明错什么、应怎样", "aria-label": label}
    return forms.CharField(label=label, max_length=200, required=False, widget=forms.TextInput(attrs=shown))


class Handling(forms.Form):
    """A form whose fields are the arguments of its action."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class LineForm(Handling):
    """One row of fields a line of the checklist; templates ask `rows`."""

    def __init__(self, *args: Any, lines: Sequence[ChecklistLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            for name, field in self.line_fields(line).items():
                self.fields[f"{name}_{line.position}"] = field

    def line_fields(self, line: ChecklistLine) -> dict[str, forms.Field]:
        """The fields of one line, by name; none here."""
        return {}

    @property
    def rows(self) -> list[tuple[ChecklistLine, list[Any]]]:
        return [(line, [self[f"{name}_{line.position}"] for name in self.line_fields(line)]) for line in self.lines]

    def of(self, name: str) -> dict[int, Any]:
        """What was filled in under a name, by position."""
        found = {line.position: self.cleaned_data.get(f"{name}_{line.position}") for line in self.lines}
        return {position: value for position, value in found.items() if value}


class Taking(LineForm):
    """Which materials came in: a tick, and words where something is wrong with it."""

    def line_fields(self, line: ChecklistLine) -> dict[str, forms.Field]:
        return {
            "got": forms.BooleanField(label=f"收到 {line.name}", required=False),
            "defect": wrong_field(line.name),
        }

    def values(self) -> dict[str, Any]:
        """Only what is ticked came in; words about another line are noted, not certified as received."""
        got, wrong = self.of("got"), self.of("defect")
        noted = {position: words for position, words in wrong.items() if position not in got}
        return {"lines": {position: wrong.get(position, "") for position in got}, "noted": noted}


class Notice(LineForm):
    """What is missing or wrong, line by line; after the first notice also why again, and lines never asked for before."""

    reason = text("再次告知的原因")
    new_name = text("补提的材料", 120, required=False)
    new_defect = text("要求", required=False)
    new_where = text("去哪办", 120, required=False)

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.again = again
        if not again:
            for name in ("reason", "new_name", "new_defect", "new_where"):
                del self.fields[name]

    def line_fields(self, line: ChecklistLine) -> dict[str, forms.Field]:
        return {"defect": forms.CharField(label=f"{line.name} 缺什么、错什么、应怎样", max_length=200, required=False)}

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {"defects": self.of("defect")}
        if self.again and (name := self.cleaned_data["new_name"]):
            more = {"defect": self.cleaned_data["new_defect"] or "请提供", "where": self.cleaned_data["new_where"]}
            found["added"] = [{"name": name, **more}]
        return found


class Accept(LineForm):
    """Days promised for lines that may follow (容缺); nothing to fill in when all is there."""

    def line_fields(self, line: ChecklistLine) -> dict[str, forms.Field]:
        return {"until": day_field(f"{line.name} 承诺补交日期", required=False)}

    def values(self) -> dict[str, Any]:
        return {"promises": self.of("until")}


class Decline(Handling):
    reason = text("理由", rows=3)
    basis = text("依据的条款", help_text="如：《××条例》第×条")
    authority = text("应向何机关申请", 60, required=False)


class SendBack(Handling):
    reason = text("不具备什么条件", rows=3)
    basis = text("依据的条款", help_text="如：《××办法》第×条")


class Pause(Handling):
    ground = forms.ChoiceField(label="事由", widget=forms.RadioSelect)
    needed_days = forms.IntegerField(label="所需工作日", min_value=1, max_value=250)
    started = day_field("从哪天起", required=False, help_text="不填即现在；填以前的日期须负责人批准")
    reason = text("补记的理由", required=False, help_text="填了以前的日期才需要")

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.key, f"{one.label}（{one.basis}）") for one in grounds]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {"ground": self.cleaned_data["ground"], "needed_days": self.cleaned_data["needed_days"]}

    def begin(self) -> datetime | None:
        """Back-dated: the end of that day, for the day of a pause still counts (K2)."""
        day = self.cleaned_data["started"]
        return datetime.combine(day, time(17), ZONE) if day else None


class Resume(Handling):
    result = text("结果", required=False, help_text="如：评审通过")


class Extend(Handling):
    n = forms.IntegerField(label="延长（工作日）", min_value=1, max_value=60)
    reason = text("理由", rows=3, help_text="写进延期通知书，告知申请人")


class Expedite(Handling):
    n = forms.IntegerField(label="承诺时限缩短为", min_value=1, max_value=250)
    requested_by = text("谁提出的", 60)
    reason = text("理由", rows=3)


class Decide(Handling):
    decision = forms.ChoiceField(
        label="办理结果", choices=[("granted", "准予"), ("done", "办结"), ("refused", "不予")], widget=forms.RadioSelect
    )
    result_number = text("结果名称文号", 60, required=False)
    result_expires = day_field("结果有效期至", required=False)
    opinion = text("意见", 300, required=False, rows=3, help_text="不予的必须说明理由")


class Deliver(Handling):
    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices, widget=forms.RadioSelect)
    receiver = text("收件人", 60)
    relation = text("与申请人的关系", 20, initial="本人")
    place = text("送达地点", 120, required=False)
    refusal = text("拒收事由", required=False)
    witness = text("见证人", 60, required=False, help_text="拒收的必填")
    remark = text("备注", required=False, help_text="邮寄的写快递单号")


class Withdraw(Handling):
    reason = text("原因", rows=3, help_text="申请人要求撤回；或逾期未补正、未按承诺补交")


class Correct(Handling):
    field = forms.ChoiceField(label="更正哪一项")
    value = text("应为", 120, required=False, help_text="日期写作 2027-01-31")
    reason = text("原因")

    def __init__(self, *args: Any, fields: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = list(fields)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("field", "").endswith(("_expires", "_date")):
            try:
                data["value"] = forms.DateField().to_python(data.get("value") or None)
            except forms.ValidationError:
                self.add_error("value", "日期写作 2027-01-31")
        return data


class Settle(Handling):
    position = forms.TypedChoiceField(label="哪一项", coerce=int)
    to = day_field("新的补交日期", required=False, help_text="不填即免交")
    reason = text("理由")

    def __init__(self, *args: Any, lines: Iterable[ChecklistLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = [(line.position, line.name) for line in lines]  # type: ignore[attr-defined]


class Claim(Handling):
    text = text("理由", 300, rows=3)


class Rule(Handling):
    verdict = forms.ChoiceField(
        label="认定",
        choices=[("accepted", "有正当理由"), ("rejected", "理由不成立"), ("withdrawn", "经查不成立，撤销这条事实")],
        widget=forms.RadioSelect,
    )
    text = text("认定说明", 300, rows=3)


class Verdict(Handling):
    """The answer to a request; saying no needs words."""

    remark = text("意见", required=False, help_text="不同意的必须写明理由")


class NewGround(Handling):
    label = text("事由", 40)
    basis = text("法律依据", 120)
    active_from = day_field("从哪天起")


def first(case: Case) -> dict[str, Any]:
    """What the delivery form begins with."""
    return {"way": case.delivery, "receiver": case.person_name, "relation": "本人"}
