"""What staff types about queues and numbers."""

from __future__ import annotations

from typing import Any

from django import forms

from shouwen.core.forms import day_field
from shouwen.reception.models import Queue
from shouwen.rules.queueing import PRIORITIES

PLACES = (("none", "不办"), ("own", "本窗口的队列"), ("help", "帮办"))


class Issue(forms.Form):
    """A number given by staff, with a stated reason where somebody goes first or the line is closed."""

    queue = forms.ChoiceField(label="队列")
    priority = forms.ChoiceField(label="优先", required=False)
    reason = forms.CharField(label="优先理由", required=False, max_length=80, help_text="其他等候的人看得见,如“78 岁,行动不便”")
    override = forms.CharField(
        label="加号理由", required=False, max_length=80, help_text="仅在限号已满或快下班时填写,填了就不受限"
    )

    def __init__(self, *args: Any, queues: list[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(name, label) for name, (label, _) in PRIORITIES.items() if name != "appointment"]
        self.fields["queue"].choices = [(row.code, f"{row.prefix} {row.name}") for row in queues]  # type: ignore[attr-defined]
        self.fields["priority"].choices = [("", "不优先"), *grounds]  # type: ignore[attr-defined]


class Transfer(forms.Form):
    to = forms.ChoiceField(label="转到")
    note = forms.CharField(label="交代一句", required=False, max_length=80)

    def __init__(self, *args: Any, queues: list[Queue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(row.code, f"{row.prefix} {row.name}") for row in queues]  # type: ignore[attr-defined]


class ChangeQueue(forms.Form):
    name = forms.CharField(label="名称", max_length=40)
    note = forms.CharField(label="办什么", max_length=80, required=False, help_text="取号机上写在名称下面,如“社保、医保、就业”")
    ordinary_minutes = forms.IntegerField(
        label="平常每人几分钟", min_value=1, max_value=240, initial=10, help_text="攒够历史数据以前用来估计等候时间"
    )
    daily_limit = forms.IntegerField(
        label="每日限号", min_value=1, max_value=9999, required=False, help_text="不填为不限;工作人员可以写明理由加号"
    )
    is_quick = forms.BooleanField(label="快办队列:它的窗口空下来时帮办其他队列", required=False)


class NewQueue(ChangeQueue):
    letter = forms.RegexField(label="号头", regex=r"^[A-Za-z]$", max_length=1, help_text="一个字母,如 A;定了不能改")
    field_order = ("name", "letter", "note")


class Counters(forms.Form):
    """Each counter: not this queue, its own, or helping. Fields are named by the counters' codes."""

    def __init__(self, *args: Any, counters: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for counter in counters:
            self.fields[counter.code] = forms.ChoiceField(label=str(counter), choices=PLACES)

    @property
    def places(self) -> dict[str, bool]:
        """Code of each counter that serves the queue, True where it is its own."""
        return {code: place == "own" for code, place in self.cleaned_data.items() if place != "none"}


class Days(forms.Form):
    start = day_field("从")
    end = day_field("到")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and not 0 <= (end - start).days <= 366:
            raise forms.ValidationError("起止日期颠倒,或超过一年")
        return data
