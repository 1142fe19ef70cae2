"""Forms of the rulebook's editor: one a part; no TOML and no JSON to type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from shouwen.rulebook.queries import PARAMETERS, Reading, Version, clause_named, groups, parameter_of
from shouwen.rules.scoring import FACT_KINDS

MAX_FILE = 500_000


class Draft(forms.Form):
    note = forms.CharField(label="为什么修改", max_length=300, help_text="写给批准的人看")


class Import(forms.Form):
    file = forms.FileField(label="制度文件", help_text="从本系统任一版“导出文件”得到的 .toml 文件,可在别处改好再导入")
    note = forms.CharField(label="说明", max_length=300, required=False)

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(f"文件超过 {MAX_FILE // 1000} KB,不像是一份制度")
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("文件不是 UTF-8 编码的文字,请另存为 UTF-8 后再传") from None
        return text


class Sample(forms.Form):
    name = forms.ChoiceField(label="样本", help_text="各地通行的几种办法,起草后再改成自己的")

    def __init__(self, *args: Any, samples: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = list(samples)  # type: ignore[attr-defined]


class Readings(forms.Form):
    """One switch a question; a free one may also be typed."""

    def __init__(self, *args: Any, readings: Iterable[Reading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in readings:
            label = f"{one.label} {one.text}"
            if one.free:
                words = "、".join(f"“{word}”" for _, word in one.options)
                help_text = ";".join(part for part in (f"照写{words},或写一个数" if words else "", one.note) if part)
                self.fields[one.name] = forms.CharField(
                    label=label, initial=one.shown, required=False, max_length=60, help_text=help_text
                )
            else:
                default = [(key, word + ("(默认)" if key == one.default else "")) for key, word in one.options]
                choices = default if one.answer else [("", "尚未裁定"), *default]
                self.fields[one.name] = forms.ChoiceField(
                    label=label, initial=one.answer, choices=choices, required=False, widget=forms.RadioSelect
                )


class Parameters(forms.Form):
    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in PARAMETERS:
            help_text = one.help + (f"(与 {one.reading} 有关)" if one.reading else "")
            self.fields[one.key] = forms.IntegerField(
                label=f"{one.label}({one.unit})",
                required=False,
                min_value=one.least,
                max_value=one.most,
                initial=parameter_of(version, one.key),
                help_text=help_text,
            )


class Head(forms.Form):
    title = forms.CharField(label="制度名称", max_length=80)
    note = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class Part(forms.Form):
    """Every value of a part as a field, named by its place; what a reading decides is shown and changed there."""

    def __init__(self, *args: Any, document: Mapping[str, Any], part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = []
        for group in groups(document, part):
            bound = []
            for leaf in group.leaves:
                if leaf.kind != "read":
                    self.fields[leaf.name] = self._field(leaf)
                bound.append((leaf, self[leaf.name] if leaf.kind != "read" else None))
            self.groups.append((group, bound))

    def say_places(self) -> None:
        """What was refused names its place as the document has it; people know it by the item and the label."""
        places = {
            ".".join(map(str, leaf.path)): f"“{group.title}”的“{leaf.label}”"
            for group, leaves in self.groups
            for leaf, _ in leaves
        }
        said = [str(error) for error in self.errors.get(NON_FIELD_ERRORS, ())]
        for place in sorted(places, key=len, reverse=True):
            said = [text.replace(place, places[place]) for text in said]
        if said:
            self.errors[NON_FIELD_ERRORS] = self.error_class(said)

    @property
    def wrong(self) -> list[str]:
        """Which fields were refused and why, for the head of a page that is longer than a screen."""
        return [
            f"“{group.title}”的“{leaf.label}”:{error}"
            for group, bound in self.groups
            for leaf, field in bound
            if field is not None
            for error in field.errors
        ]

    @staticmethod
    def _field(leaf: Any) -> forms.Field:
        alike = {"label": leaf.label, "initial": leaf.shown, "required": False}
        if leaf.kind == "text":
            return forms.CharField(**alike, max_length=300, help_text=leaf.help)
        alike |= {"choices": leaf.choices, "error_messages": {"invalid_choice": "没有“%(value)s”,只能在所列的里面选"}}
        if leaf.kind == "many":
            return forms.MultipleChoiceField(**alike, widget=forms.CheckboxSelectMultiple)
        return forms.ChoiceField(**alike)


class NewItem(forms.Form):
    title = forms.CharField(label="名称", max_length=60)
    clause = forms.CharField(
        label="条款", max_length=20, required=False, help_text="如 一(三)1 或 1.3.1;也可在已有的一款之下接着编,如 一(三)7"
    )
    section = forms.ChoiceField(label="放在哪一节")
    kind = forms.ChoiceField(
        label="由什么记下",
        choices=[("", "其他"), *FACT_KINDS.items()],
        required=False,
        help_text="本系统自动报来的选对应的一种;别的事选“其他”",
    )
    way = forms.ChoiceField(
        label="扣分或加分", choices=[("deduct", "扣分"), ("add", "加分")], widget=forms.RadioSelect, initial="deduct"
    )
    price = forms.CharField(
        label="每次多少分", max_length=20, required=False, help_text="不填为“未定分值”:遇到时停下公示,不会当作 0 分"
    )

    def __init__(self, *args: Any, document: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        sections = document.get("sections") or document["sheets"]
        self.fields["section"].choices = [(name, str(one.get("title", name))) for name, one in sections.items()]  # type: ignore[attr-defined]

    def clean_clause(self) -> str:
        typed = self.cleaned_data["clause"].strip().strip("〔〕")
        found = clause_named(self.document, typed) if typed else ""
        if found is None:
            raise forms.ValidationError(f"制度里没有“{typed}”这一条,也没有可以接着编的上一级")
        return found


class Confirm(forms.Form):
    decision = forms.ChoiceField(label="班子会决定", help_text="先在“中心与人员”登记一项“确认制度读法”的决定")

    def __init__(self, *args: Any, decisions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "请选择"), *decisions]  # type: ignore[attr-defined]
