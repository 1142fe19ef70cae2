"""Typed changes of the calendar. Each `draft()` is what the preview compares and the action stores."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from shouwen.core.forms import day_field
from shouwen.rules.workdays import DayError, OpeningHours
from shouwen.workcalendar import queries


def time_field(label: str, initial: str = "", **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, initial=initial, widget=forms.TimeInput(attrs={"type": "time"}), **more)


class Notice(forms.Form):
    """A year's notice, typed or as a JSON file."""

    text = forms.CharField(
        label="通知内容",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="第一行写通知名称;以后每行“日期 休或班 事由”,连续几天写“2027-02-06..2027-02-12 休 春节”",
    )
    file = forms.FileField(label="或上传放假安排文件", required=False, help_text="别处录好的放假安排(.json),内容相同")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload is not None and upload.size > 1_000_000:
            raise forms.ValidationError("文件超过 1 MB,不像是一份放假通知")
        try:
            text = upload.read().decode("utf-8-sig") if upload is not None else data.get("text", "")
            data["text"] = text
            data["draft"] = queries.parse_notice(text)
        except UnicodeDecodeError:
            raise forms.ValidationError("文件不是 UTF-8 编码的文字,请另存为 UTF-8 后再传") from None
        except DayError as error:
            raise forms.ValidationError(str(error)) from None
        return data


class Closure(forms.Form):
    start_date = day_field("从")
    end_date = day_field("到(含)")
    reason = forms.CharField(label="原因", max_length=60, help_text="如:暴雪封路、全镇停电")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_date"), data.get("end_date")
        if start and end:
            if not 0 <= (end - start).days < queries.MAX_CLOSURE_DAYS:
                raise forms.ValidationError("起止日期颠倒,或超过一年")
            data["draft"] = queries.ClosureDraft(start, end, data.get("reason", ""))
        return data


class Hours(forms.Form):
    name = forms.CharField(label="时令", max_length=20, help_text="如:冬季、夏季")
    active_from = day_field("从哪天起")
    last_date = day_field("到哪天止(含)", required=False, help_text="不填为一直有效")
    morning_from = time_field("上午开门", "08:30")
    morning_to = time_field("上午关门", "12:00")
    afternoon_from = time_field("下午开门", "14:00")
    afternoon_to = time_field("下午关门", "17:30")
    make_up_from = time_field(
        "调休日开门", required=False, help_text="不填则调休上班日与平日相同;要填,制度的读法 R24 须为“另定作息”"
    )
    make_up_to = time_field("调休日关门", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ("active_from", "morning_from", "morning_to", "afternoon_from", "afternoon_to")
        if any(data.get(name) is None for name in names):
            return data
        sessions = ((data["morning_from"], data["morning_to"]), (data["afternoon_from"], data["afternoon_to"]))
        own = data.get("make_up_from"), data.get("make_up_to")
        if (own[0] is None) != (own[1] is None):
            raise forms.ValidationError("调休日的开门、关门要么都填,要么都不填")
        make_up = ((own[0], own[1]),) if own[0] and own[1] else None
        until = data["last_date"] + timedelta(days=1) if data.get("last_date") else None
        if until and until <= data["active_from"]:
            raise forms.ValidationError("止日早于起日")
        try:
            OpeningHours(data["active_from"], sessions, until, make_up=make_up)
        except DayError as error:
            raise forms.ValidationError(str(error)) from None
        data["draft"] = queries.HoursDraft(data.get("name", ""), data["active_from"], until, sessions, make_up)
        return data
